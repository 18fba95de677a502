"""All that is told of one card over many students, made from their sums, and as plain values for a table to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

import numpy as np

from quizzes.core.answer_sums import AnswerSums, independent_by_bin, joined, later_by_card, share_of
from quizzes.core.card_flags import Among, Weighed, card_flags
from quizzes.core.distractor_table import OptionCounts, OptionRow, distractor_table
from quizzes.core.estimates import LEAST_ANSWERS, Figure
from quizzes.core.exposures import IN_SPACED_STUDY, Exposures
from quizzes.core.forgetting import FIRST_DAYS, CurveSums
from quizzes.core.item_statistics import ItemStatistics, item_statistics
from quizzes.core.kept_figures import figure_of, plain
from quizzes.core.option_book import OptionBook
from quizzes.core.review_arrays import Bools, Ints

_FIGURES = ("facility", "discrimination", "efficiency", "upper_lower")
_SUMS = ("n", "right", "predicted", "days")


@dataclass(frozen=True, slots=True)
class OptionKept:
    """An answer choice of a card over all questions that offered it: its fact's code, and a question that did."""

    code: str
    hash: str
    counts: OptionCounts


@dataclass(frozen=True, slots=True, eq=False)
class CardAnalysis:
    """One card. `choices` of its `n` first answers had answer choices, mostly `k` of them (0: none had any).

    `options` are those offered at first meetings, the key first; empty where none were. `among` counts the cards with
    ten first answers or more.
    """

    n: int
    statistics: ItemStatistics
    later: Figure
    choices: int
    k: int
    curve: CurveSums
    options: tuple[OptionKept, ...] = ()
    among: int = 1

    @property
    def guessed_among(self) -> int:
        """How many answer choices first meetings mostly had; 0 where most had none."""
        return self.k if 2 * self.choices >= self.n else 0

    @property
    def table(self) -> tuple[OptionRow, ...]:
        """The distractor table, rows in the order of `options`."""
        return distractor_table([one.counts for one in self.options], 0) if self.options else ()

    @property
    def flags(self) -> tuple[Weighed, ...]:
        """What is wrong, the heaviest first."""
        among = Among(self.among, [one.counts for one in self.options])
        return card_flags(self.statistics, self.later, options=self.guessed_among, table=self.table, among=among)

    def to_plain(self) -> dict[str, Any]:
        """Numbers and texts alone."""
        return {
            **{name: plain(getattr(self.statistics, name)) for name in _FIGURES},
            "n": self.n,
            "among": self.among,
            "later": plain(self.later),
            "choices": self.choices,
            "k": self.k,
            "curve": [getattr(self.curve, name)[0].tolist() for name in _SUMS],
            "options": [[one.code, one.hash, *astuple(one.counts)] for one in self.options],
        }

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> "CardAnalysis":
        """What `to_plain` gave."""
        return cls(
            n=kept["n"],
            among=kept["among"],
            statistics=ItemStatistics(*(figure_of(kept[name]) for name in _FIGURES)),
            later=figure_of(kept["later"]),
            choices=kept["choices"],
            k=kept["k"],
            curve=curve_of(kept["curve"]),
            options=tuple(OptionKept(code, seen, OptionCounts(*counts)) for code, seen, *counts in kept["options"]),
        )


@dataclass(slots=True)
class Gathered:
    """What the students read so far come to, over so many cards."""

    cards: int
    parts: list[AnswerSums] = field(default_factory=list)
    options: list[Ints] = field(default_factory=list)
    book: OptionBook = field(default_factory=OptionBook)

    def met(self) -> Exposures:
        """First answers of all students."""
        empty = Exposures(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        parts = [empty, *(part.met for part in self.parts)]
        return Exposures(
            *(np.concatenate([getattr(one, name) for one in parts]) for name in ("student", "item", "mark"))
        )

    def curve(self) -> CurveSums:
        """The curves of all students."""
        shape = self.cards, len(FIRST_DAYS)
        whole = CurveSums(np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape))
        for part in self.parts:
            whole = whole + part.curve
        return whole


def analyses(gathered: Gathered, key_codes: Sequence[str]) -> Iterator[tuple[int, CardAnalysis]]:
    """The cards that anybody has answered, by number; `key_codes` are the codes of all cards' facts."""
    met, curve = gathered.met(), gathered.curve()
    figures = item_statistics(met, items=gathered.cards, least_others=IN_SPACED_STUDY)
    later = later_by_card(joined([part.later for part in gathered.parts]), cards=gathered.cards)
    offered = gathered.book.by_card()
    k = np.concatenate([np.zeros(0, np.int64), *gathered.options])
    counts = np.bincount(met.item, minlength=gathered.cards)
    among = max(1, int(np.count_nonzero(counts >= LEAST_ANSWERS)))
    asked, usual = _usual(met.item, k, gathered.cards)
    for card in np.flatnonzero(counts).tolist():
        yield (
            card,
            CardAnalysis(
                n=int(counts[card]),
                among=among,
                statistics=figures[card],
                later=later[card],
                choices=int(asked[card]),
                k=int(usual[card]),
                curve=CurveSums(*(getattr(curve, name)[card : card + 1] for name in _SUMS)),
                options=_key_first(offered.get(card, {}), key_codes[card]),
            ),
        )


def overview(gathered: Gathered, group_of: Sequence[int]) -> dict[str, Any]:
    """Right at first and at later first reviews of a day, of all cards and by the group of each, and the curve of all
    with how many of its answers are independent; as plain values."""
    met, later, curve = gathered.met(), joined([part.later for part in gathered.parts]), gathered.curve()
    students = 1 + int(met.student.max(initial=-1))
    group = np.array(group_of, np.int64)

    def shares(wanted: Bools) -> dict[str, Any]:
        first, again = wanted[met.item], wanted[later.card]
        ones = np.ones(int(first.sum()), np.int64)
        return {
            "first": plain(share_of(met.student[first], ones, met.mark[first], students=students)),
            "later": plain(
                share_of(later.student[again], later.n[again], later.right[again].astype(np.float64), students=students)
            ),
        }

    return {
        **shares(np.ones(len(group), np.bool_)),
        "groups": {str(one): shares(group == one) for one in np.unique(group[np.unique(met.item)]).tolist()},
        "curve": [getattr(curve, name).sum(axis=0).tolist() for name in _SUMS],
        "independent": independent_by_bin([part.bins for part in gathered.parts]),
    }


def curve_of(kept: Sequence[Sequence[float]]) -> CurveSums:
    """The sums of a curve as they were kept."""
    return CurveSums(*(np.array([row]) for row in kept))


def _usual(card: Ints, k: Ints, cards: int) -> tuple[Ints, Ints]:
    """By card, how many first answers had answer choices, and how many of these most had (of equals the least)."""
    choice = k > 0
    width = int(k.max(initial=0)) + 1
    table = np.bincount(card[choice] * width + k[choice], minlength=cards * width).reshape(cards, width)
    return table.sum(axis=1), np.where(table.any(axis=1), table.argmax(axis=1), 0)


def _key_first(offered: Mapping[str, tuple[OptionCounts, str]], key: str) -> tuple[OptionKept, ...]:
    """The key, then others by how often they were chosen; nothing where the key was never offered."""
    if key not in offered:
        return ()
    others = sorted((code for code in offered if code != key), key=lambda code: (-offered[code][0].chosen, code))
    return tuple(OptionKept(code, offered[code][1], offered[code][0]) for code in (key, *others))
