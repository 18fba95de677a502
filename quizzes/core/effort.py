"""How much of the work set for a class one student has done: days with due work done, cards introduced, recall.

All of it is said of one moment, from what the log held then: what was answered later, or taken back later, changes
nothing of it. What was taken back before that moment does not count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizzes.core.days import SOONEST_PREDICTED_DAYS, study_day
from quizzes.core.events import Kind
from quizzes.core.history import Progress
from quizzes.core.memory import recall_of_many
from quizzes.core.windows import Window

LAST_MOMENT = timedelta(microseconds=1)
DAYS, INTRODUCED, RECALL = "days", "introduced", "recall"


class Entry(NamedTuple):
    """One row of a student's log in the deck, as far as effort needs it.

    `evidence`: an answer that the schedule asked for and that told something; practice and rapid guesses do not.
    `is_review`: it used up one of the day's limit of reviews. `carries_due`: `due_on` holds from then on. `in_steps`:
    the card then waited for a step of minutes.
    """

    seq: int
    kind: str
    card_id: int | None
    study_day: date
    answered_at: datetime
    target_seq: int | None = None
    evidence: bool = False
    is_review: bool = False
    carries_due: bool = False
    due_on: date | None = None
    in_steps: bool = False
    buried_until: date | None = None


class DueDay(NamedTuple):
    """One study day: how many cards were `overdue` when it began, if any was `due` then, if the due work was `done`."""

    overdue: int
    due: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """What was reached: days with due work done; cards introduced, of how many; mean predicted recall of all cards."""

    days: int = 0
    introduced: int = 0
    cards: int = 0
    recall: float = 0.0


def mark_of(effort: Effort, counts: str, days_needed: int) -> float:
    """The mark, 0 to 1, by what counts: DAYS (of those needed, no more than all of them), INTRODUCED or RECALL."""
    match counts:
        case "days":
            return min(1.0, effort.days / max(1, days_needed))
        case "introduced":
            return effort.introduced / effort.cards if effort.cards else 0.0
        case "recall":
            return min(1.0, max(0.0, effort.recall))
        case _:
            raise ValueError(f"{counts!r} is nothing that counts")


def days_of(window: Window, zone: tzinfo, rollover_hour: int) -> tuple[date, date]:
    """The first and the last study day of a student's own window; the moment of closing is outside of it."""
    last = window.closes_at - LAST_MOMENT
    return study_day(window.opens_at, zone, rollover_hour), study_day(last, zone, rollover_hour)


def days_done(
    entries: Iterable[Entry],
    facts: Mapping[int, int],
    *,
    first: date,
    last: date,
    reviews_per_day: int,
    until: datetime,
) -> list[date]:
    """The study days from `first` to `last` on which the due work was done, in order.

    `entries` are those of the whole deck, in any order; only those before the moment `until` count. `facts` are the
    facts of the cards of the scope. A day counts if a card of the scope was answered on it as scheduled, and if no card
    of the scope that was due when the day began (on that day or before) was still to be answered when it ended, or at
    `until`. Not to be answered are cards suspended or buried by then; reviews whose fact had another card answered that
    day, since cards of one fact are kept apart (whatever the student's setting, so that changing it changes no day that
    was); and reviews beyond the daily limit: all that are left, once `reviews_per_day` reviews were done in the deck.
    A card in a step of minutes has no limit and waits for no other card.

    Due is what the log held when the day began. A day of nothing but practice, rapid guesses or answers taken back does
    not count. Once counted a day stays so, since what is due when a day begins does not change later; only an answer
    taken back can take it away.
    """
    stand = _standing([entry for entry in entries if entry.answered_at < until])
    cards = _Cards()
    done = []
    for day, found in groupby(sorted(stand, key=lambda one: (one.study_day, one.seq)), lambda one: one.study_day):
        if day > last:
            break
        today = list(found)
        due = cards.due(day, facts) if day >= first else {}
        for entry in today:
            cards.note(entry)
        if day >= first and _is_done(today, due, cards, facts, day, reviews_per_day):
            done.append(day)
    return done


def due_days(
    entries: Iterable[Entry], facts: Mapping[int, int], *, first: date, last: date, reviews_per_day: int
) -> list[DueDay]:
    """Each study day from `first` to `last`, those without an answer too; done is what days_done calls so.

    Cards suspended or buried when the day began are neither due nor overdue.
    """
    rows = sorted(_standing(list(entries)), key=lambda one: (one.study_day, one.seq))
    by_day = {day: list(found) for day, found in groupby(rows, lambda one: one.study_day)}
    cards, found = _Cards(), []
    for entry in (entry for day in by_day if day < first for entry in by_day[day]):
        cards.note(entry)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        due, today = cards.due(day, facts), by_day.get(day, [])
        waiting, overdue = (cards.waiting(day, until, facts) for until in (day, day - timedelta(days=1)))
        for entry in today:
            cards.note(entry)
        found.append(DueDay(overdue, waiting > 0, _is_done(today, due, cards, facts, day, reviews_per_day)))
    return found


