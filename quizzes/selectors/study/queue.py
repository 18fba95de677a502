"""What a student can study now: the queue over their decks, read once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from quizzes.core.daily import NOTHING_DONE
from quizzes.core.history import Progress
from quizzes.core.phases import Phase
from quizzes.core.queueing import Limit, Queue, Row, asked_first, build_queue
from quizzes.models import DailyStudy
from quizzes.models.prepared import Prepared
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.study.class_pairs import ClassPair, Given, place_pairs
from quizzes.selectors.study.memories import Memories, read_memories
from quizzes.selectors.study.students import Student, StudiedDeck

DAY_COLUMNS = ("answers", "correct", "duration_ms", "decks")
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
        new, reviews, extra, *_others = self.decks.get(str(deck_id), NOTHING_DONE)
        return new, reviews, extra


@dataclass(frozen=True, slots=True)
class Desk:
    """A student with the decks they are studying now, the day's work and the queue.

    `memories` are those of all cards, `rows` the cards that the queue was built from; `last_seq` numbers the last event
    of the log. `pairs` of the student's classes wait to be told apart; `given` says on which cards that is asked now.
    """

    student: Student
    decks: dict[int, StudiedDeck]
    contents: dict[int, DeckContent]
    today: Today
    memories: Memories
    rows: Sequence[Row]
    queue: Queue
    last_seq: int
    pairs: Sequence[ClassPair] = ()
    given: Mapping[int, Given] = field(default_factory=dict)

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
    memories: Memories | None = None,
    pairs: Sequence[ClassPair] = (),
) -> Desk:
    """The queue at this moment; two queries besides the cached content, however many decks.

    `today` and `memories` each spare one of them to those who know them. What the student's classes want told apart
    (`pairs`) comes first.
    """
    contents = {studied.deck.pk: deck_content(studied.deck) for studied in decks}
    today = today or read_today(student.user_id, student.day(now))
    limits = {studied.deck.pk: _limit(studied, today) for studied in decks}
    memories = read_memories(student.user_id) if memories is None else memories
    rows = _touched(memories, contents, today.day)
    rows.extend(_untouched(memories, contents, limits, rows))
    queue = _queue(student, rows, limits, today, now)
    by_id = {studied.deck.pk: studied for studied in decks}
    given = place_pairs(pairs, contents, memories, queue.order, today=today.day, now=now)
    queue = asked_first(queue, tuple(given))
    return Desk(student, by_id, contents, today, memories, rows, queue, last_seq, pairs, given)


def queue_of_deck(desk: Desk, deck_id: int, *, now: datetime) -> Queue:
    """The queue of one deck alone; no query."""
    limits = {deck_id: _limit(desk.decks[deck_id], desk.today)}
    queue = _queue(desk.student, [row for row in desk.rows if row.deck_id == deck_id], limits, desk.today, now)
    return asked_first(queue, [card_id for card_id in desk.given if card_id in desk.contents[deck_id].cards])


def _queue(student: Student, rows: Sequence[Row], limits: Mapping[int, Limit], today: Today, now: datetime) -> Queue:
    return build_queue(
        rows,
        limits=limits,
        today=today.day,
        now=now,
        seen_facts={row.fact_id for row in rows if row.last_study_day and row.last_study_day >= today.day},
        space_siblings=student.bury_siblings,
    )


def _limit(studied: StudiedDeck, today: Today) -> Limit:
    new, reviews, extra = today.done(studied.deck.pk)
    return Limit(studied.new_per_day + extra, studied.reviews_per_day, new, reviews)


def _touched(memories: Memories, contents: Mapping[int, DeckContent], day: date) -> list[Row]:
    """Cards that are due, or were answered today; or later, for a student whose day has gone back."""
    rows: list[Row] = []
    for card_id, one in memories.items():
        is_due = one.due_on is not None and one.due_on <= day
        if is_due or (one.last_study_day is not None and one.last_study_day >= day):
            for deck_id, content in contents.items():
                if place := content.cards.get(card_id):
                    rows.append(_row(place, deck_id, one))
    return rows


def _row(place: CardPlace, deck_id: int, one: Progress) -> Row:
    return Row(
        place.id, place.fact_id, deck_id, place.order, one.phase, one.due_on, one.due_at, one.stability,
        one.last_study_day, one.suspended, one.buried_until, one.last_answered_at,
    )  # fmt: skip


def _untouched(
    memories: Memories, contents: Mapping[int, DeckContent], limits: Mapping[int, Limit], touched: Sequence[Row]
) -> list[Row]:
    """Cards never answered, in teaching order: of each deck as many as may be asked today, and one to tell of more."""
    met, busy = {row.card_id for row in touched}, {row.fact_id for row in touched}
    rows: list[Row] = []
    for deck_id, content in contents.items():
        enough = limits[deck_id].new_left + 1
        rows.extend(_new_rows(content, memories, enough, met, busy))
    return rows


def _new_rows(
    content: DeckContent, memories: Memories, enough: int, met: Collection[int], busy: Collection[int]
) -> Iterator[Row]:
    """Rows until so many facts are among them that surely can be asked."""
    free: set[int] = set()
    for row in content.unseen:
        if len(free) == enough:
            return
        held = memories.get(row.card_id)
        if held is None:
            if row.fact_id not in busy:
                free.add(row.fact_id)
            yield row
        elif held.phase is Phase.NEW and row.card_id not in met:
            yield _row(content.cards[row.card_id], content.deck_id, held)
