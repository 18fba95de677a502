"""How hard items are and how well they tell strong from weak students, for all items at once.

Whatever is said of a student's strength leaves the item itself out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.estimates import ALIKE, LEAST_ANSWERS, Estimate, Figure, Untold, fisher, newcombe
from quizzes.core.exposures import Exposures, rest_scores
from quizzes.core.resampling import mean_intervals
from quizzes.core.review_arrays import Floats, Ints
from quizzes.core.shares import score_interval

LEAST_COMPARED = 50
"""Below this many students nothing is said of discrimination."""
TAIL = 0.27
"""The part of the students that makes the upper and the lower group (Kelley 1939)."""
PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """The figures of one item.

    `facility`: mean mark. `discrimination`: Pearson's correlation of mark and rest score. `efficiency`: 100 times their
    covariance over the largest that the same marks and rest scores could have (Moodle); its interval takes that as
    given. `upper_lower`: mean mark of the strongest 27 % less that of the weakest, by rest score; students who tie at
    the border belong to the group in part.
    """

    facility: Figure
    discrimination: Figure
    efficiency: Figure
    upper_lower: Figure

    @property
    def index(self) -> Figure:
        """Moodle's discrimination index: 100 times the correlation."""
        return self.discrimination.times(PERCENT) if isinstance(self.discrimination, Estimate) else self.discrimination


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """By item, over the students with a rest score: how many; correlation of mark and rest score and the largest that
    it could be (nan where either does not vary); mean marks of the upper and of the lower group."""

    n: Ints
    r: Floats
    largest_r: Floats
    upper: Floats
    lower: Floats


def item_statistics(met: Exposures, *, items: int, least_others: int) -> list[ItemStatistics]:
    """The figures of items 0 to `items` - 1; `least_others` is exposures.IN_A_FORM or IN_SPACED_STUDY."""
    facilities = _facilities(met, items)
    rest = rest_scores(met, least_others)
    known = ~np.isnan(rest)
    found = compare(Exposures(met.student[known], met.item[known], met.mark[known]), rest[known], items=items)
    columns = (found.n, found.r, found.largest_r, found.upper, found.lower)
    rows = zip(facilities, *(column.tolist() for column in columns), strict=True)
    return [_told(*row) for row in rows]


def _told(facility: Figure, n: int, r: float, largest: float, upper: float, lower: float) -> ItemStatistics:
    untold = Untold(n, LEAST_COMPARED)
    if n < LEAST_COMPARED:
        return ItemStatistics(facility, untold, untold, untold)
    difference = Estimate(upper - lower, n, *newcombe(upper, lower, TAIL * n))
    if np.isnan(r):
        return ItemStatistics(facility, untold, untold, difference)
    low, high = fisher(r, n)
    value, least, most = (min(PERCENT, PERCENT * one / largest) for one in (r, low, high))
    return ItemStatistics(facility, Estimate(r, n, low, high), Estimate(value, n, least, most), difference)


def _facilities(met: Exposures, items: int) -> list[Figure]:
    n = np.bincount(met.item, minlength=items)
    means = _sums(met.mark, met.item, items) / np.maximum(n, 1)
    partial = _sums((met.mark > 0) & (met.mark < 1), met.item, items) > 0
    resampled = _resampled(met, n, np.flatnonzero(partial & (n >= LEAST_ANSWERS)))
    return [
        Estimate(mean, count, *(resampled.get(at) or score_interval(mean, count)))
        if count >= LEAST_ANSWERS
        else Untold(count, LEAST_ANSWERS)
        for at, (mean, count) in enumerate(zip(means.tolist(), n.tolist(), strict=True))
    ]


def _resampled(met: Exposures, n: Ints, items: Ints) -> dict[int, tuple[float, float]]:
    """The intervals of items with partial marks, those of one length together; none of marks that are all alike."""
    found: dict[int, tuple[float, float]] = {}
    for length in np.unique(n[items]).tolist():
        group = [at for at in items[n[items] == length].tolist() if np.ptp(met.mark[met.item == at]) > ALIKE]
        if group:
            marks = np.column_stack([met.mark[met.item == at] for at in group])
            low, high = mean_intervals(marks, f"facility/{length}")
            found |= dict(zip(group, zip(low.tolist(), high.tolist(), strict=True), strict=True))
    return found


def compare(met: Exposures, rest: Floats, *, items: int) -> Comparison:
    """Mark against rest score by item; every row has a rest score."""
    n = np.bincount(met.item, minlength=items)
    mark, other = _centred(met.mark, met.item, n), _centred(rest, met.item, n)
    by_rest, by_mark = np.lexsort((rest, met.item)), np.lexsort((met.mark, met.item))
    squares = _sums(mark**2, met.item, items) * _sums(other**2, met.item, items)
    scale = np.where(squares > ALIKE**2, np.sqrt(squares), np.nan)
    largest = _sums(mark[by_mark] * other[by_rest], met.item[by_rest], items)
    upper, lower = _tails(met.item[by_rest], met.mark[by_rest], rest[by_rest], n)
    return Comparison(n, _sums(mark * other, met.item, items) / scale, largest / scale, upper, lower)


def _centred(values: Floats, item: Ints, n: Ints) -> Floats:
    means = _sums(values, item, len(n)) / np.maximum(n, 1)
    return values - means[item]


def _sums(values: NDArray[np.float64] | NDArray[np.bool_], item: Ints, items: int) -> Floats:
    return np.asarray(np.bincount(item, weights=values, minlength=items), np.float64)


def _tails(item: Ints, mark: Floats, rest: Floats, n: Ints) -> tuple[Floats, Floats]:
    """Mean marks of the upper and lower groups of each item; rows are sorted by item, then rest score.

    Students with the same rest score are taken as one block, of which as much belongs to a group as fits into it.
    """
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(item) > 0) | (np.diff(rest) > 0)])[: len(item)])
    sizes = np.diff(np.append(begins, len(item)))
    of = item[begins]
    below = begins - (np.cumsum(n) - n)[of]
    above = n[of] - below - sizes
    marks = np.add.reduceat(mark, begins) / sizes if len(begins) else np.zeros(0)
    wanted = np.maximum(TAIL * n, ALIKE)
    upper, lower = (
        _sums(marks * np.clip(wanted[of] - outside, 0, sizes), of, len(n)) / wanted for outside in (above, below)
    )
    return upper, lower
