"""Who was offered and who chose which fact for which card at first meetings, counted some students at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple

import numpy as np

from quizzes.core.distractor_table import OptionCounts, OptionSums, option_sums
from quizzes.core.review_arrays import Floats, Ints


class Offer(NamedTuple):
    """One choice at a first meeting: what was offered (facts by their code, the key among them), which was chosen, and
    the student's rest score (nan if unknown). `hash` finds the question."""

    card: int
    hash: str
    offered: Sequence[str]
    chosen: int | None
    rest: float = nan


@dataclass(slots=True)
class OptionBook:
    """Counts by card and code; `seen` is the first question by its hash, of several the smallest, that offered it."""

    places: dict[tuple[int, str], int] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    sums: list[OptionSums] = field(default_factory=list)

    def add(self, offers: Iterable[Offer]) -> None:
        """Count these too."""
        option, chosen, rest = list[int](), list[bool](), list[float]()
        for one in offers:
            for at, code in enumerate(one.offered):
                option.append(self._place(one, code))
                chosen.append(at == one.chosen)
                rest.append(one.rest)
        arrays = np.array(option, np.int64), np.array(chosen, np.bool_), np.array(rest, np.float64)
        self.sums.append(option_sums(*arrays, options=len(self.places)))

    def _place(self, one: Offer, code: str) -> int:
        place = self.places.setdefault((one.card, code), len(self.seen))
        if place == len(self.seen):
            self.seen.append(one.hash)
        else:
            self.seen[place] = min(self.seen[place], one.hash)
        return place

    def by_card(self) -> dict[int, dict[str, tuple[OptionCounts, str]]]:
        """For each card the codes offered, in their order, each with its counts and a question that showed it."""
        columns = [self._total(name) for name in OptionSums.__slots__]
        found: dict[int, dict[str, tuple[OptionCounts, str]]] = {}
        for (card, code), place in sorted(self.places.items()):
            counts = OptionCounts(*(column[place] for column in columns))
            found.setdefault(card, {})[code] = counts, self.seen[place]
        return found

    def _total(self, name: str) -> list[Any]:
        """One of the sums, over all that was added, by place."""
        parts = [getattr(part, name) for part in self.sums]
        whole = np.zeros(len(self.places), parts[0].dtype if parts else np.float64)
        for part in parts:
            whole[: len(part)] += part
        found: list[Any] = whole.tolist()
        return found


def form_sums(item: Ints, chosen: Ints, rest: Floats, sizes: Ints) -> OptionSums:
    """The sums of items that always offer the same options: a row for each answer, `chosen` -1 for none.

    `sizes` says how many options each item has; options are numbered through, item after item.
    """
    begins = np.cumsum(sizes) - sizes
    many = sizes[item]
    row = np.repeat(np.arange(len(item)), many)
    within = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    return option_sums(begins[item][row] + within, within == chosen[row], rest[row], options=int(sizes.sum()))
