"""When things set for a class are open, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.core.windows import GRACE, State, Window, attempt_end, state_of, still_counts

OPENS = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
WINDOW = Window(OPENS, CLOSES)


@pytest.mark.parametrize(
    ("now", "begun", "done", "state"),
    [
        (OPENS - TICK, False, False, State.NOT_OPEN),
        (OPENS, False, False, State.OPEN),
        (OPENS, True, False, State.UNDER_WAY),
        (CLOSES - TICK, True, False, State.UNDER_WAY),
        (CLOSES - TICK, True, True, State.SUBMITTED),
        (CLOSES, True, True, State.CLOSED),
        (CLOSES, True, False, State.OVERDUE),
        (CLOSES, False, False, State.OVERDUE),
    ],
)
def test_the_first_moment_belongs_to_the_window_and_the_last_does_not(now, begun, done, state):
    assert state_of(WINDOW, now, begun=begun, done=done) is state


@pytest.mark.parametrize("now", [OPENS - TICK, OPENS, CLOSES])
def test_who_is_excused_is_excused_at_any_time(now):
    assert state_of(WINDOW, now, begun=True, done=False, excused=True) is State.EXCUSED


def test_own_dates_replace_those_that_are_given():
    later = CLOSES + timedelta(days=2)
    assert WINDOW.own(None, later) == Window(OPENS, later)
    assert WINDOW.own(OPENS + timedelta(hours=1), None) == Window(OPENS + timedelta(hours=1), CLOSES)
    assert WINDOW.own(None, None) == WINDOW


def test_an_attempt_ends_after_its_limit_with_the_extra_time():
    assert attempt_end(OPENS, WINDOW, 20) == OPENS + timedelta(minutes=20)
    assert attempt_end(OPENS, WINDOW, 20, 25) == OPENS + timedelta(minutes=25)


def test_no_attempt_ends_before_it_began_though_the_closing_is_put_there_later():
    late = CLOSES + timedelta(hours=1)
    assert attempt_end(late, WINDOW, 20) == attempt_end(late, WINDOW, None) == late


def test_no_attempt_ends_after_the_closing():
    late = CLOSES - timedelta(minutes=5)
    assert attempt_end(late, WINDOW, 20, 100) == CLOSES
    assert attempt_end(OPENS, WINDOW, None) == CLOSES


def test_an_answer_on_its_way_counts_for_the_grace_and_no_longer():
    assert still_counts(CLOSES, CLOSES)
    assert still_counts(CLOSES + GRACE - TICK, CLOSES)
    assert not still_counts(CLOSES + GRACE, CLOSES)
