"""Bootstrap intervals of means, from dice that always fall the same."""

from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from quizzes.core.review_arrays import Floats
from quizzes.core.shares import NINETY_FIVE_PERCENT

RESAMPLES = 2000


def mean_intervals(columns: NDArray[np.float64], seed: str) -> tuple[Floats, Floats]:
    """The lower and upper ends of each column's mean, 95 %, bias-corrected and accelerated (Efron 1987).

    Columns are of one length, and are resampled together. Of a column of equal values both ends are that value.
    """
    means = np.sort(_weights(len(columns), seed) @ columns / len(columns), axis=0)
    ends = [_ends(means[:, at], columns[:, at]) for at in range(columns.shape[1])]
    low, high = np.array(ends, np.float64).reshape(-1, 2).T
    return low, high


def _weights(n: int, seed: str) -> NDArray[np.float64]:
    """How often each of `n` is drawn in each resample."""
    draws = np.fromiter(iter(Random(seed).random, None), np.float64, RESAMPLES * n)
    places = np.minimum((draws * n).astype(np.int64), n - 1).reshape(RESAMPLES, n) + n * np.arange(RESAMPLES)[:, None]
    return np.bincount(places.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n).astype(np.float64)


def _ends(means: Floats, values: Floats) -> Floats:
    """The ends from the sorted means of resamples, moved by their bias and by the skewness of the values."""
    mean = values.mean()
    away = values - mean
    square = float((away**2).sum())
    if square < np.finfo(np.float64).eps * len(values):
        return np.array([mean, mean])
    below = (np.searchsorted(means, mean, "left") + np.searchsorted(means, mean, "right")) / 2
    bias = ndtri(np.clip(below / RESAMPLES, 1 / RESAMPLES, 1 - 1 / RESAMPLES))
    skew = float((away**3).sum()) / (6 * square**1.5)
    moved = bias + np.array([-NINETY_FIVE_PERCENT, NINETY_FIVE_PERCENT])
    found: Floats = np.quantile(means, ndtr(bias + moved / (1 - skew * moved)))
    return found
