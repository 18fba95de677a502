"""One student's memories as values, by card; and those that this process knows already.

They are kept for one student at one number of their log: `(user, last_seq)` names one state for good, since nothing
moves a memory without an event in the log. Whatever other processes have written since is known by its events, and
only the cards of those are read again. To be asked for and given only under the lock of the student's log, and given
only after its transaction has been committed.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from django.db.models import Exists, Q, QuerySet

from quizzes.core.history import Confusion, Progress
from quizzes.core.phases import Phase
from quizzes.models import CardProgress, ReviewLog
from quizzes.models.prepared import Prepared
from quizzes.selectors.study.history import PLAIN_FIELDS

MOST_CARDS = 100_000
"""How many cards, of all students together, a process keeps."""

Memories = Mapping[int, Progress]
COLUMNS = ("card_id", "phase", "confusions", *PLAIN_FIELDS)
PHASES = {phase.value: phase for phase in Phase}


def _changed_rows(user_id: int, last_seq: int) -> QuerySet[CardProgress, Any]:
    """Cards with later events; all of them after an event that is of no card."""
    later = ReviewLog.objects.filter(user_id=user_id, seq__gt=last_seq)
    changed = Q(card_id__in=later.values("card_id")) | Q(Exists(later.filter(card_id=None)))
    return CardProgress.objects.filter(changed, user_id=user_id).values_list(*COLUMNS)


_select_all = Prepared(lambda user_id: CardProgress.objects.filter(user_id=user_id).values_list(*COLUMNS), "user_id")
_select_changed = Prepared(_changed_rows, "user_id", "last_seq")


def read_memories(user_id: int) -> Memories:
    """All cards that the student has touched; one query."""
    return _values(_select_all(user_id=user_id))


def memories_at(user_id: int, last_seq: int) -> Memories:
    """The same, for a log that is locked and stands at `last_seq`: a query for what this process does not know."""
    known_seq, known = _kept.find(user_id)
    if known is None or known_seq > last_seq:
        return read_memories(user_id)
    if known_seq == last_seq:
        return known
    return {**known, **_values(_select_changed(user_id=user_id, last_seq=known_seq))}


def keep_memories(user_id: int, last_seq: int, memories: Memories) -> None:
    """Know from now on what the student's log at `last_seq` has led to."""
    _kept.keep(user_id, last_seq, memories)


def clear_cache() -> None:
    """Forget all students."""
    _kept.clear()


def _values(rows: Iterable[Any]) -> dict[int, Progress]:
    return {card_id: _value(phase, confusions, plain) for card_id, phase, confusions, *plain in rows}


def _value(phase: str, confusions: Mapping[str, list[int]], plain: list[Any]) -> Progress:
    told = {code: Confusion(*counts) for code, counts in confusions.items()}
    return Progress(phase=PHASES[phase], confusions=told, **dict(zip(PLAIN_FIELDS, plain, strict=True)))


class _Kept:
    """The students answered last, until their cards are too many together."""

    def __init__(self) -> None:
        self._states: OrderedDict[int, tuple[int, Memories]] = OrderedDict()
        self._cards = 0
        self._lock = Lock()

    def find(self, user_id: int) -> tuple[int, Memories | None]:
        return self._states.get(user_id, (0, None))

    def keep(self, user_id: int, last_seq: int, memories: Memories) -> None:
        with self._lock:
            self._drop(user_id)
            self._states[user_id] = last_seq, memories
            self._cards += len(memories)
            while self._cards > MOST_CARDS and len(self._states) > 1:
                self._drop(next(iter(self._states)))

    def clear(self) -> None:
        with self._lock:
            self._states.clear()
            self._cards = 0

    def _drop(self, user_id: int) -> None:
        _last_seq, memories = self._states.pop(user_id, (0, {}))
        self._cards -= len(memories)


_kept = _Kept()
