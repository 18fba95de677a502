from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.events import Event, Kind
from quizzes.core.history import Confusion, Progress, apply, fold, memories
from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, Shift, next_memory
from quizzes.core.mixtures import mixed_stability
from quizzes.core.phases import CardState, Config, Phase
from quizzes.core.scheduling import Context, Future, futures
from quizzes.core.specs import Evidence, Rating

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FITTED = tuple(w * 1.1 for w in DEFAULT_PARAMETERS)
RIGHT, WRONG = {"evidence": Evidence.CHOICE, "k": 4, "correct": True}, {"rating": 1, "correct": False}


def event(seq, kind=Kind.ANSWER, day=0, **fields):
    at = NOW + timedelta(days=day)
    return Event(
        **{"seq": seq, "kind": kind, "answered_at": at, "study_day": at.date(), "client_id": str(seq), **fields}
    )


def answer(seq, day=0, rating=3, **fields):
    graded = {"evidence": Evidence.GRADED, "rating": rating, "due_on": TODAY + timedelta(days=day + 5)}
    return event(seq, day=day, **{**graded, **fields})


def undo(seq, target, before=None, **fields):
    """The undo event as the service writes it: with the due that held before."""
    before = before or Progress()
    due = {"due_on": before.due_on, "due_at": before.due_at, "interval_days": before.interval_days}
    return event(seq, Kind.UNDO, day=400, target_seq=target, due_reason="undo", **due, **fields)


def learned(progress):
    """What answers decide, whatever else happened."""
    return replace(
        progress, revision=0, due_on=None, due_at=None, interval_days=None, suspended=False, buried_until=None, flag=0
    )


evidence = st.one_of(
    st.builds(lambda rating: {"evidence": Evidence.GRADED, "rating": rating, "correct": rating > 1}, st.integers(1, 4)),
    st.builds(lambda k: {"evidence": Evidence.CHOICE, "k": k, "correct": True}, st.integers(2, 4)),
    st.just({"evidence": Evidence.GUESSED, "k": 4, "correct": True}),
    st.just({"evidence": Evidence.NONE}),
)
mistakes = st.fixed_dictionaries(
    {"chosen_code": st.sampled_from(["", "drugs/1", "drugs/2"]), "offered": st.just(("drugs/1", "drugs/3"))}
)
dues = st.one_of(
    st.just({}), st.builds(lambda days: {"due_on": TODAY + timedelta(days=days), "due_reason": "x"}, st.integers(0, 50))
)
answers = st.builds(
    lambda *parts: {key: value for part in parts for key, value in part.items()}, evidence, mistakes, dues
).map(lambda fields: {"kind": Kind.ANSWER, **fields})
controls = st.builds(
    lambda kind, fields, due: {"kind": kind, **fields, **due},
    st.sampled_from([kind for kind in Kind if kind not in (Kind.ANSWER, Kind.UNDO, Kind.ADOPT_PARAMETERS)]),
    st.fixed_dictionaries(
        {
            "buried_until": st.just(TODAY),
            "flag": st.integers(0, 3),
            "meaning_version": st.integers(0, 3),
        }
    ),
    dues,
)
adoptions = st.sampled_from([FITTED, DEFAULT_PARAMETERS]).map(
    lambda parameters: {"kind": Kind.ADOPT_PARAMETERS, "config": Config(parameters=parameters)}
)
undos = st.integers(1, 12).map(lambda target: {"kind": Kind.UNDO, "target_seq": target})
hours = st.integers(0, 24 * 60)


def log(drafts):
    """Events with rising seq and distinct times from (fields, hours) pairs."""
    return [event(seq, day=(hour + seq / 100) / 24, **fields) for seq, (fields, hour) in enumerate(drafts, start=1)]


later = st.one_of(answers, answers, controls, undos, adoptions)
any_logs = st.builds(
    lambda first, more: log([first, *more]),
    st.tuples(st.one_of(answers, controls), hours),
    st.lists(st.tuples(later, hours), max_size=10),
)
answer_logs = st.lists(st.tuples(answers, hours), min_size=1, max_size=10).map(log)


def test_a_card_without_events_is_new():
    assert fold([]) == Progress()
    assert fold([]).state == CardState(Phase.NEW, 0, None)


