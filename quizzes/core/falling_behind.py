"""Who falls behind and why, from plain numbers, the most urgent first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from quizzes.core.estimates import Estimate
from quizzes.core.shares import score_interval

WEEK = 7
LEAST_OVERDUE = 20
WEAK_RECALL, CLEARLY_WEAKER, LEAST_CARDS = 0.70, 0.10, 10
RAPID_SHARE, LEAST_TIMED = 0.10, 20
LOW_EFFORT, LEAST_DUE_DAYS = 0.5, 5

T = TypeVar("T")


class Kind(StrEnum):
    """Why somebody falls behind, the most urgent first."""

    ABSENT = "absent"
    OVERLOADED = "overloaded"
    RAPID_GUESSING = "rapid_guessing"
    WEAK_SECTION = "weak_section"
    LOW_EFFORT = "low_effort"


URGENCY = {kind: place for place, kind in enumerate(Kind)}


class SectionRecall(NamedTuple):
    """Mean predicted recall of the cards learned in a section; `section` is the caller's own number."""

    section: int
    cards: int
    recall: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """One student's last week, and what comes.

    `days_away`: since the last study day, None of somebody who never began; `due`: all that can be reviewed today;
    `overdue`: what was due before today, `overdue_before` a week ago (None: not known). `due_per_day` is the mean of
    the coming week, `done_per_day` that of reviews done on the last seven days. `rapid` of `timed` answers were too
    quick to be read. Of the last 14 days, `due_days` had something due, and on `done_days` of them it was done; on
    `studied_days` there was a scheduled answer.
    """

    days_away: int | None
    due: int
    overdue: int = 0
    overdue_before: int | None = None
    due_per_day: float = 0.0
    done_per_day: float = 0.0
    sections: Sequence[SectionRecall] = ()
    rapid: int = 0
    timed: int = 0
    due_days: int = 0
    done_days: int = 0
    studied_days: int = 0


@dataclass(frozen=True, slots=True)
class Absent:
    """Has not studied for a week, or never (None), although so much is due."""

    days_away: int | None
    due: int
    kind = Kind.ABSENT

    @property
    def weight(self) -> float:
        """Larger is worse, among reasons of this kind."""
        return float("inf") if self.days_away is None else float(self.days_away)


@dataclass(frozen=True, slots=True)
class Overloaded:
    """More falls due each day than is done, and what is overdue has grown."""

    overdue: int
    overdue_before: int | None
    due_per_day: float
    done_per_day: float
    kind = Kind.OVERLOADED

    @property
    def weight(self) -> float:
        """Larger is worse."""
        return float(self.overdue)


@dataclass(frozen=True, slots=True)
class RapidGuessing:
    """Too many answers were given faster than anybody reads."""

    share: Estimate
    kind = Kind.RAPID_GUESSING

    @property
    def weight(self) -> float:
        """Larger is worse."""
        return self.share.value


@dataclass(frozen=True, slots=True)
class WeakSection:
    """The weakest section is clearly below the student's own others."""

    section: int
    cards: int
    recall: float
    others: float
    kind = Kind.WEAK_SECTION

    @property
    def weight(self) -> float:
        """Larger is worse."""
        return self.others - self.recall


@dataclass(frozen=True, slots=True)
class LowEffort:
    """Much is overdue, and on fewer than half of the days with something due was it done, or anything at all."""

    done_days: int
    due_days: int
    studied_days: int
    kind = Kind.LOW_EFFORT

    @property
    def weight(self) -> float:
        """Larger is worse."""
        return 1 - self.done_days / self.due_days


Reason = Absent | Overloaded | RapidGuessing | WeakSection | LowEffort


def reasons_of(numbers: Numbers) -> tuple[Reason, ...]:
    """Why this student falls behind, the most urgent first; nothing of somebody who does not.

    Of somebody absent neither load nor effort is told: both follow from it.
    """
    absent = list(_absent(numbers))
    found = absent or [*_overloaded(numbers), *_low_effort(numbers)]
    return tuple(sorted([*found, *_rapid(numbers), *_weak(numbers)], key=lambda one: URGENCY[one.kind]))


def most_urgent_first(students: Iterable[tuple[T, Sequence[Reason]]]) -> list[tuple[T, Sequence[Reason]]]:
    """Those who fall behind, by their most urgent reason and how bad it is; then those with more reasons first."""
    found = [(student, reasons) for student, reasons in students if reasons]
    return sorted(found, key=lambda one: (URGENCY[one[1][0].kind], -one[1][0].weight, -len(one[1])))


def _absent(numbers: Numbers) -> Iterator[Reason]:
    if numbers.due and (numbers.days_away is None or numbers.days_away >= WEEK):
        yield Absent(numbers.days_away, numbers.due)


def _overloaded(numbers: Numbers) -> Iterator[Reason]:
    grown = numbers.overdue_before is None or numbers.overdue > numbers.overdue_before
    if numbers.overdue >= LEAST_OVERDUE and grown and numbers.due_per_day > numbers.done_per_day:
        yield Overloaded(numbers.overdue, numbers.overdue_before, numbers.due_per_day, numbers.done_per_day)


def _rapid(numbers: Numbers) -> Iterator[Reason]:
    if numbers.timed >= LEAST_TIMED and numbers.rapid >= RAPID_SHARE * numbers.timed:
        share = numbers.rapid / numbers.timed
        yield RapidGuessing(Estimate(share, numbers.timed, *score_interval(share, numbers.timed)))


def _weak(numbers: Numbers) -> Iterator[Reason]:
    """Others are all cards outside the section, and there must be enough of them too."""
    known = [one for one in numbers.sections if one.cards >= LEAST_CARDS]
    if not known:
        return
    weakest = min(known, key=lambda one: one.recall)
    others = [one for one in numbers.sections if one.section != weakest.section]
    cards = sum(one.cards for one in others)
    if cards < LEAST_CARDS:
        return
    mean = sum(one.cards * one.recall for one in others) / cards
    if weakest.recall < WEAK_RECALL and mean - weakest.recall >= CLEARLY_WEAKER:
        yield WeakSection(weakest.section, weakest.cards, weakest.recall, mean)


def _low_effort(numbers: Numbers) -> Iterator[Reason]:
    """Who comes on most days and does not get through has too much to do, not too little effort."""
    enough = numbers.overdue >= LEAST_OVERDUE and numbers.due_days >= LEAST_DUE_DAYS
    if enough and max(numbers.done_days, numbers.studied_days) < LOW_EFFORT * numbers.due_days:
        yield LowEffort(numbers.done_days, numbers.due_days, numbers.studied_days)
