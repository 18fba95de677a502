"""What students have reached in assignments that are open to them: from what is known of their cards and days."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from quizzes.core.effort import Effort, Entry, days_done, days_of, mean_recalls
from quizzes.core.queueing import DEFAULT_LIMIT
from quizzes.core.windows import Window
from quizzes.models import Assignment, AssignmentCount, Card, DeckStudy
from quizzes.selectors.study.entries import Entries, read_entries
from quizzes.selectors.teaching.figures import BoolArray, ClassStudent, FloatArray, IntArray
from quizzes.selectors.teaching.keeping import NO_CARDS, Rows, first_day, know
from quizzes.selectors.teaching.recollection import joined

Pair = tuple[int, int]
"""An assignment and a student, by their ids."""
NO_ENTRIES: Entries = {}
MOST_COUNTED = 60
"""For how many pairs a page reads logs: with four hundred answers each that is about a second."""


@dataclass(frozen=True, slots=True, eq=False)
class CardScope:
    """The cards that are asked in an assignment, with their facts; `asked` says of each id whether it is among them."""

    facts: Mapping[int, int]
    asked: BoolArray

    def among(self, cards: IntArray) -> BoolArray:
        """Which of these cards are asked."""
        known = cards < len(self.asked)
        return known & self.asked[np.where(known, cards, 0)]


@dataclass(frozen=True, slots=True)
class Reached:
    """What one student has reached so far; `last` is the ordinal of their last study day in its cards, 0 for none.

    `counted` is False where days count and the worker has yet to count them.
    """

    effort: Effort
    last: int
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """On how many days the due work was done; `basis` says what was counted over, `fresh` that the log was read."""

    days: int
    basis: str
    fresh: bool


def read_scopes(assignments: Collection[Assignment]) -> dict[int, CardScope]:
    """The cards of each assignment: of its sections, or of its whole deck; two queries."""
    chosen: dict[int, set[int]] = {one.pk: set() for one in assignments}
    rows = Assignment.sections.through.objects.filter(assignment__in=list(chosen))
    for assignment_id, section_id in rows.values_list("assignment_id", "section_id"):
        chosen[assignment_id].add(section_id)
    cards = Card.objects.filter(deck__in={one.deck_id for one in assignments}, status=Card.Status.ACTIVE)
    of_deck: dict[int, list[tuple[int, int, int]]] = {}
    for deck_id, *card in cards.order_by("pk").values_list("deck_id", "pk", "fact_id", "fact__section_id"):
        of_deck.setdefault(deck_id, []).append((card[0], card[1], card[2]))
    return {one.pk: _scope(of_deck.get(one.deck_id, []), chosen[one.pk]) for one in assignments}


def _scope(cards: Sequence[tuple[int, int, int]], sections: Collection[int]) -> CardScope:
    facts = {card_id: fact_id for card_id, fact_id, section_id in cards if not sections or section_id in sections}
    asked = np.zeros(max(facts, default=0) + 1, np.bool_)
    asked[list(facts)] = True
    return CardScope(facts, asked)


def read_reached(
    assignments: Collection[Assignment],
    students: Collection[ClassStudent],
    windows: Mapping[Pair, Window],
    *,
    now: datetime,
    most: int = MOST_COUNTED,
) -> dict[Pair, Reached]:
    """What each student has reached in each assignment whose window is given; seven queries at most.

    Days are counted, and recall is predicted, for those assignments alone that ask for them; days while they are open,
    from the logs of `most` pairs, as count_days does.
    """
    scopes, by_id = read_scopes(assignments), {one.user_id: one for one in students}
    shelf = _shelf([by_id[user_id] for user_id in dict.fromkeys(user for _one, user in windows)], now)
    counting = {one.pk: one for one in assignments if one.counts == Assignment.Counts.DAYS}
    open_ones = {pair: one for pair, one in windows.items() if pair[0] in counting and one.is_open(now)}
    days = count_days(counting.values(), by_id, open_ones, scopes, most=most)
    begun = {assignment_id for assignment_id, _user in windows}
    met = {
        one.pk: _met(shelf, scopes[one.pk], recall=one.counts == Assignment.Counts.RECALL)
        for one in assignments
        if one.pk in begun
    }
    found = {}
    for pair in windows:
        of_all, at, counted = met[pair[0]], shelf.places[pair[1]], days.get(pair)
        effort = Effort(counted.days if counted else 0, of_all.introduced[at], of_all.cards, of_all.recall[at])
        found[pair] = Reached(effort, of_all.last[at], counted is not None or pair not in open_ones)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """The cards that students have met, with the place of each one's student; `today` and `decay` are by place."""

    places: Mapping[int, int]
    rows: Rows
    student: IntArray
    today: IntArray
    decay: FloatArray


@dataclass(frozen=True, slots=True)
class _Met:
    """By place of the student: how many cards of a scope they have met, their last day, and mean predicted recall."""

    cards: int
    introduced: Sequence[int]
    last: Sequence[int]
    recall: Sequence[float]


