"""What stands in a gradebook, at the borders of time, and how marks are spread."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.core.grades import (
    Grade,
    Where,
    assignment_grade,
    counted_points,
    mean_of,
    passes,
    quiz_grade,
    set_by_hand,
    spread_of,
)
from quizzes.core.quiz_marks import Counting
from quizzes.core.windows import Window

OPENS = datetime(2026, 3, 10, 8, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
WINDOW = Window(OPENS, CLOSES)
JUST = timedelta(microseconds=1)


def quiz(now, *, mark=None, submitted=0, under_way=False, joined_at=None):
    return quiz_grade(WINDOW, now, mark=mark, submitted=submitted, under_way=under_way, joined_at=joined_at)


@pytest.mark.parametrize(
    ("now", "where", "mark"),
    [
        (OPENS - JUST, Where.NOT_OPEN, None),
        (OPENS, Where.OPEN, None),
        (CLOSES - JUST, Where.OPEN, None),
        (CLOSES, Where.MISSING, 0.0),
    ],
)
def test_a_quiz_that_nobody_began_is_not_open_then_open_then_missing_and_counts_nothing(now, where, mark):
    assert quiz(now) == Grade(where, mark, mark)


@pytest.mark.parametrize("now", [OPENS, CLOSES, CLOSES + timedelta(days=9)])
def test_a_submitted_quiz_has_its_mark_whenever_it_is_looked_at(now):
    assert quiz(now, mark=0.75, submitted=1, under_way=True) == Grade(Where.MARKED, 0.75, 0.75)


def test_an_attempt_under_way_has_no_mark_even_when_the_quiz_has_closed():
    assert quiz(CLOSES, under_way=True) == Grade(Where.UNDER_WAY)


def test_an_attempt_of_which_every_question_was_left_out_has_no_mark():
    assert quiz(OPENS, submitted=1) == Grade(Where.NO_MARK)


def test_who_joined_after_closing_misses_nothing():
    assert quiz(CLOSES, joined_at=CLOSES) == Grade(Where.JOINED_LATER)
    assert quiz(CLOSES, joined_at=CLOSES - JUST).where is Where.MISSING


@pytest.mark.parametrize(
    ("now", "where"), [(OPENS - JUST, Where.NOT_OPEN), (OPENS, Where.OPEN), (CLOSES, Where.PENDING)]
)
def test_an_assignment_has_no_mark_before_it_was_made(now, where):
    assert assignment_grade(WINDOW, now, mark=None) == Grade(where)


def test_an_assignment_has_the_mark_that_was_made_when_it_closed():
    assert assignment_grade(WINDOW, CLOSES, mark=0.4) == Grade(Where.MARKED, 0.4, 0.4)
    assert assignment_grade(WINDOW, CLOSES, mark=None, joined_at=CLOSES) == Grade(Where.JOINED_LATER)


def test_a_word_by_hand_counts_and_what_was_earned_is_kept():
    earned = quiz(CLOSES)
    assert set_by_hand(earned, 0.9) == Grade(Where.MARKED, 0.9, 0.0, by_hand=True)
    assert set_by_hand(earned, None) == Grade(Where.EXCUSED, None, 0.0, by_hand=True)


@pytest.mark.parametrize(
    ("mark", "pass_mark", "passed"),
    [(0.8, 0.8, True), (0.1 + 0.2, 0.3, True), (0.29999, 0.3, False), (None, 0.5, None), (0.9, None, None)],
)
def test_the_pass_mark_itself_passes(mark, pass_mark, passed):
    assert passes(mark, pass_mark) is passed


def test_points_of_the_best_are_those_of_the_attempt_with_the_best_mark():
    marks, points = [0.5, 0.9, 0.9, None], [9.0, 4.0, 6.0, None]
    assert counted_points(marks, points, Counting.BEST) == 6.0
    assert counted_points(marks, points, Counting.LAST) == 6.0
    assert counted_points(marks, points, Counting.FIRST) == 9.0
    assert counted_points(marks, points, Counting.MEAN) == pytest.approx(19 / 3)
    assert counted_points([None], [None], Counting.BEST) is None


def test_a_mean_of_nothing_is_none():
    assert mean_of([]) is None
    assert mean_of([0.0, 1.0]) == 0.5


def test_nothing_is_told_of_nine_marks_and_of_ten_it_is():
    nine, ten = spread_of([0.5] * 9), spread_of([0.0] * 4 + [1.0] * 6)
    assert (nine.n, nine.mean, nine.median) == (9, None, None)
    assert (ten.n, ten.mean, ten.median) == (10, pytest.approx(0.6), 1.0)


def test_bins_hold_their_lower_end_and_the_last_one_both():
    assert spread_of([0.0, 0.09, 0.1, 0.3, 0.7, 0.9, 1.0]).bins == (2, 1, 0, 1, 0, 0, 0, 1, 0, 2)
