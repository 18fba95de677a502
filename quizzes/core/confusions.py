"""Which facts are taken for each other: an answer asked for one fact, and another one's was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from quizzes.core.estimates import LEAST_ANSWERS, Estimate
from quizzes.core.shares import score_interval


class Confusion(NamedTuple):
    """How often fact `chosen` was chosen where `asked` was asked and `chosen` stood among the options.

    `times` of `shown`, by so many different `students`.
    """

    asked: int
    chosen: int
    shown: int
    times: int
    students: int


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Two facts taken for each other, the one more often taken for the other asked first.

    `share` is that of both ways together; the ways are None where that way was never shown. `students` counts those
    who did it in the way that more did: at least so many confuse the two.
    """

    first: int
    second: int
    share: Estimate
    times: int
    students: int
    there: Confusion
    back: Confusion | None


def confused_pairs(rows: Iterable[Confusion], *, least: int = LEAST_ANSWERS) -> list[ConfusedPair]:
    """Pairs shown together `least` times or more and confused at least once, the surest to be confused first.

    Ordered by the lower end of the interval, so that few showings do not win by luck; the interval is Wilson's, as if
    every showing were to another student. Rows of one way are at most one.
    """
    ways: dict[tuple[int, int], list[Confusion]] = {}
    for row in rows:
        if row.asked != row.chosen:
            ways.setdefault((min(row.asked, row.chosen), max(row.asked, row.chosen)), []).append(row)
    told = [_pair(both) for both in ways.values() if sum(way.shown for way in both) >= least]
    found = [pair for pair in told if pair.times]
    return sorted(found, key=lambda pair: (-pair.share.low, -pair.times, pair.first, pair.second))


def _pair(ways: list[Confusion]) -> ConfusedPair:
    there, *others = sorted(ways, key=lambda way: (-way.times / max(1, way.shown), way.asked))
    shown, times = sum(way.shown for way in ways), sum(way.times for way in ways)
    return ConfusedPair(
        first=there.asked,
        second=there.chosen,
        share=Estimate(times / shown, shown, *score_interval(times / shown, shown)),
        times=times,
        students=max(way.students for way in ways),
        there=there,
        back=others[0] if others else None,
    )
