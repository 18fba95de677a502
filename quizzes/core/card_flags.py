"""What to do about a card of spaced study by its flags: low marks at first meetings are no fault once it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from quizzes.core.distractor_table import OptionRow
from quizzes.core.estimates import Estimate, Figure
from quizzes.core.item_flags import Flag, Why, flags_of
from quizzes.core.item_statistics import ItemStatistics

KEPT = 0.70
"""A card of which later reviews are right so often has been learned, however few knew it at first."""


class Weight(IntEnum):
    """How much a flag asks for.

    LOOK: somebody who knows the subject should look at the question, it may be broken. IMPROVE: it works, and could
    work better. WATCH: it may be chance, or nobody has been taught it yet; wait for more answers. NOTHING: no flag.
    """

    LOOK = 0
    IMPROVE = 1
    WATCH = 2
    NOTHING = 3


WEIGHTS = {
    Why.STRONGER_CHOOSERS: Weight.LOOK,
    Why.SURELY_NEGATIVE: Weight.LOOK,
    Why.NEGATIVE: Weight.WATCH,
    Why.NEVER_CHOSEN: Weight.IMPROVE,
    Why.ALL_RIGHT: Weight.IMPROVE,
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A flag and how much it asks for."""

    flag: Flag
    weight: Weight


def card_flags(
    figures: ItemStatistics, later: Figure, *, options: int, table: Sequence[OptionRow] = ()
) -> tuple[Weighed, ...]:
    """The flags of a card, the heaviest first; `later` is the share right of its later reviews, `options` 0 if it was
    mostly met without answer choices.

    At a first meeting nobody has been taught the card, so few right answers, or no more than guessing gives, say little
    by themselves. They are a reason to look where surely fewer are right than by guessing (students hold something else
    to be true, or the key is wrong), or where the card is surely not kept later either; they are nothing where it is
    kept, and until ten later reviews can tell, something to watch.
    """
    flags = flags_of(figures, options=options, table=table)
    return heaviest_first(
        Weighed(flag, weight) for flag in flags if (weight := _weight(flag, later, options)) is not Weight.NOTHING
    )


def item_flags(figures: ItemStatistics, *, options: int, table: Sequence[OptionRow] = ()) -> tuple[Weighed, ...]:
    """The same of a question in a quiz, which asks what has been taught: few right answers are a reason to look."""
    flags = flags_of(figures, options=options, table=table)
    return heaviest_first(Weighed(flag, WEIGHTS.get(flag.why, Weight.LOOK)) for flag in flags)


def heaviest_first(flags: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """By weight, then by gravity."""
    return tuple(sorted(flags, key=lambda one: (one.weight, one.flag.gravity)))


def weight_of(flags: Sequence[Weighed]) -> Weight:
    """The weight of the heaviest."""
    return min((one.weight for one in flags), default=Weight.NOTHING)


def _weight(flag: Flag, later: Figure, options: int) -> Weight:
    if flag.why not in (Why.LOW_FACILITY, Why.NEAR_CHANCE):
        return WEIGHTS[flag.why]
    if options and flag.figure.high < 1 / options:
        return Weight.LOOK
    if not isinstance(later, Estimate):
        return Weight.WATCH
    if later.high < KEPT:
        return Weight.LOOK
    return Weight.WATCH if later.value < KEPT else Weight.NOTHING
