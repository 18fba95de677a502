"""Who chooses which option of an item: how many, and how strong in everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from quizzes.core.estimates import Estimate, Figure, Sample, Untold, most_likely_share, welch
from quizzes.core.review_arrays import Bools, Floats, Ints
from quizzes.core.shares import score_interval

LEAST_SHOWINGS = 60
"""Below this many showings no figure of an option is told: with fewer, even one that nobody chose may not be dead."""
LEAST_CHOOSERS = 5
"""Below this many choosers nothing is said of their rest scores."""
LIVING_SHARE = 0.05


class Role(StrEnum):
    """What an option does.

    FUNCTIONAL: chosen by 5 % or more, and by weaker students. DEAD: chosen by surely fewer than 5 %. RARE: by fewer,
    not surely. NOT_WEAKER: chosen enough, but not by weaker students. STRONGER: chosen by students surely stronger than
    those who choose the key, however many distractors there are to look at. UNTOLD: too few showings, or too few
    choosers with a rest score.
    """

    KEY = "key"
    FUNCTIONAL = "functional"
    DEAD = "dead"
    RARE = "rare"
    NOT_WEAKER = "not_weaker"
    STRONGER = "stronger"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, eq=False)
class OptionSums:
    """By option: showings, choices; of its choosers with a rest score how many, the sum and the sum of squares; of all
    to whom it was shown how many and the sum."""

    shown: Ints
    chosen: Ints
    choosers: Ints
    total: Floats
    squares: Floats
    met: Ints
    met_total: Floats

    def at(self, option: int) -> "OptionCounts":
        """Those of one option."""
        return OptionCounts(*(getattr(self, name)[option].item() for name in OptionSums.__slots__))


@dataclass(frozen=True, slots=True)
class OptionCounts:
    """The same of one option."""

    shown: int = 0
    chosen: int = 0
    choosers: int = 0
    total: float = 0.0
    squares: float = 0.0
    met: int = 0
    met_total: float = 0.0

    @property
    def strength(self) -> Sample | None:
        """The rest scores of its choosers; None for too few."""
        if self.choosers < LEAST_CHOOSERS:
            return None
        return Sample.of_sums(self.choosers, self.total, self.squares)

    @property
    def strength_of_others(self) -> float | None:
        """The mean rest score of those who saw it and did not choose it; None of nobody."""
        others = self.met - self.choosers
        return (self.met_total - self.total) / others if others else None


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A row of the table. `share`: chosen of shown. `rest`: mean rest score of those who chose it (0 to 1), beside
    `rest_of_others` of those who saw it and did not."""

    option: int
    role: Role
    shown: int
    chosen: int
    share: Figure
    rest: Figure
    rest_of_others: float | None


def option_sums(option: Ints, chosen: Bools, rest: Floats, *, options: int) -> OptionSums:
    """Counted over showings, of any number of items: one row for each option that was shown.

    Options are numbered from 0 over all items; `rest` is the student's rest score without the item, nan if unknown.
    """
    known = ~np.isnan(rest)
    choosing = known & chosen
    score = np.where(known, rest, 0.0)

    def count(rows: Bools) -> Ints:
        return np.bincount(option[rows], minlength=options)

    def total(rows: Bools, values: Floats) -> Floats:
        return np.bincount(option[rows], weights=values[rows], minlength=options).astype(np.float64)

    return OptionSums(
        shown=np.bincount(option, minlength=options),
        chosen=count(chosen),
        choosers=count(choosing),
        total=total(choosing, score),
        squares=total(choosing, score**2),
        met=count(known),
        met_total=total(known, score),
    )


def distractor_table(counts: Sequence[OptionCounts], key: int) -> tuple[OptionRow, ...]:
    """A row for each of one item's options, in their order; `key` is the place of the right one."""
    of_key = counts[key].strength
    return tuple(
        OptionRow(
            option=at,
            role=Role.KEY if at == key else _role(one, of_key, len(counts) - 1),
            shown=one.shown,
            chosen=one.chosen,
            share=_share(one),
            rest=_rest(one),
            rest_of_others=one.strength_of_others,
        )
        for at, one in enumerate(counts)
    )


def _share(one: OptionCounts) -> Figure:
    if one.shown < LEAST_SHOWINGS:
        return Untold(one.shown, LEAST_SHOWINGS)
    share = one.chosen / one.shown
    return Estimate(share, one.shown, *score_interval(share, one.shown))


def _rest(one: OptionCounts) -> Figure:
    if one.shown < LEAST_SHOWINGS:
        return Untold(one.shown, LEAST_SHOWINGS)
    return one.strength.estimate() if one.strength else Untold(one.choosers, LEAST_CHOOSERS)


def _role(one: OptionCounts, of_key: Sample | None, distractors: int) -> Role:
    if one.shown < LEAST_SHOWINGS:
        return Role.UNTOLD
    if most_likely_share(one.chosen, one.shown) < LIVING_SHARE:
        return Role.DEAD
    strength, others = one.strength, one.strength_of_others
    if strength and of_key and welch(strength, of_key, comparisons=distractors)[0] > 0:
        return Role.STRONGER
    if one.chosen < LIVING_SHARE * one.shown:
        return Role.RARE
    if strength is None or others is None:
        return Role.UNTOLD
    return Role.FUNCTIONAL if strength.mean < others else Role.NOT_WEAKER
