"""Days with due work done, to the minute; and what is introduced and remembered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.days import study_day
from quizzes.core.effort import Effort, Entry, days_done, days_of, due_days, effort_of, mark_of, mean_recall
from quizzes.core.history import Progress
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.phases import Phase
from quizzes.core.windows import Window

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 9)
FACTS = {1: 10, 2: 20, 3: 30, 4: 40}
DECAY = DEFAULT_PARAMETERS[-1]
EVER = datetime(2026, 12, 1, tzinfo=UTC)


def at(day, hour=12, minute=0):
    return datetime(2026, 3, 9, hour, minute, tzinfo=UTC) + timedelta(days=day)


def entry(seq, kind, day, card=1, **fields):
    return Entry(seq, kind, card, MONDAY + timedelta(days=day), fields.pop("answered_at", at(day)), **fields)


def answer(seq, day, card=1, next_in=3, **fields):
    """An answer after which the card is due so many days later."""
    return entry(
        seq, "answer", day, card, **{"evidence": True, "carries_due": True, "due_on": due(day + next_in), **fields}
    )


def due(day):
    return MONDAY + timedelta(days=day)


def done(entries, *, first=0, last=20, limit=200, until=EVER, facts=FACTS):
    """The days done, counted from Monday."""
    found = days_done(entries, facts, first=due(first), last=due(last), reviews_per_day=limit, until=until)
    return [(day - MONDAY).days for day in found]


def test_a_day_with_an_answer_and_nothing_due_counts():
    assert done([answer(1, 0)]) == [0]


def test_a_day_without_an_answer_does_not_count():
    assert done([]) == []
    assert done([entry(1, "suspend", 0), entry(2, "flag", 1)]) == []


def test_a_card_due_and_left_unanswered_spoils_the_day():
    first = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    assert done([*first, answer(3, 1, card=1)]) == [0]
    assert done([*first, answer(3, 1, card=1), answer(4, 1, card=2)]) == [0, 1]


def test_a_card_overdue_from_before_the_window_is_due_in_it():
    before = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    assert done([*before, answer(3, 5, card=1)], first=4) == []
    assert done([*before, answer(3, 5, card=1), answer(4, 5, card=2)], first=4) == [5]


def test_what_falls_due_during_the_day_was_not_due_at_its_start():
    returned = entry(3, "return", 1, card=2, carries_due=True, due_on=due(1))
    assert done([answer(1, 0, 1, next_in=1), answer(2, 0, 2, next_in=9), returned, answer(4, 1, 1)]) == [0, 1]


def test_only_days_of_the_window_count():
    assert done([answer(1, 0, 1), answer(2, 1, 2), answer(3, 2, 3)], first=1, last=1) == [1]


def test_practice_rapid_guesses_and_what_was_taken_back_are_no_work():
    assert done([answer(1, 0, evidence=False)]) == []
    assert done([answer(1, 0), entry(2, "undo", 0, target_seq=1, carries_due=True)]) == []


def test_an_answer_taken_back_leaves_the_card_due_as_before():
    learned = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    again = [*learned, answer(3, 1, card=1), answer(4, 1, card=2), entry(5, "undo", 1, 2, target_seq=4)]
    assert done(again) == [0]
    assert done([*again, answer(6, 2, card=1), answer(7, 2, card=2)]) == [0, 2]


def test_what_is_taken_back_later_counted_at_the_moment():
    rows = [answer(1, 0), entry(2, "undo", 1, target_seq=1)]
    assert done(rows, until=at(1)) == [0]
    assert done(rows, until=at(1, 12, 1)) == []


def test_a_card_suspended_or_buried_need_not_be_answered():
    start = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    work = answer(9, 1, card=1)
    assert done([*start, entry(3, "suspend", 1, 2), work]) == [0, 1]
    assert done([*start, entry(3, "suspend", 0, 2), entry(4, "unsuspend", 1, 2), work]) == [0]
    assert done([*start, entry(3, "bury", 1, 2, buried_until=due(2)), work]) == [0, 1]
    assert done([*start, entry(3, "bury", 0, 2, buried_until=due(1)), work]) == [0]
    assert done([*start, entry(3, "bury", 1, 2, buried_until=due(2)), entry(4, "unbury", 1, 2), work]) == [0]


def test_cards_of_one_fact_kept_apart_need_not_be_answered_together():
    siblings = {**FACTS, 2: 10}
    rows = [answer(1, 0, card=1, next_in=2), answer(2, 1, card=2, next_in=1), answer(3, 2, card=1)]
    assert done(rows, facts=siblings) == [0, 1, 2]
    assert done(rows) == [0, 1]


def test_a_card_in_a_step_of_minutes_waits_for_no_sibling_and_no_limit():
    siblings = {**FACTS, 2: 10}
    rows = [
        answer(1, 0, card=1, next_in=1),
        answer(2, 0, card=2, next_in=0, in_steps=True),
        answer(3, 1, card=1, is_review=True),
    ]
    assert done(rows, facts=siblings, limit=1) == [0]


def test_beyond_the_daily_limit_reaching_it_is_enough():
    start = [answer(seq, 0, card=seq, next_in=1) for seq in (1, 2, 3, 4)]
    work = [answer(10 + card, 1, card=card, is_review=True) for card in (1, 2)]
    assert done([*start, *work], limit=3) == [0]
    assert done([*start, *work], limit=2) == [0, 1]


def test_reviews_of_other_sections_use_up_the_limit_of_the_deck():
    start = [answer(seq, 0, card=seq, next_in=1) for seq in (1, 2)]
    elsewhere = [answer(20, 1, card=99, is_review=True)]
    work = [answer(21, 1, card=1, is_review=True)]
    assert done([*start, *work], limit=2) == [0]
    assert done([*start, *elsewhere, *work], limit=2) == [0, 1]
    assert done([*start, *elsewhere], limit=1) == [0], "a day without an answer in the scope"


def test_closing_in_the_middle_of_a_day_counts_what_was_done_by_then():
    start = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    work = [answer(3, 1, card=1, answered_at=at(1, 11, 59)), answer(4, 1, card=2, answered_at=at(1, 12, 0))]
    assert done([*start, *work], last=1, until=at(1, 12, 0)) == [0]
    assert done([*start, *work], last=1, until=at(1, 12, 0) + timedelta(microseconds=1)) == [0, 1]


def test_a_late_arrival_counts_on_its_own_day_and_the_last_to_arrive_decides_on_due():
    rows = [answer(1, 0, card=1, next_in=1), answer(2, 2, card=1, next_in=5), answer(3, 1, card=1, next_in=1)]
    assert done(rows) == [0, 1, 2]
    assert done([*rows, answer(4, 3, card=2)]) == [0, 1, 2], "card 1 is due again by the last decision that arrived"


@pytest.mark.parametrize(
    ("opens", "closes", "first", "last"),
    [
        ((9, 3, 59), (12, 3, 59), 8, 11),
        ((9, 4, 0), (12, 4, 0), 9, 11),
        ((9, 4, 1), (12, 4, 1), 9, 12),
    ],
)
def test_the_window_has_the_study_days_of_its_ends(opens, closes, first, last):
    window = Window(*(datetime(2026, 3, day, hour, minute, tzinfo=BERLIN) for day, hour, minute in (opens, closes)))
    assert days_of(window, BERLIN, 4) == (date(2026, 3, first), date(2026, 3, last))


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_window_has_the_same_days_where_the_clock_changes(change):
    opens = datetime(change.year, change.month, change.day, 3, 59, tzinfo=BERLIN)
    window = Window(opens, opens + timedelta(days=1, minutes=2))
    assert days_of(window, BERLIN, 4) == (change - timedelta(days=1), change + timedelta(days=1))


entries = st.lists(
    st.builds(
        lambda day, card, gap, kind, review: (day, card, gap, kind, review),
        st.integers(0, 9),
        st.integers(1, 5),
        st.integers(0, 4),
        st.sampled_from(["answer", "answer", "answer", "suspend", "unsuspend", "bury", "undo"]),
        st.booleans(),
    ),
    max_size=40,
).map(
    lambda rows: [
        answer(seq, day, card, next_in=gap, is_review=review)
        if kind == "answer"
        else entry(
            seq,
            kind,
            day,
            card,
            target_seq=seq - gap - 1 if kind == "undo" else None,
            buried_until=due(day + 1) if kind == "bury" else None,
        )
        for seq, (day, card, gap, kind, review) in enumerate(sorted(rows, key=lambda row: row[0]), start=1)
    ]
)


@given(entries, st.integers(0, 5), st.integers(0, 9), st.integers(0, 9))
def test_days_done_are_days_answered_in_the_window_whatever_the_order(rows, limit, one, two):
    first, last = sorted((one, two))
    found = done(rows, first=first, last=last, limit=limit)
    answered = {(row.study_day - MONDAY).days for row in rows if row.kind == "answer" and row.card_id in FACTS}
    assert set(found) <= answered & set(range(first, last + 1))
    assert found == sorted(set(found)) == done(rows[::-1], first=first, last=last, limit=limit)


@given(entries, st.integers(0, 5))
def test_a_higher_limit_and_a_wider_scope_of_due_cards_never_give_more_days(rows, limit):
    assert set(done(rows, limit=limit + 1)) <= set(done(rows, limit=limit))
    suspended = [*rows, *(entry(1000 + card, "suspend", -1, card) for card in FACTS)]
    assert set(done(rows)) <= set(done(suspended))


@given(entries)
def test_a_day_that_has_been_counted_stays_counted(rows):
    plain = [row for row in rows if row.kind == "answer"]
    for day in range(10):
        earlier = [row for row in plain if row.study_day <= due(day)]
        assert done(earlier) == [one for one in done(plain) if one <= day]


def told(entries, *, first=0, last=6, limit=200):
    """Each day: overdue when it began, anything due then, done."""
    return [tuple(one) for one in due_days(entries, FACTS, first=due(first), last=due(last), reviews_per_day=limit)]


def test_each_day_tells_what_was_overdue_and_due_and_whether_it_was_done():
    learned = [answer(1, 0, card=1, next_in=2), answer(2, 0, card=2, next_in=2), answer(3, 0, card=3, next_in=4)]
    rows = [*learned, answer(4, 3, card=1, next_in=9), answer(5, 4, card=2, next_in=9), answer(6, 4, card=3)]
    assert told(rows) == [
        (0, False, True),
        (0, False, False),
        (0, True, False),
        (2, True, False),
        (1, True, True),
        (0, False, False),
        (0, False, False),
    ]
    assert told(rows, first=3, last=4) == [(2, True, False), (1, True, True)]
    assert told([], last=1) == [(0, False, False), (0, False, False)]


def test_what_is_set_aside_when_the_day_begins_is_not_due():
    learned = [answer(1, 0, card=1, next_in=1), answer(2, 0, card=2, next_in=1)]
    aside = [entry(3, "suspend", 0, 1), entry(4, "bury", 0, 2, buried_until=due(3))]
    assert told([*learned, *aside], first=2, last=3) == [(0, False, False), (1, True, False)]


@given(entries, st.integers(0, 5))
def test_days_are_done_as_they_are_in_an_assignment(rows, limit):
    found = told(rows, last=9, limit=limit)
    assert [at for at, one in enumerate(found) if one[2]] == done(rows, last=9, limit=limit)
    assert all(was_due for overdue, was_due, _done in found if overdue)


def progress(stability, ago, today=date(2026, 3, 20)):
    last = today - timedelta(days=ago)
    return Progress(phase=Phase.REVIEW, stability=stability, difficulty=5.0, first_study_day=last, last_study_day=last)


def test_recall_is_the_mean_over_all_cards_and_of_those_never_seen_it_is_none():
    today = date(2026, 3, 20)
    memories = {1: progress(10.0, 10), 2: progress(10.0, 10), 9: progress(10.0, 1)}
    effort = effort_of(memories, [1, 2, 3, 4], today=today, decay=DECAY, days=2)
    assert effort == Effort(2, 2, 4, pytest.approx(0.45))


def test_recall_of_a_card_answered_today_is_that_of_tomorrow():
    today, args = date(2026, 3, 20), {"cards": [1], "decay": DECAY, "days": 0}
    fresh = effort_of({1: progress(1.0, 0)}, today=today, **args)
    assert fresh.recall == pytest.approx(0.9)
    assert effort_of({1: progress(1.0, 1)}, today=today, **args) == fresh


def test_without_cards_nothing_is_recalled():
    assert effort_of({}, [], today=MONDAY, decay=DECAY, days=0) == Effort()
    assert mark_of(Effort(), "introduced", 1) == 0.0


def test_a_card_only_marked_or_reset_is_not_introduced():
    memories = {1: Progress(suspended=True), 2: Progress()}
    assert effort_of(memories, [1, 2], today=MONDAY, decay=DECAY, days=0).introduced == 0


@pytest.mark.parametrize(
    ("counts", "mark"), [("days", 0.6), ("introduced", 0.25), ("recall", 0.7)], ids=["days", "introduced", "recall"]
)
def test_the_mark_is_made_from_what_counts(counts, mark):
    assert mark_of(Effort(days=3, introduced=1, cards=4, recall=0.7), counts, 5) == mark


def test_more_days_than_needed_are_all_of_them():
    assert mark_of(Effort(days=7), "days", 5) == 1.0
    with pytest.raises(ValueError, match="nothing"):
        mark_of(Effort(), "clicks", 5)


@given(st.lists(st.tuples(st.floats(0.01, 1000), st.integers(0, 300)), max_size=20), st.integers(0, 5))
def test_recall_is_a_share_and_falls_with_time(cards, unseen):
    memories = {at: progress(stability, ago) for at, (stability, ago) in enumerate(cards)}
    scope = range(len(cards) + unseen)
    today = date(2026, 3, 20)
    now = effort_of(memories, scope, today=today, decay=DECAY, days=0).recall
    later = effort_of(memories, scope, today=today + timedelta(days=9), decay=DECAY, days=0).recall
    assert 0 <= later <= now <= 1


def test_the_day_of_an_answer_is_the_students_own():
    late = datetime(2026, 3, 10, 3, 59, tzinfo=BERLIN)
    assert study_day(late, BERLIN, 4) == MONDAY
    early = answer(1, 0, answered_at=late)._replace(study_day=study_day(late, BERLIN, 4))
    next_day = answer(2, 1, card=2)._replace(study_day=study_day(late + timedelta(minutes=1), BERLIN, 4))
    assert done([early, next_day]) == [0, 1]


def test_mean_recall_takes_columns():
    stability, last = np.array([10.0]), np.array([MONDAY.toordinal()])
    assert mean_recall(stability, last, 2, today=due(10), decay=DECAY) == pytest.approx(0.45)
