from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.days import elapsed_days, study_day
from quizzes.core.memory import Memory
from quizzes.core.phases import CardState, Config, Phase, advance
from quizzes.core.scheduling import Context, Future, futures, futures_shown
from quizzes.core.specs import Evidence, Rating

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CONTEXT = Context(now=NOW, zone=BERLIN, seed="drugs/8/purpose_to_term/3", elapsed_days=30, k=4)
NEW, REVIEW = CardState(), CardState(Phase.REVIEW, 0, Memory(30, 5))
RATINGS = [Future.AGAIN, Future.HARD, Future.GOOD, Future.EASY]
ANSWERS = [
    (Evidence.GRADED, Rating.AGAIN, Future.AGAIN),
    (Evidence.GRADED, Rating.HARD, Future.HARD),
    (Evidence.GRADED, Rating.GOOD, Future.GOOD),
    (Evidence.GRADED, Rating.EASY, Future.EASY),
    (Evidence.CHOICE, Rating.GOOD, Future.RIGHT),
    (Evidence.GUESSED, Rating.GOOD, Future.GUESSED),
]

memories = st.builds(Memory, st.floats(0.01, 5_000), st.floats(1, 10))
states = st.one_of(
    st.just(NEW),
    st.builds(CardState, st.sampled_from([Phase.LEARNING, Phase.RELEARNING]), st.integers(0, 3), memories),
    st.builds(CardState, st.just(Phase.REVIEW), st.just(0), memories),
)
steps = st.lists(st.integers(1, 60), max_size=3, unique=True).map(lambda minutes: tuple(sorted(minutes)))
configs = st.builds(Config, learning_steps=steps, relearning_steps=steps, desired_retention=st.floats(0.7, 0.99))
nearby_days = st.integers(1, 60).map(lambda days: TODAY + timedelta(days=days))
contexts = st.builds(
    Context,
    now=st.just(NOW),
    zone=st.just(BERLIN),
    seed=st.integers(0, 10_000).map(str),
    elapsed_days=st.integers(0, 400),
    config=configs,
    k=st.integers(2, 5),
    load=st.dictionaries(nearby_days, st.integers(0, 200), max_size=20),
    siblings=st.frozensets(nearby_days, max_size=3),
)


def length(found):
    return (found.interval_days, found.minutes or 0)


