"""What is wrong with an item or card by its figures, the gravest first, with the figure that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.core.distractor_table import OptionRow, Role
from quizzes.core.estimates import Estimate
from quizzes.core.item_statistics import ItemStatistics
from quizzes.core.readings import HARD, TOO_EASY, is_near_chance

SURELY_EASY = 0.90


class Kind(StrEnum):
    """What is to be done or thought, the gravest first."""

    CHECK_KEY = "check_key"
    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    DEAD_DISTRACTOR = "dead_distractor"
    TOO_EASY = "too_easy"


class Why(StrEnum):
    """What the figure shows, the gravest first.

    STRONGER_CHOOSERS: those who choose a distractor are surely stronger than those who choose the key. SURELY_NEGATIVE:
    the discrimination's whole interval lies below 0. NEGATIVE: it is below 0, but may be chance. LOW_FACILITY: fewer
    than 30 % are right. NEAR_CHANCE: no more are right than by guessing. NEVER_CHOSEN: surely fewer than 5 % choose a
    distractor. ALL_RIGHT: more than 95 % are right, surely more than 90 %.
    """

    STRONGER_CHOOSERS = "stronger_choosers"
    SURELY_NEGATIVE = "surely_negative"
    LOW_FACILITY = "low_facility"
    NEAR_CHANCE = "near_chance"
    NEGATIVE = "negative"
    NEVER_CHOSEN = "never_chosen"
    ALL_RIGHT = "all_right"


KINDS = {
    Why.STRONGER_CHOOSERS: Kind.CHECK_KEY,
    Why.SURELY_NEGATIVE: Kind.CHECK_KEY,
    Why.LOW_FACILITY: Kind.CHECK_KEY,
    Why.NEAR_CHANCE: Kind.CHECK_KEY,
    Why.NEGATIVE: Kind.NEGATIVE_DISCRIMINATION,
    Why.NEVER_CHOSEN: Kind.DEAD_DISTRACTOR,
    Why.ALL_RIGHT: Kind.TOO_EASY,
}
_GRAVITY = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that is wrong: why, the figure, and for a distractor the place of the option.

    `against` is what the figure is held against: the rest score of those who choose the key.
    """

    why: Why
    figure: Estimate
    option: int | None = None
    against: Estimate | None = None

    @property
    def kind(self) -> Kind:
        """What is to be done."""
        return KINDS[self.why]

    @property
    def gravity(self) -> tuple[int, float]:
        """Sorts the gravest first: by why, then by how far the figure has gone wrong."""
        value = self.figure.value
        return _GRAVITY[self.why], -value if self.why in (Why.STRONGER_CHOOSERS, Why.ALL_RIGHT) else value


def flags_of(figures: ItemStatistics, *, options: int, table: Sequence[OptionRow] = ()) -> tuple[Flag, ...]:
    """All flags of an item with so many options (0: asked without), the gravest first."""
    found = [*_of_facility(figures, options), *_of_discrimination(figures), *_of_options(table)]
    return tuple(sorted(found, key=lambda flag: flag.gravity))


def _of_facility(figures: ItemStatistics, options: int) -> Iterator[Flag]:
    facility = figures.facility
    if not isinstance(facility, Estimate):
        return
    if facility.value < HARD:
        yield Flag(Why.LOW_FACILITY, facility)
    elif is_near_chance(facility.value, options):
        yield Flag(Why.NEAR_CHANCE, facility)
    if facility.value > TOO_EASY and facility.low > SURELY_EASY:
        yield Flag(Why.ALL_RIGHT, facility)


def _of_discrimination(figures: ItemStatistics) -> Iterator[Flag]:
    discrimination = figures.discrimination
    if isinstance(discrimination, Estimate) and discrimination.value < 0:
        yield Flag(Why.SURELY_NEGATIVE if discrimination.high < 0 else Why.NEGATIVE, discrimination)


def _of_options(table: Sequence[OptionRow]) -> Iterator[Flag]:
    key = next((row.rest for row in table if row.role is Role.KEY), None)
    for row in table:
        if row.role is Role.STRONGER and isinstance(row.rest, Estimate) and isinstance(key, Estimate):
            yield Flag(Why.STRONGER_CHOOSERS, row.rest, row.option, key)
        if row.role is Role.DEAD and isinstance(row.share, Estimate):
            yield Flag(Why.NEVER_CHOSEN, row.share, row.option)