def effort_of(
    memories: Mapping[int, Progress], cards: Collection[int], *, today: date, decay: float, days: int
) -> Effort:
    """What was reached in the cards of the scope on the study day `today`, where `days` are counted already."""
    met = [one for card_id in cards if (one := memories.get(card_id)) is not None and one.last_study_day is not None]
    stability = np.array([one.stability for one in met], np.float64)
    last = np.array([one.last_study_day.toordinal() for one in met if one.last_study_day], np.int64)
    return Effort(days, len(met), len(cards), mean_recall(stability, last, len(cards), today=today, decay=decay))


def mean_recall(
    stability: NDArray[np.float64], last: NDArray[np.int64], cards: int, *, today: date, decay: float
) -> float:
    """Mean predicted recall over all cards of the scope, those never seen as 0; 0 without cards.

    `stability` (days) and `last` (ordinal of the last study day) are of the cards seen. Recall is that of `today`, of
    the day after for cards answered today.
    """
    student, of_one = np.zeros(len(last), np.int64), np.array([today.toordinal()])
    return float(mean_recalls(student, stability, last, cards, today=of_one, decay=np.array([decay]))[0])


def mean_recalls(
    student: NDArray[np.int64],
    stability: NDArray[np.float64],
    last: NDArray[np.int64],
    cards: int,
    *,
    today: NDArray[np.int64],
    decay: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The same of many students: rows are cards seen, each with the number of its `student`, from 0.

    `today` (ordinals) and `decay` are of the students.
    """
    elapsed = np.maximum(SOONEST_PREDICTED_DAYS, today[student] - last).astype(np.float64)
    recall = recall_of_many(elapsed, stability, decay[student])
    return np.bincount(student, weights=recall, minlength=len(today)) / max(cards, 1)


def _standing(entries: Sequence[Entry]) -> list[Entry]:
    """Those not taken back, without the undos: due is what the last of them said that decided on it."""
    undone = {entry.target_seq for entry in entries if entry.kind == Kind.UNDO}
    return [entry for entry in entries if entry.kind != Kind.UNDO and entry.seq not in undone]


class _Cards:
    """The cards as the log has left them so far; what arrived last holds, as in core.history."""

    def __init__(self) -> None:
        self._due: dict[int, Entry] = {}
        self._suspended: dict[int, Entry] = {}
        self._buried: dict[int, Entry] = {}

    def note(self, entry: Entry) -> None:
        """One more entry."""
        if entry.carries_due:
            _latest(self._due, entry)
        if entry.kind in (Kind.SUSPEND, Kind.UNSUSPEND):
            _latest(self._suspended, entry)
        if entry.kind in (Kind.BURY, Kind.UNBURY):
            _latest(self._buried, entry)

    def due(self, day: date, facts: Mapping[int, int]) -> dict[int, bool]:
        """The cards of the scope due on the day or before, with whether they wait for a step."""
        return {
            card_id: entry.in_steps
            for card_id, entry in self._due.items()
            if card_id in facts and entry.due_on is not None and entry.due_on <= day
        }

    def waiting(self, day: date, until: date, facts: Mapping[int, int]) -> int:
        """How many cards of the scope due until then are not set aside on the day."""
        return sum(not self.is_aside(card_id, day) for card_id in self.due(until, facts))

    def is_aside(self, card_id: int, day: date) -> bool:
        """Whether the card is suspended, or buried beyond the day."""
        suspended, buried = self._suspended.get(card_id), self._buried.get(card_id)
        if suspended is not None and suspended.kind == Kind.SUSPEND:
            return True
        return buried is not None and buried.buried_until is not None and buried.buried_until > day


def _latest(held: dict[int, Entry], entry: Entry) -> None:
    if entry.card_id is not None and (entry.card_id not in held or held[entry.card_id].seq < entry.seq):
        held[entry.card_id] = entry


def _is_done(
    today: Sequence[Entry],
    due: Mapping[int, bool],
    cards: _Cards,
    facts: Mapping[int, int],
    day: date,
    reviews_per_day: int,
) -> bool:
    answered = {entry.card_id for entry in today if entry.kind == Kind.ANSWER and entry.evidence}
    busy = {fact for card_id, fact in facts.items() if card_id in answered}
    if not busy:
        return False
    left = [card_id for card_id in due if card_id not in answered and not cards.is_aside(card_id, day)]
    if any(due[card_id] for card_id in left):
        return False
    at_limit = sum(entry.is_review for entry in today) >= reviews_per_day
    return at_limit or all(facts[card_id] in busy for card_id in left)