def at(zone, hour, minute=0, day=TODAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(states, contexts)
def test_intervals_rise_from_again_to_easy_and_from_wrong_to_right(state, context):
    found = futures(state, context)
    lengths = [length(found[rating]) for rating in RATINGS]
    assert lengths == sorted(set(lengths))
    assert found[Future.WRONG] == found[Future.AGAIN]
    assert found[Future.GUESSED].interval_days <= found[Future.RIGHT].interval_days
    assert [m.memory.stability for m in found.values()][:4] == sorted(found[r].memory.stability for r in RATINGS)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(states, contexts)
def test_every_due_is_either_a_step_within_the_day_or_whole_days(state, context):
    for found in futures(state, context).values():
        assert found.due_on == TODAY + timedelta(days=found.interval_days)
        if found.minutes is None:
            assert found.due_at is None
            assert 1 <= found.interval_days <= 36_500
        else:
            assert found.due_at == NOW + timedelta(minutes=found.minutes)
            assert found.interval_days == 0


@settings(max_examples=20, deadline=None, derandomize=True)
@given(states, contexts, st.sampled_from(ANSWERS))
def test_what_the_button_promises_is_what_the_history_remembers(state, context, answer):
    evidence, rating, future = answer
    found = futures(state, context)[future]
    c = context
    after = advance(
        state,
        evidence,
        rating,
        elapsed_days=c.elapsed_days,
        k=c.k,
        known_before=c.known_before,
        config=c.config,
        shift=c.shift,
    )
    assert (found.phase, found.step, found.memory) == (after.move.phase, after.move.step, after.memory)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(states, contexts)
def test_a_question_shows_some_of_the_futures_as_they_are(state, context):
    every = futures(state, context)
    shown = futures_shown(state, context)
    assert shown == {future: every[future] for future in (Future.WRONG, Future.GUESSED, Future.RIGHT)}
    plain = replace(context, k=None)
    assert futures_shown(state, plain) == futures(state, plain)


def test_the_buttons_of_a_new_card_show_the_usual_steps():
    found = futures(NEW, CONTEXT)
    assert [found[rating].minutes for rating in RATINGS] == [1, 5.5, 10, None]
    assert found[Future.EASY].phase is Phase.REVIEW
    assert 7 <= found[Future.EASY].interval_days <= 10
    assert found[Future.RIGHT].minutes == found[Future.GUESSED].minutes == 10


def test_the_buttons_of_a_review_are_the_same_on_every_machine():
    found = futures(REVIEW, CONTEXT)
    assert {future: (o.minutes, o.interval_days, o.lapse) for future, o in found.items()} == {
        Future.AGAIN: (10, 0, True),
        Future.HARD: (None, 62, False),
        Future.GOOD: (None, 83, False),
        Future.EASY: (None, 131, False),
        Future.WRONG: (10, 0, True),
        Future.GUESSED: (None, 2, False),
        Future.RIGHT: (None, 73, False),
    }


def test_a_card_without_options_has_no_choices_among_its_futures():
    assert list(futures(REVIEW, replace(CONTEXT, k=None))) == RATINGS


def test_the_outcome_tells_the_log_what_was_used():
    right = futures(REVIEW, CONTEXT)[Future.RIGHT]
    assert right.recall == pytest.approx(0.9)
    assert right.chance == pytest.approx(0.9 / (0.9 + 0.1 / 4))


def test_a_guess_keeps_the_phase_but_comes_back_as_soon_as_after_a_lapse():
    guessed = futures(REVIEW, CONTEXT)[Future.GUESSED]
    assert (guessed.phase, guessed.lapse) == (Phase.REVIEW, False)
    assert guessed.memory == futures(REVIEW, CONTEXT)[Future.AGAIN].memory
    assert guessed.interval_days < 5


def test_a_step_within_the_study_day_has_a_moment():
    found = futures(NEW, replace(CONTEXT, now=at(BERLIN, 3, 49)))[Future.GOOD]
    assert (found.due_on, found.due_at) == (TODAY - timedelta(days=1), at(BERLIN, 3, 59))
    assert (found.minutes, found.interval_days) == (10, 0)


@pytest.mark.parametrize("minute", [50, 59])
def test_a_step_that_crosses_rollover_becomes_whole_days(minute):
    found = futures(NEW, replace(CONTEXT, now=at(BERLIN, 3, minute)))[Future.GOOD]
    assert (found.due_on, found.due_at) == (TODAY, None)
    assert (found.minutes, found.interval_days) == (None, 1)
    assert (found.phase, found.step) == (Phase.LEARNING, 1)


def test_a_step_of_two_days_is_due_in_two_study_days():
    config = Config(learning_steps=(1, 2 * 24 * 60))
    found = futures(NEW, replace(CONTEXT, config=config))[Future.GOOD]
    assert (found.interval_days, found.due_on) == (2, TODAY + timedelta(days=2))


def test_graduation_comes_later_than_a_step_that_crossed_rollover():
    weak = CardState(Phase.LEARNING, 1, Memory(0.3, 6))
    found = futures(weak, replace(CONTEXT, now=at(BERLIN, 3, 55), elapsed_days=0))
    assert [found[rating].interval_days for rating in RATINGS] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (BERLIN, date(2026, 3, 29)),
        (BERLIN, date(2026, 10, 25)),
        (NEW_YORK, date(2026, 3, 8)),
        (NEW_YORK, date(2026, 11, 1)),
        (BERLIN, date(2026, 6, 1)),
    ],
)
def test_good_in_the_evening_and_good_next_morning_count_as_one_day(zone, day):
    evening = at(zone, 20, day=day - timedelta(days=1))
    first = futures(NEW, replace(CONTEXT, now=evening, zone=zone, elapsed_days=0))[Future.GOOD]
    learned = CardState(first.phase, first.step, first.memory)
    days = elapsed_days(study_day(evening, zone, 4), study_day(at(zone, 8, day=day), zone, 4))
    second = futures(learned, replace(CONTEXT, now=at(zone, 8, day=day), zone=zone, elapsed_days=days))[Future.GOOD]
    assert second.memory.stability == pytest.approx(7.32, abs=0.005)


def test_lateness_counts_through_the_model():
    on_time, late = (futures(REVIEW, replace(CONTEXT, elapsed_days=days))[Future.GOOD] for days in (30, 120))
    assert late.interval_days > on_time.interval_days


def test_intervals_stop_at_the_maximum():
    capped = (futures(REVIEW, replace(CONTEXT, config=Config(maximum_interval_days=days))) for days in (1, 2, 20))
    intervals = [[found[rating].interval_days for rating in RATINGS] for found in capped]
    assert intervals == [[0, 1, 1, 1], [0, 2, 2, 2], [0, 18, 19, 20]]


def test_without_steps_a_lapse_stays_in_review_for_a_day_or_more():
    context = replace(CONTEXT, config=Config(learning_steps=(), relearning_steps=()))
    again, hard = (futures(REVIEW, context)[rating] for rating in (Future.AGAIN, Future.HARD))
    assert (again.phase, again.lapse) == (Phase.REVIEW, True)
    assert 1 <= again.interval_days < hard.interval_days
    assert [futures(NEW, context)[rating].phase for rating in RATINGS] == [Phase.REVIEW] * 4


def test_a_lower_desired_retention_means_longer_intervals():
    often, seldom = (
        futures(REVIEW, replace(CONTEXT, config=Config(desired_retention=retention)))[Future.GOOD]
        for retention in (0.95, 0.8)
    )
    assert often.interval_days < seldom.interval_days


def test_another_repetition_may_fall_on_another_day_of_the_window():
    days = {futures(REVIEW, replace(CONTEXT, seed=str(i)))[Future.GOOD].interval_days for i in range(200)}
    assert days == set(range(79, 92))


def test_a_siblings_due_day_is_avoided():
    plain = futures(REVIEW, CONTEXT)[Future.GOOD]
    spaced = futures(REVIEW, replace(CONTEXT, siblings={plain.due_on}))[Future.GOOD]
    assert abs((spaced.due_on - plain.due_on).days) > 1
