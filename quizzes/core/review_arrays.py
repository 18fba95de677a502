"""One person's review log as arrays, in order of time: what evaluating and fitting a memory model work on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizzes.core.specs import ASSUMED_KNOWN

FOLDS = 5
PART = 30_000
"""About how many reviews are worked on at once: what is noted for derivatives of more would not fit into memory."""
GOLDEN = 0.6180339887498949

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Review(NamedTuple):
    """One answer to a card on a study day (counted from any day on); `moment` orders the answers of a day.

    Rated 1 to 4. Of a choice, `options` says among how many; 0 is recall without options. If it is the card's first
    answer, `known` is the chance that was given to its being known, and the memory that it leaves is shifted by
    `ln_stability` and `difficulty`, as `core.memory.Shift` has them.
    """

    card: int
    day: int
    moment: float
    rating: int
    options: int = 0
    known: float = ASSUMED_KNOWN
    ln_stability: float = 0.0
    difficulty: float = 0.0


@dataclass(frozen=True, slots=True)
class ReviewArrays:
    """Reviews in order of time; all arrays are of one length.

    `step` is the number of the review among those of its card, from 0; `elapsed` the study days since the one before
    (0: the same day, or the first). `earlier` counts the card's earlier reviews, of each day the first; `lapses` those
    of them that crossed days and were failed. `known` and the shift count at step 0.
    """

    card: Ints
    rating: Ints
    options: Ints
    known: Floats
    ln_stability: Floats
    difficulty: Floats
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
        return self._of(slice(end))

    def taken(self, chosen: Ints | Bools) -> "ReviewArrays":
        """These reviews, in order of time: of each card the first ones, or all, or none. Cards are numbered anew."""
        found = self._of(chosen)
        return replace(found, card=np.unique(found.card, return_inverse=True)[1].astype(np.int64))

    def _of(self, chosen: Ints | Bools | slice) -> "ReviewArrays":
        return ReviewArrays(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def parts(self) -> Iterator[Ints]:
        """Indices of the reviews of some cards at a time, about PART of them; cards of like length go together."""
        if not len(self):
            return
        counts = np.bincount(self.card)
        order = np.argsort(-counts, kind="stable")
        part = np.empty(len(counts), dtype=np.int64)
        part[order] = (np.cumsum(counts[order]) - 1) // PART
        of_review = part[self.card]
        by_part = np.argsort(of_review, kind="stable")
        yield from np.split(by_part, np.flatnonzero(np.diff(of_review[by_part])) + 1)

    def thinned(self, most: int) -> "ReviewArrays":
        """About `most` reviews: those of cards picked evenly from all."""
        if len(self) <= most:
            return self
        return self.taken((self.card * GOLDEN) % 1 < most / len(self))

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
    card, day, _moment, rating, options = given[:, :5].T.astype(np.int64)
    return arrays_in_order(card, day, rating, options, *given[:, 5:].T)


def arrays_in_order(
    card: Ints, day: Ints, rating: Ints, options: Ints, known: Floats, ln_stability: Floats, difficulty: Floats
) -> ReviewArrays:
    """The same of columns that are in order of time; a day before the card's last (a traveller's) counts as that."""
    card = np.unique(card, return_inverse=True)[1].astype(np.int64)
    return ReviewArrays(card, rating, options, known, ln_stability, difficulty, *_counted(card, day, rating))


def _counted(card: Ints, day: Ints, rating: Ints) -> tuple[Ints, Floats, Ints, Ints]:
    """Step, elapsed, earlier and lapses; by sorting, so that half a million take a moment."""
    order = np.argsort(card, kind="stable")
    first = np.r_[True, card[order][1:] != card[order][:-1]][: len(card)]
    starts = np.flatnonzero(first)
    group = np.repeat(starts, np.diff(np.r_[starts, len(card)]))
    step, elapsed = np.zeros(len(card), dtype=np.int64), np.zeros(len(card))
    step[order] = np.arange(len(card)) - group
    elapsed[order[1:]] = np.where(first[1:], 0, np.maximum(0, day[order[1:]] - day[order[:-1]]))
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
