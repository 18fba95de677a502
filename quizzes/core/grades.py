"""What stands in a gradebook: the grade of one student in one thing, and how grades are spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import fmean, median

from quizzes.core.quiz_marks import Counting, counted
from quizzes.core.windows import Window

LEAST_TOLD = 10
"""Below this many marks nothing is said of their mean, median and spread."""
BINS = 10
_ROUNDING = 1e-9


class Where(StrEnum):
    """How far a student has come with a thing, as a gradebook says it."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    UNDER_WAY = "under_way"
    MARKED = "marked"
    NO_MARK = "no_mark"
    PENDING = "pending"
    MISSING = "missing"
    JOINED_LATER = "joined_later"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one student in one thing. `mark` (0 to 1) is None where nothing counts yet, or ever.

    `earned` is what it would be without a word by hand; `by_hand` says that an instructor set or excused it.
    `points` are those of a quiz with certainty marking.
    """

    where: Where
    mark: float | None = None
    earned: float | None = None
    by_hand: bool = False
    points: float | None = None


def quiz_grade(
    window: Window,
    now: datetime,
    *,
    mark: float | None,
    submitted: int,
    under_way: bool,
    joined_at: datetime | None = None,
    points: float | None = None,
) -> Grade:
    """What a student has earned in a quiz: `mark` is the one that counts of `submitted` attempts.

    A quiz that closed without an attempt is missing and counts 0, but not for somebody who joined the class later. An
    attempt of which every question was left out has no mark.
    """
    if submitted:
        return Grade(Where.NO_MARK if mark is None else Where.MARKED, mark, mark, points=points)
    if under_way:
        return Grade(Where.UNDER_WAY)
    if not window.has_opened(now):
        return Grade(Where.NOT_OPEN)
    if window.is_open(now):
        return Grade(Where.OPEN)
    return _missed(window, joined_at)


def assignment_grade(window: Window, now: datetime, *, mark: float | None, joined_at: datetime | None = None) -> Grade:
    """What a student has earned in an assignment: `mark` is the one made after it closed for them, None until then."""
    if mark is not None:
        return Grade(Where.MARKED, mark, mark)
    if not window.has_opened(now):
        return Grade(Where.NOT_OPEN)
    if window.is_open(now):
        return Grade(Where.OPEN)
    missed = _missed(window, joined_at)
    return missed if missed.where is Where.JOINED_LATER else Grade(Where.PENDING)


def _missed(window: Window, joined_at: datetime | None) -> Grade:
    if joined_at is not None and joined_at >= window.closes_at:
        return Grade(Where.JOINED_LATER)
    return Grade(Where.MISSING, 0.0, 0.0)


def set_by_hand(earned: Grade, mark: float | None) -> Grade:
    """The grade with an instructor's word on it: that mark, or excused where it is None."""
    return Grade(Where.EXCUSED if mark is None else Where.MARKED, mark, earned.earned, by_hand=True)


def passes(mark: float | None, pass_mark: float | None) -> bool | None:
    """Whether the mark is enough; None where there is no mark, or nothing to pass."""
    return None if mark is None or pass_mark is None else mark >= pass_mark - _ROUNDING


def counted_points(marks: Sequence[float | None], points: Sequence[float | None], counting: Counting) -> float | None:
    """The points that go with the mark that counts: of the best, the attempt with the best mark, then most points."""
    both = [(mark, score) for mark, score in zip(marks, points, strict=True) if mark is not None and score is not None]
    if not both:
        return None
    return max(both)[1] if counting is Counting.BEST else counted([score for _mark, score in both], counting)


def mean_of(marks: Sequence[float]) -> float | None:
    """Their mean, each as much as any other; None of nothing."""
    return fmean(marks) if marks else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How marks are spread: mean and median None below ten; `bins` counts them by tenths, 1 with the last."""

    n: int
    mean: float | None
    median: float | None
    bins: tuple[int, ...]


def spread_of(marks: Sequence[float]) -> Spread:
    """The spread of marks from 0 to 1."""
    bins = [0] * BINS
    for mark in marks:
        bins[min(BINS - 1, int(mark * BINS + _ROUNDING))] += 1
    told = len(marks) >= LEAST_TOLD
    return Spread(len(marks), fmean(marks) if told else None, median(marks) if told else None, tuple(bins))
