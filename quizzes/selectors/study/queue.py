"""What a student can study now: the queue over their decks, read once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from quizzes.core.phases import Phase
from quizzes.core.queueing import Limit, Queue, Row, build_queue
from quizzes.models import CardProgress, DailyStudy
from quizzes.models.prepared import Prepared
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.study.students import Student, StudiedDeck

ROW_COLUMNS = (
    "card_id", "phase", "due_on", "due_at", "stability", "last_study_day", "suspended", "buried_until",
)  # fmt: skip
DAY_COLUMNS = ("answers", "correct", "duration_ms", "decks")
FREE = (False, None)


def _touched_rows(user_id: int, on_day: date) -> QuerySet[CardProgress, Any]:
    rows = CardProgress.objects.filter(Q(due_on__lte=on_day) | Q(last_study_day=on_day), user_id=user_id)
    return rows.order_by("card_id").values_list(*ROW_COLUMNS)


_select_touched = Prepared(_touched_rows, "user_id", "on_day")
_select_states = Prepared(
    lambda user_id: CardProgress.objects.filter(user_id=user_id).values_list(
        "card_id", "phase", "suspended", "buried_until"
    ),
    "user_id",
)
_select_day = Prepared(
    lambda user_id, on_day: DailyStudy.objects.filter(user_id=user_id, day=on_day).values_list(*DAY_COLUMNS),
    "user_id",
    "on_day",
)


@dataclass(frozen=True, slots=True)
class Today:
    """A student's study day: what was done, per deck and in all; `kept` if it has a row."""

    day: date
    answers: int = 0
    correct: int = 0
    duration_ms: int = 0
    decks: Mapping[str, list[int]] = field(default_factory=dict)
    kept: bool = False

    def done(self, deck_id: int) -> tuple[int, int, int]:
        """New cards, reviews, and extra new cards asked for, in one deck."""
        new, reviews, extra = self.decks.get(str(deck_id), [0, 0, 0])
        return new, reviews, extra


@dataclass(frozen=True, slots=True)
class Desk:
    """A student with the decks they are studying now, the day's work and the queue.

    `rows` are the cards that the queue was built from; `last_seq` numbers the last event of the log.
    """

    student: Student
    decks: dict[int, StudiedDeck]
    contents: dict[int, DeckContent]
    today: Today
    rows: Sequence[Row]
    queue: Queue
    last_seq: int

    @property
    def can_undo(self) -> bool:
        """Whether the student has ever done anything."""
        return self.last_seq > 0

    def place(self, card_id: int) -> tuple[StudiedDeck, DeckContent, CardPlace] | None:
        """Deck and place of a card; None if it is no longer studied."""
        for deck_id, content in self.contents.items():
            if place := content.cards.get(card_id):
                return self.decks[deck_id], content, place
        return None


def read_today(user_id: int, day: date) -> Today:
    """What the student has done on a study day."""
    rows = _select_day(user_id=user_id, on_day=day)
    return Today(day, **dict(zip(DAY_COLUMNS, rows[0], strict=True)), kept=True) if rows else Today(day)


def read_desk(
    student: Student,
    decks: Sequence[StudiedDeck],
    *,
    now: datetime,
    last_seq: int = 0,
    today: Today | None = None,
) -> Desk:
    """The queue at this moment; three queries besides the cached content, however many decks.

    `today` spares one of them to those who have just written the day's row.
    """
    contents = {studied.deck.pk: deck_content(studied.deck) for studied in decks}
    today = today or read_today(student.user_id, student.day(now))
    limits = {studied.deck.pk: _limit(studied, today) for studied in decks}
    rows = _touched(student.user_id, contents, today.day)
    rows.extend(_untouched(student.user_id, contents, limits, rows))
    queue = _queue(student, rows, limits, today, now)
    return Desk(student, {studied.deck.pk: studied for studied in decks}, contents, today, rows, queue, last_seq)


def queue_of_deck(desk: Desk, deck_id: int, *, now: datetime) -> Queue:
    """The queue of one deck alone; no query."""
    limits = {deck_id: _limit(desk.decks[deck_id], desk.today)}
    return _queue(desk.student, [row for row in desk.rows if row.deck_id == deck_id], limits, desk.today, now)


def _queue(student: Student, rows: Sequence[Row], limits: Mapping[int, Limit], today: Today, now: datetime) -> Queue:
    return build_queue(
        rows,
        limits=limits,
        today=today.day,
        now=now,
        seen_facts={row.fact_id for row in rows if row.last_study_day == today.day},
        space_siblings=student.bury_siblings,
    )


def _limit(studied: StudiedDeck, today: Today) -> Limit:
    new, reviews, extra = today.done(studied.deck.pk)
    return Limit(studied.new_per_day + extra, studied.reviews_per_day, new, reviews)


def _touched(user_id: int, contents: Mapping[int, DeckContent], day: date) -> list[Row]:
    """Cards that are due, or were answered today."""
    rows: list[Row] = []
    for card_id, *rest in _select_touched(user_id=user_id, on_day=day):
        for deck_id, content in contents.items():
            if place := content.cards.get(card_id):
                rows.append(Row(card_id, place.fact_id, deck_id, place.order, *rest))
    return rows


def _untouched(
    user_id: int, contents: Mapping[int, DeckContent], limits: Mapping[int, Limit], touched: Sequence[Row]
) -> Iterator[Row]:
    """Cards never answered, in teaching order: of each deck as many as may be asked today, and one to tell of more."""
    met, held = {row.card_id for row in touched}, {}
    for card_id, phase, *state in _select_states(user_id=user_id):
        if phase == Phase.NEW:
            held[card_id] = state
        else:
            met.add(card_id)
    busy = {row.fact_id for row in touched}
    for deck_id, content in contents.items():
        places = (place for card_id, place in content.cards.items() if card_id not in met)
        yield from _new_rows(deck_id, places, limits[deck_id].new_left + 1, held, busy)


def _new_rows(
    deck_id: int, places: Iterable[CardPlace], enough: int, held: Mapping[int, list[Any]], busy: Collection[int]
) -> Iterator[Row]:
    """Rows until so many facts are among them that surely can be asked."""
    free: set[int] = set()
    for place in places:
        if len(free) == enough:
            return
        suspended, buried_until = held.get(place.id, FREE)
        if place.id not in held and place.fact_id not in busy:
            free.add(place.fact_id)
        yield Row(place.id, place.fact_id, deck_id, place.order, suspended=suspended, buried_until=buried_until)
