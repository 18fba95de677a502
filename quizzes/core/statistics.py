"""Figures over many students, with how many they rest on and how sure they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

LEAST_MEMORIES = 10
"""Below this many a share over a class is not shown."""
LEAST_STUDENTS = 3
"""Below this many students a share has no interval."""
LEAST_CARDS = 3
"""Below this many cards a share of one student's section is not shown."""
CONFIDENCE = 0.95

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Share:
    """A mean of values from 0 to 1 over `n` of them, of `students` students; the interval is None for too few."""

    mean: float
    n: int
    students: int
    low: float | None = None
    high: float | None = None


def pooled_share(sums: FloatArray, counts: IntArray) -> Share | None:
    """The mean over all students' values, given each one's sum and count; None for fewer than LEAST_MEMORIES values.

    A student's values hang together, so the interval takes students, not values, as independent (the ratio estimator's
    variance, t distribution).
    """
    taken = counts > 0
    sums, counts = sums[taken], counts[taken]
    n, students = int(counts.sum()), len(counts)
    if n < LEAST_MEMORIES:
        return None
    mean = float(sums.sum() / n)
    if students < LEAST_STUDENTS:
        return Share(mean, n, students)
    spread = float(np.sum((sums - mean * counts) ** 2)) * students / (students - 1)
    margin = float(stdtrit(students - 1, (1 + CONFIDENCE) / 2)) * spread**0.5 / n
    return Share(mean, n, students, max(0.0, mean - margin), min(1.0, mean + margin))
