"""What to do about a card of spaced study by its flags: low marks at first meetings are no fault once it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import atanh, sqrt

from scipy.special import ndtri

from quizzes.core.distractor_table import OptionCounts, OptionRow, Role
from quizzes.core.estimates import ALIKE, CONFIDENCE, Estimate, Figure, welch
from quizzes.core.item_flags import Flag, Why, flags_of
from quizzes.core.item_statistics import ItemStatistics
from quizzes.core.shares import score_interval

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


WEIGHTS = {Why.NEGATIVE: Weight.WATCH, Why.NEVER_CHOSEN: Weight.IMPROVE, Why.ALL_RIGHT: Weight.IMPROVE}


@dataclass(frozen=True, slots=True)
class Among:
    """What an alarm has to stand against: how many questions were looked at, and the counts of this one's options.

    Of 140 questions at which a class only guesses, three or four seem broken by their 95 % intervals. So the alarms of
    all `questions` together are held to 5 % (Bonferroni); what is left of the others is to be watched.
    """

    questions: int = 1
    options: Sequence[OptionCounts] = ()

    @property
    def z(self) -> float:
        """How many standard errors are sure enough."""
        return float(ndtri(1 - (1 - CONFIDENCE) / 2 / self.questions))

    def is_below(self, share: Estimate, guessing: float) -> bool:
        """Whether a share is surely below what guessing gives."""
        return score_interval(share.value, share.n, self.z)[1] < guessing

    def is_negative(self, r: Estimate) -> bool:
        """Whether a correlation is surely negative."""
        return -atanh(max(r.value, ALIKE - 1)) * sqrt(r.n - 3) > self.z

    def is_stronger(self, option: int, key: int) -> bool:
        """Whether those who choose an option are surely stronger than those who choose the key."""
        one, other = self.options[option].strength, self.options[key].strength
        comparisons = self.questions * (len(self.options) - 1)
        return bool(one and other and welch(one, other, comparisons=comparisons)[0] > 0)


ALONE = Among()
LOW = (Why.LOW_FACILITY, Why.NEAR_CHANCE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A flag and how much it asks for."""

    flag: Flag
    weight: Weight


def card_flags(
    figures: ItemStatistics, later: Figure, *, options: int, table: Sequence[OptionRow] = (), among: Among = ALONE
) -> tuple[Weighed, ...]:
    """The flags of a card, the heaviest first; `later` is the share right of its later reviews, `options` 0 if it was
    mostly met without answer choices.

    At a first meeting nobody has been taught the card, so few right answers, or no more than guessing gives, say little
    by themselves. They are a reason to look where surely fewer are right than by guessing (students hold something else
    to be true, or the key is wrong), or where the card is surely not kept later either; they are nothing where it is
    kept, and until ten later reviews can tell, something to watch.
    """
    flags = flags_of(figures, options=options, table=table)
    weighed = (
        Weighed(one, _low(one, later, options, among) if one.why in LOW else _weight(one, table, among))
        for one in flags
    )
    return heaviest_first(one for one in weighed if one.weight is not Weight.NOTHING)


def item_flags(
    figures: ItemStatistics, *, options: int, table: Sequence[OptionRow] = (), among: Among = ALONE
) -> tuple[Weighed, ...]:
    """The same of a question in a quiz, which asks what has been taught: few right answers are a reason to look."""
    flags = flags_of(figures, options=options, table=table)
    return heaviest_first(Weighed(one, _weight(one, table, among)) for one in flags)


def heaviest_first(flags: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """By weight, then by gravity."""
    return tuple(sorted(flags, key=lambda one: (one.weight, one.flag.gravity)))


def weight_of(flags: Sequence[Weighed]) -> Weight:
    """The weight of the heaviest."""
    return min((one.weight for one in flags), default=Weight.NOTHING)


def _weight(flag: Flag, table: Sequence[OptionRow], among: Among) -> Weight:
    """Of one that is about who answers how; few right answers of a quiz are a reason to look."""
    match flag.why:
        case Why.SURELY_NEGATIVE:
            return Weight.LOOK if among.is_negative(flag.figure) else Weight.WATCH
        case Why.STRONGER_CHOOSERS:
            key = next(row.option for row in table if row.role is Role.KEY)
            sure = flag.option is not None and bool(among.options) and among.is_stronger(flag.option, key)
            return Weight.LOOK if sure else Weight.WATCH
    return WEIGHTS.get(flag.why, Weight.LOOK)


def _low(flag: Flag, later: Figure, options: int, among: Among) -> Weight:
    """Of few right answers at first meetings."""
    if options and among.is_below(flag.figure, 1 / options):
        return Weight.LOOK
    if not isinstance(later, Estimate):
        return Weight.WATCH
    if later.high < KEPT:
        return Weight.LOOK
    return Weight.WATCH if later.value < KEPT else Weight.NOTHING
