"""One person's review log as arrays, in order of time: what evaluating and fitting a memory model work on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FOLDS = 5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Review(NamedTuple):
    """One answer to a card on a study day (counted from any day on); `moment` orders the answers of a day.

    Rated 1 to 4. Of a choice, `options` says among how many; 0 is recall without options.
    """

    card: int
    day: int
    moment: float
    rating: int
    options: int = 0


@dataclass(frozen=True, slots=True)
class ReviewArrays:
    """Reviews in order of time; all arrays are of one length.

    `step` is the number of the review among those of its card, from 0; `elapsed` the study days since the one before
    (0: the same day, or the first). `earlier` counts the card's earlier reviews, of each day the first; `lapses` those
    of them that crossed days and were failed.
    """

    card: Ints
    rating: Ints
    options: Ints
    step: Ints
    elapsed: Floats
    earlier: Ints
    lapses: Ints

    def __len__(self) -> int:
        return len(self.card)

    @property
    def passed(self) -> Floats:
        """1 where the card was recalled (hard is a pass), else 0."""
        return (self.rating > 1).astype(np.float64)

    @property
    def crosses_days(self) -> Bools:
        """Reviews with a day or more since the one before: what predictions are judged by."""
        return self.elapsed > 0

    def until(self, end: int) -> "ReviewArrays":
        """The first `end` reviews."""
        return ReviewArrays(*(getattr(self, one.name)[:end] for one in fields(self)))

    def by_step(self) -> Iterator[Ints]:
        """For each step the indices of its reviews, cards with most reviews first, so that each heads the last."""
        if not len(self):
            return
        rank = np.argsort(np.argsort(-np.bincount(self.card), kind="stable"), kind="stable")
        order = np.lexsort((rank[self.card], self.step))
        bounds = np.searchsorted(self.step[order], np.arange(int(self.step.max()) + 2))
        for start, end in pairwise(bounds):
            yield order[start:end]


def arrays_of(reviews: Iterable[Review]) -> ReviewArrays:
    """The reviews in order of time; cards may have any numbers."""
    rows = sorted(reviews, key=lambda one: (one.day, one.moment))
    given = np.array(rows, dtype=np.float64).reshape(len(rows), len(Review._fields))
    card = np.unique(given[:, 0], return_inverse=True)[1].astype(np.int64)
    rating = given[:, 3].astype(np.int64)
    step, elapsed, earlier, lapses = _counted(card, given[:, 1].astype(np.int64), rating)
    return ReviewArrays(card, rating, given[:, 4].astype(np.int64), step, elapsed, earlier, lapses)


def _counted(card: Ints, day: Ints, rating: Ints) -> tuple[Ints, Floats, Ints, Ints]:
    """Step, elapsed, earlier and lapses; by sorting, so that half a million take a moment."""
    order = np.argsort(card, kind="stable")
    first = np.r_[True, card[order][1:] != card[order][:-1]][: len(card)]
    starts = np.flatnonzero(first)
    group = np.repeat(starts, np.diff(np.r_[starts, len(card)]))
    step, elapsed = np.zeros(len(card), dtype=np.int64), np.zeros(len(card))
    step[order] = np.arange(len(card)) - group
    elapsed[order[1:]] = np.where(first[1:], 0, day[order[1:]] - day[order[:-1]])
    crosses = elapsed > 0
    counted = _before(crosses | (step == 0), order, group), _before(crosses & (rating == 1), order, group)
    return step, elapsed, *counted


def _before(flags: Bools, order: Ints, group: Ints) -> Ints:
    """How many of the card's reviews before each had the flag."""
    total = np.r_[0, np.cumsum(flags[order])]
    found = np.zeros(len(flags), dtype=np.int64)
    found[order] = total[:-1] - total[group]
    return found


class Fold(NamedTuple):
    """Indices of the reviews to learn from, all earlier than those to test on."""

    learned: Ints
    tested: Ints


def folds(reviews: ReviewArrays) -> list[Fold]:
    """Five folds of the day-crossing reviews by time, each after all that is learned from; the first sixth is never
    tested. Empty with fewer than six. As srs-benchmark has them (scikit-learn's TimeSeriesSplit)."""
    found = np.flatnonzero(reviews.crosses_days)
    size = len(found) // (FOLDS + 1)
    starts = [len(found) - (FOLDS - number) * size for number in range(FOLDS)] if size else []
    return [Fold(found[:start], found[start : start + size]) for start in starts]