def test_the_memory_is_that_of_the_answers_one_after_another():
    progress = fold([answer(1, 0), answer(2, 0), answer(3, 4, rating=1)])
    state = None
    for rating, days in ((3, 0), (3, 0), (1, 4)):
        state = next_memory(state, rating, days, DEFAULT_PARAMETERS)
    assert progress.memory == state
    assert (progress.phase, progress.reps, progress.lapses) == (Phase.RELEARNING, 3, 1)
    assert (progress.first_study_day, progress.last_study_day) == (TODAY, TODAY + timedelta(days=4))
    assert progress.last_answered_at == NOW + timedelta(days=4)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(answer_logs, st.integers(0, 1_000))
def test_late_arrivals_give_the_same_memory_whatever_their_order(events, seed):
    order = sorted(range(1, len(events) + 1), key=lambda seq: Random(f"{seed}/{seq}").random())
    arrived = [replace(event, seq=seq) for event, seq in zip(events, order, strict=True)]
    assert learned(fold(arrived)) == learned(fold(events))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(any_logs)
def test_applying_each_event_equals_folding_the_whole_log(events):
    progress = Progress()
    for count, latest in enumerate(events, start=1):
        progress = apply(progress, latest) or fold(events[:count])
        assert progress == fold(events[:count])


def test_the_next_answer_in_time_needs_no_refolding():
    before = fold([answer(1, 0)])
    assert apply(before, answer(2, 3)) == fold([answer(1, 0), answer(2, 3)])


@pytest.mark.parametrize(
    "latest",
    [answer(2, -1), answer(2, 0), undo(2, 1), event(2, Kind.RESET, day=-1), event(2, Kind.ADOPT_PARAMETERS)],
    ids=["earlier", "same moment", "undo", "earlier reset", "adoption"],
)
def test_what_rewrites_the_past_is_left_to_the_fold(latest):
    assert apply(fold([answer(1, 0)]), latest) is None


@settings(max_examples=30, deadline=None, derandomize=True)
@given(any_logs, later, hours)
def test_undo_restores_exactly_what_was_before(events, draft, hour):
    before, seq = fold(events), len(events) + 1
    latest = event(seq, day=hour / 24, **draft)
    after = fold([*events, latest, undo(seq + 1, seq, before)])
    assert after == replace(before, revision=seq + 1)


def test_undoing_the_first_answer_leaves_a_new_card_without_a_due_day():
    progress = fold([answer(1), undo(2, 1)])
    assert progress == Progress(revision=2)


def test_undoing_twice_counts_once():
    once = fold([answer(1), answer(2, 3), undo(3, 2, fold([answer(1)]))])
    twice = fold([answer(1), answer(2, 3), undo(3, 2, fold([answer(1)])), undo(4, 2, fold([answer(1)]))])
    assert twice == replace(once, revision=4)


def test_undoing_an_undo_brings_the_answer_back():
    before = fold([answer(1), answer(2, 3)])
    progress = fold([answer(1), answer(2, 3), undo(3, 2, fold([answer(1)])), undo(4, 3, before)])
    assert progress == replace(before, revision=4)


def test_undoing_one_after_the_other_goes_back_step_by_step():
    first = fold([answer(1)])
    events = [answer(1), answer(2, 3), answer(3, 9), undo(4, 3, fold([answer(1), answer(2, 3)])), undo(5, 2, first)]
    assert fold(events) == replace(first, revision=5)


def test_due_is_copied_from_the_event_that_arrived_last_and_never_computed():
    step = {"due_on": TODAY, "due_at": NOW + timedelta(minutes=10), "due_reason": "step", "interval_days": 0}
    late_arrival = answer(2, -3, due_on=TODAY + timedelta(days=77), interval_days=80)
    assert fold([answer(1), late_arrival]).due_on == TODAY + timedelta(days=77)
    progress = fold([late_arrival, answer(3, **step)])
    assert (progress.due_on, progress.due_at, progress.interval_days) == (TODAY, NOW + timedelta(minutes=10), 0)


def test_an_undo_that_carries_no_due_leaves_it_as_it_stands():
    events = [answer(1), answer(2, 3), event(3, Kind.UNDO, target_seq=2)]
    assert fold(events).due_on == TODAY + timedelta(days=8)


def test_an_answer_without_evidence_moves_neither_memory_nor_due():
    before = fold([answer(1)])
    after = fold([answer(1), event(2, day=3)])
    expected = replace(before, revision=2, last_answered_at=NOW + timedelta(days=3))
    assert after == expected


