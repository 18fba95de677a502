"""How the marks of a fixed quiz form are spread, and how far they can be relied on."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, chdtri

from quizzes.core.estimates import ALIKE, LEAST_ANSWERS, ONE_TAIL, Estimate, Figure, Sample, Untold, feldt
from quizzes.core.review_arrays import Floats
from quizzes.core.shares import NINETY_FIVE_PERCENT

LEAST_RELIABLE, LEAST_ITEMS = 30, 10
"""Below so many students or items nothing is said of reliability."""
BINS = 10


@dataclass(frozen=True, slots=True)
class QuizSpread:
    """Of the marks (0 to 1) of `n` students: mean, median, standard deviation (by n - 1), skewness, excess kurtosis.

    `bins` counts them in equal parts of 0 to 1, a border in the part above it and 1 in the last.
    """

    n: int
    bins: tuple[int, ...]
    mean: Figure
    median: Figure
    deviation: Figure
    skewness: Figure
    kurtosis: Figure


def quiz_spread(marks: Floats, *, bins: int = BINS) -> QuizSpread:
    """The spread of one mark for each student; nan is no mark."""
    marks = np.sort(marks[~np.isnan(marks)])
    n = len(marks)
    counts = _histogram(marks, bins)
    if n < LEAST_ANSWERS:
        return QuizSpread(n, counts, *(Untold(n, LEAST_ANSWERS),) * 5)
    mean, deviation = float(marks.mean()), float(marks.std(ddof=1))
    located = Sample(n, mean, deviation**2).estimate(), _median(marks)
    if np.ptp(marks) <= ALIKE:
        alike = Untold(n, LEAST_ANSWERS)
        return QuizSpread(n, counts, *located, Estimate(0.0, n, 0.0, 0.0), alike, alike)
    return QuizSpread(n, counts, *located, _deviation(deviation, n), *_shape(marks))


def _histogram(marks: Floats, bins: int) -> tuple[int, ...]:
    places = np.clip((marks * bins + ALIKE).astype(np.int64), 0, bins - 1)
    return tuple(np.bincount(places, minlength=bins).tolist())


def _median(marks: Floats) -> Estimate:
    """With the order statistics that hold it in 95 % of samples or more, whatever the distribution."""
    n = len(marks)
    outside = int(np.count_nonzero(bdtr(np.arange(n), n, 0.5) <= 1 - ONE_TAIL))
    low, high = float(marks[max(0, outside - 1)]), float(marks[n - max(1, outside)])
    return Estimate(float(np.median(marks)), n, low, high)


def _deviation(deviation: float, n: int) -> Estimate:
    """With the chi-square interval, as if marks were normally distributed."""
    low, high = (deviation * sqrt((n - 1) / float(chdtri(n - 1, tail))) for tail in (1 - ONE_TAIL, ONE_TAIL))
    return Estimate(deviation, n, low, high)


def _shape(marks: Floats) -> tuple[Estimate, Estimate]:
    """Skewness and excess kurtosis corrected for bias, G1 and G2 of Joanes & Gill (1998).

    The intervals are from the standard errors of samples of a normal distribution.
    """
    n = len(marks)
    away = marks - marks.mean()
    second, third, fourth = (float(np.mean(away**power)) for power in (2, 3, 4))
    skewness = sqrt(n * (n - 1)) / (n - 2) * third / second**1.5
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / second**2 - 3) + 6)
    error = sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))
    return _around(skewness, n, error), _around(kurtosis, n, 2 * error * sqrt((n * n - 1) / ((n - 3) * (n + 5))))


def _around(value: float, n: int, error: float) -> Estimate:
    return Estimate(value, n, value - NINETY_FIVE_PERCENT * error, value + NINETY_FIVE_PERCENT * error)


@dataclass(frozen=True, slots=True)
class Reliability:
    """KR-20, which is Cronbach's alpha of marks of 0 and 1, and the standard error of measurement of a mark (0 to 1).

    `students` have a mark in every one of the `items`; only these count. Both are Untold, of students, below 30 of
    them, and where no mark differs; and None for fewer than ten items.
    """

    students: int
    items: int
    alpha: Figure | None
    error: Figure | None


def reliability(marks: NDArray[np.float64]) -> Reliability:
    """Of a form's marks (0 to 1): a row for each student, a column for each item; nan is no mark.

    alpha = k / (k - 1) (1 - sum of the items' variances / variance of totals), all by n (Kuder & Richardson 1937,
    Cronbach 1951); error = s sqrt(1 - alpha), s the standard deviation by n of mean marks, its interval that of alpha
    carried over.
    """
    marks = marks[~np.isnan(marks).any(axis=1)]
    students, items = marks.shape
    if items < LEAST_ITEMS:
        return Reliability(students, items, None, None)
    spread = float(marks.sum(axis=1).var()) if students >= LEAST_RELIABLE else 0.0
    if spread <= ALIKE:
        untold = Untold(students, LEAST_RELIABLE)
        return Reliability(students, items, untold, untold)
    alpha = items / (items - 1) * (1 - float(marks.var(axis=0).sum()) / spread)
    low, high = feldt(alpha, students, items)
    error, least, most = (sqrt(spread * max(0.0, 1 - value)) / items for value in (alpha, high, low))
    error_of_mark = Estimate(error, students, least, most)
    return Reliability(students, items, Estimate(alpha, students, low, high), error_of_mark)
