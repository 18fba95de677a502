"""What this process knows of students: their memories and days as columns, each student's at one number of their log.

`(user, last_seq)` names one state for good, since nothing moves a memory or a day without an event in the log. The
number is read before the rows, so that what is kept is never older than its number says.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np
from django.db.models import Case, CharField, Count, Q, QuerySet, When
from django.db.models.functions import Cast
from numpy.typing import NDArray

from quizzes.core.daily import NOTHING_DONE
from quizzes.core.phases import Phase
from quizzes.models import CardProgress, DailyStudy, ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.teaching.figures import WEEK, WEEKS

MOST_ROWS = 2_000_000
"""How many rows, of all students together, a process keeps: at most some 80 MB."""
AT_ONCE = 5_000
"""How many students are read with one query each for cards and days; databases limit a query's parameters."""

Rows = NDArray[np.void]
CARD = [
    ("card", "i8"), ("learned", "?"), ("stability", "f8"), ("reps", "i4"), ("lapses", "i4"), ("last", "i4"),
    ("due", "i4"), ("buried", "i4"),
]  # fmt: skip
NO_CARDS: Rows = np.empty(0, CARD)
NO_DAYS: Rows = np.empty(0, [("deck", "i8"), ("day", "i4"), ("answers", "i4"), ("asked", "i4"), ("right", "i4")])


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One student: a row for each card met, and one for each day with answers and deck, from `since` on.

    Days are ordinals, 0 for none; `due` is 0 for suspended cards, `learned` says that a card is past its steps.
    `answers` counts all of the day, `asked` and `right` its first answers to cards met before.
    """

    last_seq: int
    since: date
    cards: Rows
    days: Rows


def first_day(now: datetime) -> date:
    """The earliest day that is looked at anywhere on earth."""
    return now.date() - timedelta(days=WEEK * WEEKS + 1)


def know(numbers: Mapping[int, int], *, since: date) -> list[Known]:
    """The state of each student whose log stands at the number given; two queries for those not known already."""
    found = {user_id: _kept.find(user_id, last_seq, since) for user_id, last_seq in numbers.items()}
    missing = [user_id for user_id, one in found.items() if one is None]
    for at in range(0, len(missing), AT_ONCE):
        read = _read({user_id: numbers[user_id] for user_id in missing[at : at + AT_ONCE]}, since)
        _kept.keep(read)
        found |= read
    return [one for one in found.values() if one is not None]


def clear_cache() -> None:
    """Forget all students."""
    _kept.clear()


def _read(numbers: Mapping[int, int], since: date) -> dict[int, Known]:
    cards, days = _read_cards(numbers), _read_days(numbers, since)
    return {
        user_id: Known(last_seq, since, cards.get(user_id, NO_CARDS), days.get(user_id, NO_DAYS))
        for user_id, last_seq in numbers.items()
    }


def _read_cards(user_ids: Collection[int]) -> dict[int, Rows]:
    text = {name: Cast(name, CharField()) for name in ("last_study_day", "due_on", "buried_until")}
    met = CardProgress.objects.filter(user_id__in=user_ids).exclude(phase=Phase.NEW).order_by("user_id")
    read = met.annotate(
        last=text["last_study_day"],
        due=Case(When(suspended=False, then=text["due_on"]), output_field=CharField()),
        buried=text["buried_until"],
    ).values_list("user_id", "card_id", "phase", "stability", "reps", "lapses", "last", "due", "buried")
    found = zip(*rows, strict=True) if (rows := list(read)) else ((),) * 9
    users, cards, phases, stability, reps, lapses, last, due, buried = found
    learned = [phase == Phase.REVIEW for phase in phases]
    days = _ordinals(last), _ordinals(due), _ordinals(buried)
    return _by_user(users, NO_CARDS, cards, learned, stability, reps, lapses, *days)


def _read_days(user_ids: Collection[int], since: date) -> dict[int, Rows]:
    """From what the days themselves keep; from the log for those who have days kept by an earlier release."""
    kept = DailyStudy.objects.filter(user_id__in=user_ids, day__gte=since, answers__gt=0).order_by("user_id")
    rows = list(kept.annotate(on=Cast("day", CharField())).values_list("user_id", "on", "decks"))
    older = {user for user, _day, decks in rows for counts in decks.values() if len(counts) < len(NOTHING_DONE)}
    found = [
        (user, int(deck), day, *counts[-3:])
        for user, day, decks in rows
        if user not in older
        for deck, counts in decks.items()
        if counts[-3]
    ]
    if older:
        log = ReviewLog.objects.filter(user_id__in=older)
        found += [(user, deck, day.isoformat(), *counts) for user, day, deck, *counts in _days_of(log, since)]
        found.sort()
    users, decks, days, *counts = zip(*found, strict=True) if found else ((),) * 6
    return _by_user(users, NO_DAYS, decks, _ordinals(days), *counts)


def _days_of(log: HistoryQuerySet, since: date) -> Iterable[tuple[int, date, int, int, int, int]]:
    """Person, day, deck, answers, those that were the day's first to cards met before, and the right of these.

    On the day on which a card is met, and at its later answers of a day, predicted recall is none or 1. Days without
    study are not among them.
    """
    again = Q(predicted_recall__lt=1, correct__isnull=False)
    rows: QuerySet[ReviewLog, Any] = log.filter(study_day__gte=since).answers_that_stand().order_by()
    return rows.values_list("user_id", "study_day", "card__deck_id").annotate(
        answers=Count("seq"), asked=Count("seq", filter=again), right=Count("seq", filter=again & Q(correct=True))
    )


def _by_user(users: Sequence[int], like: Rows, *columns: Sequence[Any] | NDArray[Any]) -> dict[int, Rows]:
    """The columns as rows, apart for each user; those of one follow each other."""
    rows = np.empty(len(users), like.dtype)
    for name, values in zip(like.dtype.names or (), columns, strict=True):
        rows[name] = values
    return dict(_parts(np.array(users, np.int64), rows))


def _parts(users: NDArray[np.int64], rows: Rows) -> Iterator[tuple[int, Rows]]:
    edges = np.flatnonzero(np.diff(users, prepend=-1, append=-1))
    for begin, end in pairwise(edges.tolist()):
        yield int(users[begin]), rows[begin:end].copy()


def _ordinals(days: Sequence[str | None]) -> list[int]:
    known: dict[str | None, int] = {None: 0}
    known |= {day: date.fromisoformat(day).toordinal() for day in set(days) if day}
    return [known[day] for day in days]


class _Kept:
    """The students looked at last, until their rows are too many together."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._rows = 0
        self._lock = Lock()

    def find(self, user_id: int, last_seq: int, since: date) -> Known | None:
        """What is known of a student at this number of their log, as far back as is asked for."""
        one = self._known.get(user_id)
        return one if one and one.last_seq == last_seq and one.since <= since else None

    def keep(self, read: Mapping[int, Known]) -> None:
        """Know these from now on, and forget those read longest ago if need be."""
        with self._lock:
            for user_id, one in read.items():
                self._drop(user_id)
                self._known[user_id] = one
                self._rows += _size(one)
            while self._rows > MOST_ROWS and self._known:
                self._drop(next(iter(self._known)))

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._known.clear()
            self._rows = 0

    def _drop(self, user_id: int) -> None:
        if one := self._known.pop(user_id, None):
            self._rows -= _size(one)


def _size(known: Known) -> int:
    return 1 + len(known.cards) + len(known.days)


_kept = _Kept()
