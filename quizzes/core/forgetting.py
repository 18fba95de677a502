"""How a class keeps a fact: right at first exposure, right at later reviews, and the forgetting curve between."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.estimates import LEAST_ANSWERS, Estimate, Figure, Untold
from quizzes.core.review_arrays import Bools, Floats, Ints
from quizzes.core.shares import score_interval

FIRST_DAYS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""The first day of each bin of days since the last review; the last bin has no end."""


def chance_right(recall: Floats, options: Ints) -> Floats:
    """The chance of a right answer: recalled, or guessed among so many options (0: nothing to guess from)."""
    guess = np.where(options > 0, 1.0 / np.maximum(options, 1), 0.0)
    return recall + (1.0 - recall) * guess


@dataclass(frozen=True, slots=True, eq=False)
class CurveSums:
    """By fact and bin of elapsed days (facts x bins): reviews, those right, and sums of predicted chances and days.

    They add up, so a worker can keep them.
    """

    n: NDArray[np.int64]
    right: NDArray[np.int64]
    predicted: NDArray[np.float64]
    days: NDArray[np.float64]

    def __add__(self, other: "CurveSums") -> "CurveSums":
        return CurveSums(*(getattr(self, name) + getattr(other, name) for name in CurveSums.__slots__))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A bin of the curve: its first day and the last (None: no end); observed, and predicted for the same reviews.

    `days` is the mean elapsed time of the reviews in it; with too few, it and `predicted` are None.
    """

    first_day: int
    last_day: int | None
    observed: Figure
    predicted: float | None
    days: float | None


def curve_sums(fact: Ints, elapsed_days: Ints, right: Bools, chance: Floats, *, facts: int) -> CurveSums:
    """Counted over first reviews of a day, one or more days after the card's last one; others are left out.

    Facts are numbered from 0; `chance` is the predicted one of a right answer (chance_right), so that lucky guesses are
    in both what was observed and what was predicted.
    """
    later = elapsed_days >= FIRST_DAYS[0]
    elapsed = elapsed_days[later]
    place = fact[later] * len(FIRST_DAYS) + bins_of(elapsed)

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.bincount(place, weights=values, minlength=facts * len(FIRST_DAYS))
        return np.asarray(found, np.float64).reshape(facts, len(FIRST_DAYS))

    return CurveSums(
        n=np.bincount(place, minlength=facts * len(FIRST_DAYS)).reshape(facts, len(FIRST_DAYS)),
        right=total(right[later].astype(np.float64)).astype(np.int64),
        predicted=total(chance[later]),
        days=total(elapsed.astype(np.float64)),
    )


def bins_of(elapsed_days: Ints) -> Ints:
    """The bin of each number of days, 1 or more."""
    return np.searchsorted(FIRST_DAYS, elapsed_days, "right") - 1


def forgetting_curve_of(
    sums: CurveSums, fact: int, *, least: int = LEAST_ANSWERS, independent: Sequence[float] = ()
) -> tuple[CurvePoint, ...]:
    """The curve of one fact, up to its last bin that has any review; Wilson intervals.

    Of few answers a student the intervals take all as independent; else `independent` says how many are, by bin.
    """
    n = sums.n[fact].tolist()
    ends: list[int | None] = [first - 1 for first in FIRST_DAYS[1:]]
    bins = list(zip(FIRST_DAYS, [*ends, None], range(len(FIRST_DAYS)), strict=True))
    used = max((at + 1 for at, count in enumerate(n) if count), default=0)
    of = independent or n
    return tuple(_point(sums, fact, at, first, last, least, of[at]) for first, last, at in bins[:used])


def _point(
    sums: CurveSums, fact: int, at: int, first: int, last: int | None, least: int, independent: float
) -> CurvePoint:
    n, right = int(sums.n[fact, at]), int(sums.right[fact, at])
    if n < least:
        return CurvePoint(first, last, Untold(n, least), None, None)
    observed = Estimate(right / n, n, *score_interval(right / n, independent))
    return CurvePoint(first, last, observed, float(sums.predicted[fact, at]) / n, float(sums.days[fact, at]) / n)
