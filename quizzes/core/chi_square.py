"""Pearson's chi-square tests, without the memory and the time that importing all of SciPy's statistics costs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

YATES = 0.5


def evenness_p(counts: Sequence[int]) -> float:
    """The chance of counts at least as uneven as these, if every place were as likely."""
    found = np.array(counts, dtype=np.float64)
    return _p(found, np.full(len(found), found.mean()), len(found) - 1)


def independence_p(table: Sequence[Sequence[int]]) -> float:
    """The chance of a table at least as far from independence of rows and columns; none of them may be empty.

    With Yates's correction for two rows and two columns.
    """
    found = np.array(table, dtype=np.float64)
    expected = np.outer(found.sum(axis=1), found.sum(axis=0)) / found.sum()
    freedom = (found.shape[0] - 1) * (found.shape[1] - 1)
    if freedom == 1:
        away = expected - found
        found = found + np.sign(away) * np.minimum(YATES, np.abs(away))
    return _p(found, expected, freedom)


def _p(found: NDArray[np.float64], expected: NDArray[np.float64], freedom: int) -> float:
    return float(chdtrc(freedom, ((found - expected) ** 2 / expected).sum()))