def test_a_choice_is_weighed_by_the_recall_that_follows_from_all_earlier_answers():
    choice = answer(1, 30, evidence=Evidence.CHOICE, rating=None, k=4)
    first = fold([choice])
    after_all = fold([choice, answer(2, 0)])
    known = 0.3 / (0.3 + 0.7 / 4)
    assert first.stability == pytest.approx(mixed_stability(known, 2.3065, 0.212, DEFAULT_PARAMETERS[20]))
    assert after_all == replace(fold([answer(1, 0), replace(choice, seq=2)]), due_on=after_all.due_on)


def test_what_is_known_before_comes_from_the_log():
    known, unknown = (
        fold([answer(1, evidence=Evidence.CHOICE, rating=None, k=4, known_before=share)]) for share in (1, 0)
    )
    assert (known.stability, unknown.stability) == (2.3065, 0.212)


@pytest.mark.parametrize("gap_days", [0, 1])
def test_study_days_not_hours_separate_answers(gap_days):
    evening = answer(1, 0)
    morning = replace(answer(2, 0.5), study_day=TODAY + timedelta(days=gap_days))
    assert fold([evening, morning]).stability == pytest.approx([2.31, 7.32][gap_days], abs=0.005)


def test_a_traveller_gone_back_a_day_counts_as_the_same_day():
    departure, arrival = answer(1, 0), replace(answer(2, 0.3), study_day=TODAY - timedelta(days=1))
    assert fold([departure, arrival]).memory == fold([departure, answer(2, 0.3)]).memory


def test_what_was_promised_on_the_buttons_is_what_the_log_remembers():
    before = fold([answer(1, 0), answer(2, 0)])
    context = Context(now=NOW + timedelta(days=9), zone=UTC, seed="s", elapsed_days=9, k=3)
    found = futures(before.state, context)
    for future, fields in {
        Future.GOOD: {"rating": Rating.GOOD},
        Future.AGAIN: {"rating": Rating.AGAIN},
        Future.RIGHT: {"evidence": Evidence.CHOICE, "rating": None, "k": 3},
        Future.GUESSED: {"evidence": Evidence.GUESSED, "rating": None, "k": 3},
    }.items():
        after = apply(before, answer(3, 9, **fields))
        assert after.state == CardState(found[future].phase, found[future].step, found[future].memory)
        assert after.lapses == found[future].lapse


def test_a_reset_makes_the_card_new_and_earlier_answers_no_longer_count():
    reset = event(2, Kind.RESET, day=5, due_reason="reset")
    assert fold([answer(1), reset]) == Progress(revision=2, last_answered_at=NOW + timedelta(days=5))
    assert fold([answer(1), reset, answer(3, 2)]).memory is None
    assert fold([answer(1), reset, answer(3, 6)]).memory == fold([answer(1, 6)]).memory


def test_a_reset_can_be_undone():
    before = fold([answer(1)])
    assert fold([answer(1), event(2, Kind.RESET, day=5, due_reason="reset"), undo(3, 2, before)]) == replace(
        before, revision=3
    )


@pytest.mark.parametrize("kind", [Kind.RETURN, Kind.RESCHEDULE])
def test_a_returned_or_rescheduled_card_keeps_its_memory(kind):
    before = fold([answer(1)])
    after = fold([answer(1), event(2, kind, due_on=TODAY, due_reason="meaning", meaning_version=2)])
    assert after == replace(before, revision=2, due_on=TODAY, meaning_version=2)


def test_an_adoption_refolds_the_memory_and_leaves_the_due_day():
    adoption = event(3, Kind.ADOPT_PARAMETERS, config=Config(parameters=FITTED))
    before = fold([answer(1), answer(2, 6)])
    after = fold([answer(1), answer(2, 6), adoption])
    fitted = Config(parameters=FITTED)
    assert after.memory == fold([answer(1, config=fitted), answer(2, 6, config=fitted)]).memory != before.memory
    assert (after.due_on, after.revision) == (before.due_on, 3)


def test_an_answer_after_an_adoption_keeps_what_was_promised_with_its_own_parameters():
    adoption = event(2, Kind.ADOPT_PARAMETERS, config=Config(parameters=FITTED))
    later = answer(3, 6, config=Config(parameters=DEFAULT_PARAMETERS))
    adapted = Memory(*[getattr(fold([answer(1), adoption]), name) for name in ("stability", "difficulty")])
    assert fold([answer(1), adoption, later]).memory == next_memory(adapted, 3, 6, DEFAULT_PARAMETERS)


