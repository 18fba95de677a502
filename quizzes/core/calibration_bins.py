"""How well predicted chances agree with what came: predictions of similar height together, against the share right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from quizzes.core.shares import NINETY_FIVE_PERCENT, wilson

MOST_BINS, LEAST_IN_A_BIN = 10, 15
STEPS = 40


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """`n` predictions of similar height: their mean, and how many came right."""

    predicted: float
    right: int
    n: int

    @property
    def share(self) -> float:
        """The share that came right."""
        return self.right / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval around that share."""
        return wilson(self.right, self.n)

    def strays(self, looks: int = 1) -> bool:
        """Whether chance alone hardly explains the difference, with 95 % confidence over so many looks."""
        low, high = wilson(self.right, self.n, _confident(looks))
        return not low <= self.predicted <= high


def calibration_bins(
    predicted: NDArray[np.float64], right: NDArray[np.bool_], *, most: int = MOST_BINS, least: int = LEAST_IN_A_BIN
) -> list[CalibrationBin]:
    """Bins of about equal counts in rising order of prediction, with `least` in each; equal predictions share one.

    Of fewer predictions than `least` one bin, of none no bin.
    """
    if not len(predicted):
        return []
    order = np.argsort(predicted, kind="stable")
    chance, came = predicted[order], right[order]
    ends = [*_ends(chance, max(1, min(most, len(chance) // least)), least), len(chance)]
    starts = [0, *ends[:-1]]
    return [
        CalibrationBin(float(chance[start:end].mean()), int(came[start:end].sum()), end - start)
        for start, end in zip(starts, ends, strict=True)
    ]


def calibration_error(bins: Sequence[CalibrationBin]) -> float:
    """How far prediction and share lie apart on average, each bin by its size; 0 of nothing."""
    total = sum(one.n for one in bins)
    return sum(one.n * abs(one.predicted - one.share) for one in bins) / total if total else 0.0


def spread(predicted: NDArray[np.float64]) -> list[int]:
    """How many predictions fall into each of STEPS equal steps from 0 to 1."""
    steps = np.minimum((predicted * STEPS).astype(np.int64), STEPS - 1)
    return [int(count) for count in np.bincount(steps, minlength=STEPS)]


def _ends(chance: NDArray[np.float64], wanted: int, least: int) -> list[int]:
    """Where bins of rising chances end, the last one's end apart: at the first change after each equal part."""
    ends: list[int] = []
    for part in range(1, wanted):
        edge = round(part * len(chance) / wanted)
        end = int(np.searchsorted(chance, chance[edge - 1], side="right"))
        if end - (ends[-1] if ends else 0) >= least and len(chance) - end >= least:
            ends.append(end)
    return ends


def _confident(looks: int) -> float:
    """Standard errors that hold for all of so many looks at once (Bonferroni)."""
    return NINETY_FIVE_PERCENT if looks <= 1 else float(-ndtri(0.025 / looks))
