"""Where a student's cards stand today: recalled how surely, due when, how old. One vectorised pass over columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizzes.core.days import SOONEST_PREDICTED_DAYS
from quizzes.core.forecasting import Forecaster
from quizzes.core.phases import LEECH_LAPSES, Phase
from quizzes.core.presenting import MATURE_DAYS

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class Age(StrEnum):
    """How far a card has come."""

    UNMET = "unmet"
    LEARNING = "learning"
    YOUNG = "young"
    MATURE = "mature"


AGES = tuple(Age)
PHASE_AGES = {Phase.NEW: 0, Phase.LEARNING: 1, Phase.RELEARNING: 1, Phase.REVIEW: 2}


class CardRow(NamedTuple):
    """One card that a student has met or marked, as a query returns it; `group` is the caller's own number."""

    card_id: int
    group: int
    phase: str
    stability: float | None
    last_study_day: date | None
    due_on: date | None
    interval_days: float | None
    reps: int
    lapses: int
    suspended: bool
    buried_until: date | None
    flag: int


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Columns of equal length; `age` is a place in AGES.

    `recall` is predicted for today, for tomorrow of cards `answered_today`; nan for cards not learned, which are those
    not met and those in learning steps. `stability` is nan for cards not met.
    `due` is the ordinal of the day on which the card can be asked again, 0 if on none: not met, or suspended.
    """

    card_id: IntArray
    group: IntArray
    age: IntArray
    recall: FloatArray
    stability: FloatArray
    answered_today: BoolArray
    due: IntArray
    lapses: IntArray
    suspended: BoolArray
    buried: BoolArray
    flagged: BoolArray

    @property
    def met(self) -> BoolArray:
        """Which cards have been answered."""
        found: BoolArray = self.age > 0
        return found

    @property
    def learned(self) -> BoolArray:
        """Which cards have left their learning steps: only of these is it told what would be recalled."""
        found: BoolArray = self.age >= AGES.index(Age.YOUNG)
        return found

    @property
    def leech(self) -> BoolArray:
        """Which cards have been forgotten so often that studying them as before does not help."""
        found: BoolArray = self.lapses >= LEECH_LAPSES
        return found

    def where(self, chosen: BoolArray) -> "Standing":
        """Only those cards."""
        return Standing(*(getattr(self, name)[chosen] for name in Standing.__slots__))


def standing(rows: Iterable[tuple[Any, ...]], *, today: date, forecaster: Forecaster) -> Standing:
    """The columns of CardRows, or of plain tuples with their fields in their order, on the study day `today`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(CardRow._fields)
    ids, groups, phases, stability, last, due_on, intervals, reps, lapses, suspended, buried, flags = columns
    held, back = np.array(suspended, np.bool_), _ordinals(buried)
    stable, intervals_days = np.array(stability, np.float64), np.array(intervals, np.float64)
    age = np.array([PHASE_AGES[phase] for phase in phases], np.int64)
    age += (age == AGES.index(Age.YOUNG)) & (np.nan_to_num(intervals_days) >= MATURE_DAYS)
    since = today.toordinal() - _ordinals(last)
    elapsed = np.maximum(float(SOONEST_PREDICTED_DAYS), since)
    learned = age >= AGES.index(Age.YOUNG)
    due = np.maximum(_ordinals(due_on), np.where(back > today.toordinal(), back, 0))
    recall = forecaster.recall(elapsed, stable, np.array(reps, np.float64), np.array(lapses, np.float64))
    return Standing(
        card_id=np.array(ids, np.int64),
        group=np.array(groups, np.int64),
        age=age,
        recall=np.where(learned, recall, np.nan),
        stability=stable,
        answered_today=since <= 0,
        due=np.where(held | (age == 0), 0, due),
        lapses=np.array(lapses, np.int64),
        suspended=held,
        buried=back > today.toordinal(),
        flagged=np.array(flags, np.int64) > 0,
    )


def _ordinals(days: Iterable[date | None]) -> IntArray:
    return np.array([0 if day is None else day.toordinal() for day in days], np.int64)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Cards that fall due on each of the coming days, today first, and those that were due before today."""

    overdue: int
    due: tuple[int, ...]

    @property
    def today(self) -> int:
        """All that can be reviewed today."""
        return self.overdue + self.due[0]


def forecast(cards: Standing, *, today: date, days: int) -> Forecast:
    """The coming `days` as the schedule stands: without new cards, and without what today's answers will move."""
    ahead = cards.due[cards.due > 0] - today.toordinal()
    counts = np.bincount(ahead[(ahead >= 0) & (ahead < days)], minlength=days)
    return Forecast(int((ahead < 0).sum()), tuple(counts.tolist()))


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """The cards of one group that have been met: how many are learned, and how many still in learning steps.

    Mean predicted recall (as in Standing) and median stability in days are those of the learned ones, None if there
    are none.
    """

    group: int
    learned: int
    learning: int
    recall: float | None
    stability_days: float | None


def by_group(cards: Standing) -> list[GroupStanding]:
    """Each group with cards that have been met, by its number."""
    met = cards.where(cards.met)
    return [_group(met.where(met.group == group), group) for group in np.unique(met.group).tolist()]


def _group(met: Standing, group: int) -> GroupStanding:
    cards = met.where(met.learned)
    learned = cards.card_id.size
    if not learned:
        return GroupStanding(group, 0, met.card_id.size, None, None)
    recall, stability = float(cards.recall.mean()), float(np.median(cards.stability))
    return GroupStanding(group, learned, met.card_id.size - learned, recall, stability)


def count_ages(cards: Standing) -> dict[Age, int]:
    """How many cards there are of each age, suspended ones left out."""
    counts = np.bincount(cards.age[~cards.suspended], minlength=len(AGES)).tolist()
    return dict(zip(AGES, counts, strict=True))


def expected_recalled(cards: Standing) -> float:
    """How many of the learned cards would be recalled, on the average: today, tomorrow of those answered today."""
    return float(cards.recall[cards.learned].sum())


def hardest(cards: Standing, *, most: int) -> IntArray:
    """Places of the cards most worth another look: often forgotten first, then the least likely to be recalled.

    Cards being learned again count as the least likely; cards never forgotten are left out.
    """
    places = np.flatnonzero(cards.met & (cards.lapses > 0))
    order = np.lexsort((cards.card_id[places], np.nan_to_num(cards.recall[places]), -cards.lapses[places]))
    chosen: IntArray = places[order][:most]
    return chosen