def _shelf(students: Sequence[ClassStudent], now: datetime) -> _Shelf:
    known = know({one.user_id: one.last_seq for one in students}, since=first_day(now)) if students else []
    student, rows = joined([one.cards for one in known], empty=NO_CARDS)
    return _Shelf(
        places={one.user_id: place for place, one in enumerate(students)},
        rows=rows,
        student=student,
        today=np.array([one.today.toordinal() for one in students], np.int64),
        decay=np.array([one.decay for one in students], np.float64),
    )


def _met(shelf: _Shelf, scope: CardScope, *, recall: bool) -> _Met:
    among, count = np.flatnonzero(scope.among(shelf.rows["card"])), len(shelf.today)
    student, days = shelf.student[among], shelf.rows["last"][among].astype(np.int64)
    last, shares = np.zeros(count, np.int64), np.zeros(count)
    np.maximum.at(last, student, days)
    if recall:
        stability, cards = shelf.rows["stability"][among], len(scope.facts)
        shares = mean_recalls(student, stability, days, cards, today=shelf.today, decay=shelf.decay)
    introduced = np.bincount(student, minlength=count)
    return _Met(len(scope.facts), introduced.tolist(), last.tolist(), shares.tolist())


def count_days(
    assignments: Collection[Assignment],
    students: Mapping[int, ClassStudent],
    windows: Mapping[Pair, Window],
    scopes: Mapping[int, CardScope],
    *,
    most: int,
) -> dict[Pair, Counted]:
    """The days done by each pair whose window is given: as kept, or from the log where it has moved; three queries.

    The logs of `most` pairs are read. Of others whose log has moved the days are those kept, which may be a few minutes
    old, and those of whom nothing is kept are left out until the worker has counted them.
    """
    by_id = {one.pk: one for one in assignments}
    pairs = [pair for pair in windows if pair[0] in by_id]
    if not pairs:
        return {}
    limits = _limits(by_id.values(), {user_id for _assignment, user_id in pairs})
    marks = {one: _mark_of(scopes[one].facts) for one in by_id}
    bases = {
        (one, user): _basis(students[user], windows[one, user], limits.get((user, by_id[one].deck_id)), marks[one])
        for one, user in pairs
    }
    kept = _kept(by_id, {user for _one, user in pairs})
    found = {pair: Counted(days, basis, fresh=False) for pair, (_seq, basis, days) in kept.items() if pair in bases}
    states = {pair: (seq, basis) for pair, (seq, basis, _days) in kept.items()}
    moved = [pair for pair in pairs if states.get(pair) != (students[pair[1]].last_seq, bases[pair])][:most]
    entries = _entries(moved, by_id, students)
    for one, user in moved:
        limit = limits.get((user, by_id[one].deck_id), DEFAULT_LIMIT.reviews_per_day)
        rows = entries.get((user, by_id[one].deck_id), ())
        days = done_by(rows, scopes[one].facts, students[user], windows[one, user], limit)
        found[one, user] = Counted(len(days), bases[one, user], fresh=True)
    return found


def done_by(
    rows: Sequence[Entry], facts: Mapping[int, int], student: ClassStudent, window: Window, limit: int
) -> list[date]:
    """The days of the student's own window on which the due work was done."""
    first, last = days_of(window, student.zone, student.rollover_hour)
    return days_done(rows, facts, first=first, last=last, reviews_per_day=limit, until=window.closes_at)


def _limits(assignments: Collection[Assignment], user_ids: Collection[int]) -> dict[tuple[int, int], int]:
    decks = {one.deck_id for one in assignments}
    rows = DeckStudy.objects.filter(deck__in=decks, user__in=user_ids)
    return {(user, deck): limit for user, deck, limit in rows.values_list("user_id", "deck_id", "reviews_per_day")}


def _kept(assignments: Mapping[int, Assignment], user_ids: Collection[int]) -> dict[Pair, tuple[int, str, int]]:
    rows = AssignmentCount.objects.filter(assignment__in=list(assignments), user__in=user_ids)
    columns = ("assignment_id", "user_id", "last_seq", "basis", "days")
    return {(one, user): (last_seq, basis, days) for one, user, last_seq, basis, days in rows.values_list(*columns)}


def _entries(
    pairs: Sequence[Pair], assignments: Mapping[int, Assignment], students: Mapping[int, ClassStudent]
) -> Entries:
    """The logs of those who have one."""
    begun = [(one, user) for one, user in pairs if students[user].last_seq]
    if not begun:
        return NO_ENTRIES
    return read_entries({user for _one, user in begun}, {assignments[one].deck_id for one, _user in begun})


def _basis(student: ClassStudent, window: Window, limit: int | None, cards: str) -> str:
    first, last = days_of(window, student.zone, student.rollover_hour)
    said = f"{first} {last} {window.closes_at.timestamp()} {limit} {cards}"
    return hashlib.sha256(said.encode()).hexdigest()


def _mark_of(facts: Mapping[int, int]) -> str:
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()
