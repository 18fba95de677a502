"""From the answers of many students to what figures of cards are made of, some students at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizzes.core.estimates import Figure, independent_answers, share_by_student
from quizzes.core.exposures import Exposures
from quizzes.core.forgetting import FIRST_DAYS, CurveSums, bins_of, chance_right, curve_sums
from quizzes.core.review_arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers that stand and are study, in columns of one length, each student's in order of time.

    Students and cards are numbered from 0. `options` is 0 without answer choices; `recall` is what was predicted before
    the answer, nan if there was no memory.
    """

    student: Ints
    card: Ints
    day: Ints
    right: Bools
    options: Ints
    recall: Floats

    def __len__(self) -> int:
        return len(self.card)


@dataclass(frozen=True, slots=True, eq=False)
class LaterCounts:
    """Later first reviews of a day: for each pair of card and student that has any, how many and how many right."""

    student: Ints
    card: Ints
    n: Ints
    right: Ints


@dataclass(frozen=True, slots=True, eq=False)
class BinCounts:
    """The reviews of the curve by student and bin, and those right: a row for each student who has any."""

    n: Ints
    right: Ints


@dataclass(frozen=True, slots=True, eq=False)
class AnswerSums:
    """What some students' answers come to; `first` are the rows of each student's first answer to each card."""

    first: Ints
    met: Exposures
    later: LaterCounts
    curve: CurveSums
    bins: BinCounts


def answer_sums(answers: Answers, *, cards: int) -> AnswerSums:
    """Sums over these answers; every answer of each of their students to the cards is among them."""
    order = np.lexsort((np.arange(len(answers)), answers.card, answers.student))
    student, card, day = answers.student[order], answers.card[order], answers.day[order]
    begins = np.concatenate([[True], (np.diff(student) > 0) | (np.diff(card) > 0)])[: len(order)]
    elapsed = np.where(begins, 0, np.diff(day, prepend=0))
    first = np.sort(order[begins])
    later = np.flatnonzero((elapsed > 0) & ~np.isnan(answers.recall[order]))
    chosen = order[later]
    chance = chance_right(answers.recall[chosen], answers.options[chosen])
    return AnswerSums(
        first=first,
        met=Exposures(answers.student[first], answers.card[first], answers.right[first].astype(np.float64)),
        later=_by_pair(student[later], card[later], answers.right[chosen]),
        curve=curve_sums(card[later], elapsed[later], answers.right[chosen], chance, facts=cards),
        bins=_by_bin(student[later], elapsed[later], answers.right[chosen]),
    )


def _by_bin(student: Ints, elapsed: Ints, right: Bools) -> BinCounts:
    students, row = np.unique(student, return_inverse=True)
    place, shape = row * len(FIRST_DAYS) + bins_of(elapsed), (len(students), len(FIRST_DAYS))
    size = len(students) * len(FIRST_DAYS)
    return BinCounts(*(np.bincount(one, minlength=size).reshape(shape) for one in (place, place[right])))


def _by_pair(student: Ints, card: Ints, right: Bools) -> LaterCounts:
    """Counted by pair; the rows of a pair stand together."""
    begins = np.concatenate([[True], (np.diff(student) != 0) | (np.diff(card) != 0)])[: len(card)]
    pair = np.cumsum(begins) - 1
    pairs = int(begins.sum())
    n, of_them = np.bincount(pair, minlength=pairs), np.bincount(pair[right], minlength=pairs)
    return LaterCounts(student[begins], card[begins], n, of_them)


def joined(parts: Sequence[LaterCounts]) -> LaterCounts:
    """Those of all parts."""
    return LaterCounts(
        *(
            np.concatenate([np.zeros(0, np.int64), *(getattr(part, name) for part in parts)])
            for name in LaterCounts.__slots__
        )
    )


def later_by_card(later: LaterCounts, *, cards: int) -> list[Figure]:
    """The share right of later first reviews of a day, by card, over all students."""
    order = np.argsort(later.card, kind="stable")
    ends = np.searchsorted(later.card[order], np.arange(cards + 1))
    n, right = later.n.astype(np.float64), later.right.astype(np.float64)
    return [share_by_student(right[rows], n[rows]) for rows in (order[ends[at] : ends[at + 1]] for at in range(cards))]


def independent_by_bin(parts: Sequence[BinCounts]) -> list[float]:
    """How many independent answers vary like those of all students, by bin of the curve."""
    empty = np.zeros((0, len(FIRST_DAYS)), np.int64)
    n, right = (np.concatenate([empty, *(getattr(one, name) for one in parts)]) for name in BinCounts.__slots__)
    taken = [(n[:, at] > 0, at) for at in range(len(FIRST_DAYS))]
    return [
        independent_answers(right[rows, at].astype(np.float64), n[rows, at].astype(np.float64)) for rows, at in taken
    ]


def share_of(student: Ints, n: Ints, right: Floats, *, students: int) -> Figure:
    """The share right of some rows, each of so many answers of a student."""
    sums = (np.bincount(student, weights=values, minlength=students) for values in (right, n))
    return share_by_student(*(one.astype(np.float64) for one in sums))