def test_an_adoption_before_the_first_answer_is_none_of_the_cards_events():
    adoption = event(1, Kind.ADOPT_PARAMETERS, config=Config(parameters=FITTED))
    assert fold([adoption]) == Progress()
    assert fold([adoption, answer(2)]) == fold([answer(2)])


def test_controls_hold_until_the_next_of_their_kind():
    tomorrow = TODAY + timedelta(days=1)
    events = [
        event(1, Kind.BURY, buried_until=tomorrow),
        event(2, Kind.SUSPEND),
        event(3, Kind.FLAG, flag=2),
        event(4, Kind.UNBURY),
        event(5, Kind.UNSUSPEND),
        event(6, Kind.FLAG, flag=0),
    ]
    seen = [fold(events[:count]) for count in range(1, 7)]
    assert [p.buried_until for p in seen] == [tomorrow, tomorrow, tomorrow, None, None, None]
    assert [p.suspended for p in seen] == [False, True, True, True, False, False]
    assert [p.flag for p in seen] == [0, 0, 2, 2, 2, 0]


def test_a_confusion_is_counted_and_forgotten_only_by_telling_apart():
    mistake = answer(1, 0, **WRONG, chosen_code="drugs/2", evidence=Evidence.GRADED)
    offered = answer(2, 1, rating=None, **RIGHT, offered=("drugs/2", "drugs/5"))
    elsewhere = answer(3, 2, rating=None, **RIGHT, offered=("drugs/5",))
    assert fold([mistake]).confusions == {"drugs/2": Confusion(1, 0)}
    assert fold([mistake, offered, elsewhere]).confusions == {"drugs/2": Confusion(1, 1)}
    again = replace(mistake, seq=4, answered_at=NOW + timedelta(days=3))
    assert fold([mistake, offered, elsewhere, again]).confusions == {"drugs/2": Confusion(2, 0)}


def test_the_meaning_seen_never_falls_back_with_a_late_arrival():
    assert fold([answer(1, 5, meaning_version=2), answer(2, 1, meaning_version=1)]).meaning_version == 2


def test_the_memories_along_the_way_are_those_of_the_answers_that_stand_so_far():
    answers = [answer(1), answer(2, 6), answer(3, 20, rating=1), answer(5, 30)]
    found = memories([*answers, undo(4, 3), event(6, Kind.SUSPEND)])
    standing = [answers[0], answers[1], answers[3]]
    assert [event for event, _left in found] == standing
    assert [left.memory for _event, left in found] == [fold(standing[:count]).memory for count in (1, 2, 3)]


def test_the_last_of_the_memories_is_that_of_the_card():
    events = [answer(1), answer(2, 6), event(3, Kind.RESET, day=7), answer(4, 8)]
    assert memories(events)[-1][1].memory == fold(events).memory
    assert memories([]) == []


HARD, EASY_CARD = Shift(-0.5, 1.0, 1), Shift(0.4, -0.5, 2)


def test_the_first_answer_is_remembered_with_its_own_shift_and_later_ones_without():
    found = [left.memory for _event, left in memories([answer(1, shift=HARD), answer(2, 3, shift=EASY_CARD)])]
    first = next_memory(None, 3, 0, DEFAULT_PARAMETERS, HARD)
    assert found == [first, next_memory(first, 3, 3, DEFAULT_PARAMETERS)]


def test_an_earlier_answer_that_comes_late_brings_its_own_shift():
    found = fold([answer(1, 3, shift=HARD), answer(2, 0, shift=EASY_CARD)])
    assert found.memory == fold([answer(1, 0, shift=EASY_CARD), answer(2, 3)]).memory


@pytest.mark.parametrize("again", [event(2, Kind.RESET, 5), undo(2, 1)], ids=["reset", "undone"])
def test_a_card_begun_anew_takes_the_shift_known_by_then(again):
    found = fold([answer(1, shift=HARD), again, answer(3, 6, shift=EASY_CARD)])
    assert found.memory == next_memory(None, 3, 0, DEFAULT_PARAMETERS, EASY_CARD)


def test_the_shift_stays_when_other_parameters_are_adopted():
    adoption = event(2, Kind.ADOPT_PARAMETERS, 1, config=Config(parameters=FITTED))
    assert fold([answer(1, shift=HARD), adoption]).memory == next_memory(None, 3, 0, FITTED, HARD)
