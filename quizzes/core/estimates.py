"""A figure with what it rests on and its 95 % interval, or word that there is too little to tell; and the intervals."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import ClassVar

import numpy as np
from scipy.special import betaincinv, fdtri, stdtrit

from quizzes.core.review_arrays import Floats
from quizzes.core.shares import NINETY_FIVE_PERCENT, score_interval

CONFIDENCE = 0.95
ONE_TAIL = (1 + CONFIDENCE) / 2
LEAST_ANSWERS = 10
ALIKE = 1e-9
"""Numbers that differ by no more are the same number: sums of marks are not exact."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that can be shown: of `n` answers, with its 95 % interval."""

    value: float
    n: int
    low: float
    high: float
    told: ClassVar[bool] = True

    def times(self, factor: float) -> "Estimate":
        """The same on another scale; the factor is above 0."""
        return Estimate(self.value * factor, self.n, self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Untold:
    """A figure that cannot be shown: `n` answers of the `least` that it needs; or enough of them, but all alike."""

    n: int
    least: int
    told: ClassVar[bool] = False

    @property
    def all_alike(self) -> bool:
        """Whether there are enough, and the figure is undefined because they do not differ."""
        return self.n >= self.least


Figure = Estimate | Untold


def fisher(r: float, n: int) -> Interval:
    """The interval of a correlation (Fisher 1921); of fewer than four pairs nothing is known."""
    if n <= 3:
        return -1.0, 1.0
    if abs(r) >= 1 - ALIKE:
        return r, r
    middle, half = atanh(r), NINETY_FIVE_PERCENT / sqrt(n - 3)
    return tanh(middle - half), tanh(middle + half)


def newcombe(one: float, other: float, n: float) -> Interval:
    """The interval of the difference of two shares, each of `n` (Newcombe 1998, hybrid score method)."""
    (low, high), (other_low, other_high) = score_interval(one, n), score_interval(other, n)
    difference = one - other
    down, up = np.hypot(one - low, other_high - other), np.hypot(high - one, other - other_low)
    return max(-1.0, difference - float(down)), min(1.0, difference + float(up))


def most_likely_share(right: int, n: int) -> float:
    """The one-sided 95 % upper bound of a share (Clopper & Pearson 1934); of nothing 1."""
    return 1.0 if right >= n else float(betaincinv(right + 1, n - right, CONFIDENCE))


def student(mean: float, spread: float, n: int) -> Interval:
    """The t interval of a mean of `n` values with the standard deviation `spread`; n is 2 or more."""
    half = float(stdtrit(n - 1, ONE_TAIL)) * spread / sqrt(n)
    return mean - half, mean + half


@dataclass(frozen=True, slots=True)
class Sample:
    """How many values, their mean and their variance (by n - 1)."""

    n: int
    mean: float
    variance: float

    @classmethod
    def of_sums(cls, n: int, total: float, squares: float) -> "Sample":
        """From their sum and the sum of their squares; n is 2 or more."""
        mean = total / n
        return cls(n, mean, max(0.0, squares - n * mean * mean) / (n - 1))

    def estimate(self) -> Estimate:
        """The mean with its t interval, for values from 0 to 1."""
        low, high = student(self.mean, sqrt(self.variance), self.n)
        return Estimate(self.mean, self.n, max(0.0, low), min(1.0, high))


def welch(one: Sample, other: Sample, *, comparisons: int = 1) -> Interval:
    """The interval of the difference of two means whose variances may differ (Welch 1947).

    Of several `comparisons` all intervals together hold with 95 % (Bonferroni).
    """
    parts = one.variance / one.n, other.variance / other.n
    difference = one.mean - other.mean
    if sum(parts) <= ALIKE**2:
        return difference, difference
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (other.n - 1))
    half = float(stdtrit(freedom, 1 - (1 - ONE_TAIL) / comparisons)) * sqrt(sum(parts))
    return difference - half, difference + half


def feldt(alpha: float, n: int, items: int) -> Interval:
    """The interval of Cronbach's alpha of `n` students and so many items (Feldt 1965)."""
    freedom = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(*freedom, tail)) for tail in (ONE_TAIL, 1 - ONE_TAIL))
    return low, high


def share_by_student(right: Floats, n: Floats, *, least: int = LEAST_ANSWERS) -> Figure:
    """The share of all answers that are right, given each student's right ones and how many they gave.

    Wilson's interval, of as many answers as are independent.
    """
    given = n > 0
    right, n = right[given], n[given]
    answers = float(n.sum())
    if answers < least:
        return Untold(int(answers), least)
    share = float(right.sum()) / answers
    return Estimate(share, int(answers), *score_interval(share, independent_answers(right, n)))


def independent_answers(right: Floats, n: Floats) -> float:
    """How many independent answers vary like these, given each student's right ones and how many they gave (1 or more).

    One student's answers hang together (Korn & Graubard 1998). Between one a student and all of them; where all are
    right or all wrong, one a student.
    """
    answers, students = float(n.sum()), len(n)
    share = float(right.sum()) / max(answers, 1.0)
    spread = float(np.sum((right - share * n) ** 2)) * students / max(1, students - 1) / max(answers, 1.0) ** 2
    binomial = share * (1 - share)
    independent = binomial / max(spread, binomial / max(answers, 1.0)) if binomial > ALIKE else 0.0
    return max(independent, float(students))
