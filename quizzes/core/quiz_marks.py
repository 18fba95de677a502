"""Marks and scores of a quiz: one response, one attempt, all attempts of a student."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

POINTS_IF_RIGHT = {1: 1.0, 2: 2.0, 3: 3.0}
POINTS_IF_WRONG = {1: 0.0, 2: -2.0, 3: -6.0}
"""Certainty-based marking after Gardner-Medwin: to say how sure one is pays only if one says it honestly."""
LEAST_CERTAIN, MOST_CERTAIN = 1, 3


class Counting(StrEnum):
    """Which of several attempts makes the mark."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Ruling:
    """An instructor's word on an item: `accepted` options are right; a `dropped` item counts for nobody."""

    accepted: frozenset[int] = frozenset()
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Marking:
    """A response marked: all None where its item is left out of the quiz."""

    correct: bool | None
    mark: float | None
    score: float | None


def mark_response(
    chosen: int | None, key: int, *, certainty: int | None = None, certain: bool = False, ruling: Ruling | None = None
) -> Marking:
    """The mark (0 or 1) and score of a response; `chosen` None is no answer, wrong without loss of points.

    Without certainty marking (`certain`) the score is the mark. With it, 1 to 3 points for right and 0, -2, -6 for
    wrong; a choice without certainty is the least certain.
    """
    if ruling is not None and ruling.dropped:
        return Marking(None, None, None)
    right = chosen is not None and chosen in (ruling.accepted if ruling and ruling.accepted else {key})
    if not certain:
        return Marking(right, float(right), float(right))
    if chosen is None:
        return Marking(False, 0.0, 0.0)
    points = POINTS_IF_RIGHT if right else POINTS_IF_WRONG
    return Marking(right, float(right), points[certainty or LEAST_CERTAIN])


@dataclass(frozen=True, slots=True)
class Total:
    """An attempt's mark (0 to 1), its score and the most points there were; None where every item was left out."""

    mark: float | None
    score: float | None
    score_of: float | None


def total(markings: Sequence[Marking], *, certain: bool = False) -> Total:
    """The attempt of these responses; items left out count neither for nor against anybody."""
    marks = [one.mark for one in markings if one.mark is not None]
    if not marks:
        return Total(None, None, None)
    points = sum(one.score for one in markings if one.score is not None)
    return Total(sum(marks) / len(marks), points, len(marks) * (POINTS_IF_RIGHT[MOST_CERTAIN] if certain else 1.0))


def counted(marks: Sequence[float | None], counting: Counting) -> float | None:
    """The mark that counts, of attempts in their order; None while none has a mark."""
    known = [mark for mark in marks if mark is not None]
    if not known:
        return None
    match counting:
        case Counting.BEST:
            return max(known)
        case Counting.LAST:
            return known[-1]
        case Counting.FIRST:
            return known[0]
        case Counting.MEAN:
            return sum(known) / len(known)
