"""What is studied next: one pass over a student's cards. Nothing is stored or rescheduled here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from quizzes.core.phases import Phase

LEARN_AHEAD_MINUTES = 20
REST = timedelta(minutes=1)
"""How long a card waits behind others after an answer that moved nothing, such as one too quick to count."""
ANSWERS_PER_NEW_CARD = 2
NEW, REVIEW = Phase.NEW.value, Phase.REVIEW.value
ALL_DAY = datetime.min.replace(tzinfo=UTC)


class Row(NamedTuple):
    """One card as the queue sees it; `position` is its place in the deck's teaching order."""

    card_id: int
    fact_id: int
    deck_id: int
    position: int
    phase: str = Phase.NEW
    due_on: date | None = None
    due_at: datetime | None = None
    stability: float | None = None
    last_study_day: date | None = None
    suspended: bool = False
    buried_until: date | None = None
    last_answered_at: datetime | None = None


class EndReason(StrEnum):
    """Why nothing is left to study; where several hold, the first of them."""

    LEARNING_LATER = "learning_later"
    REVIEW_LIMIT = "review_limit"
    NEW_LIMIT = "new_limit"
    SIBLINGS = "siblings"
    NOTHING_DUE = "nothing_due"


@dataclass(frozen=True, slots=True)
class Limit:
    """A deck's daily limits, and how much of them is done today."""

    new_per_day: int = 20
    reviews_per_day: int = 200
    new_done: int = 0
    reviews_done: int = 0

    @property
    def new_left(self) -> int:
        """How many new cards may still be shown today."""
        return max(0, self.new_per_day - self.new_done)

    @property
    def reviews_left(self) -> int:
        """How many reviews may still be shown today."""
        return max(0, self.reviews_per_day - self.reviews_done)


DEFAULT_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards left in this sitting; learning cards include those within learn-ahead."""

    learning: int
    review: int
    new: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Cards that wait for another day: over the limit of reviews, of new cards, or beside a card of the same fact."""

    review_limit: int
    new_limit: int
    review_siblings: int
    new_siblings: int

    @property
    def siblings(self) -> int:
        """All that wait beside a card of the same fact."""
        return self.review_siblings + self.new_siblings


@dataclass(frozen=True, slots=True)
class Queue:
    """Card ids in the order they are studied; `reason` is set when there are none.

    `next_learning_at` (UTC) is when the first learning card beyond learn-ahead falls due.
    """

    order: tuple[int, ...]
    counts: Counts
    held_back: HeldBack
    next_learning_at: datetime | None
    reason: EndReason | None

    @property
    def next_id(self) -> int | None:
        """The card to show now; None if there is none."""
        return self.order[0] if self.order else None

    def wait_minutes(self, now: datetime) -> int | None:
        """Whole minutes, rounded up, until `next_learning_at`."""
        if self.next_learning_at is None:
            return None
        return max(0, ceil((self.next_learning_at - now).total_seconds() / 60))


def build_queue(
    rows: Iterable[Row],
    *,
    limits: Mapping[int, Limit],
    today: date,
    now: datetime,
    seen_facts: Collection[int] = (),
    learn_ahead_minutes: float = LEARN_AHEAD_MINUTES,
    space_siblings: bool = True,
) -> Queue:
    """The queue of the study day `today` at the moment `now` (aware); `limits` by deck id, else the default ones.

    Learning cards that are due come first, then reviews (lowest predicted recall first) with new cards (by deck and
    position) spread evenly over the day's work, then learning cards due within `learn_ahead_minutes`, and with them
    those answered just now to no effect. `seen_facts` were answered today: their other cards wait, unless in learning.
    """
    learning, due, unseen = _sorted_out(rows, today, now)
    ahead = now + timedelta(minutes=learn_ahead_minutes)
    ready = [row.card_id for when, _id, row in learning if when <= now]
    soon = [(when, row.card_id) for when, _id, row in learning if now < when <= ahead]
    later = next((when for when, _id, _row in learning if when > ahead), None)
    busy = {*seen_facts, *(row.fact_id for _when, _id, row in learning)} if space_siblings else None
    reviews = _admit(due, busy, today, limits, attrgetter("reviews_left"))
    if busy is not None:
        busy.update(row.fact_id for row in reviews.kept)
    new = _admit(unseen, busy, today, limits, attrgetter("new_left"))
    resting = _resting([*reviews.kept, *new.kept], now)
    spread = [card_id for card_id in _spread(reviews.kept, new.kept, limits) if card_id not in resting]
    soon += [(when, card_id) for card_id, when in resting.items()]
    order = (*ready, *spread, *(card_id for _when, card_id in sorted(soon)))
    held_back = HeldBack(reviews.limited, new.limited, reviews.siblings, new.siblings)
    return Queue(
        order=order,
        counts=Counts(len(ready) + len(soon), len(reviews.kept), len(new.kept)),
        held_back=held_back,
        next_learning_at=later,
        reason=None if order else _reason(held_back, later),
    )


def asked_first(queue: Queue, cards: Sequence[int]) -> Queue:
    """The queue with these cards before all others; those that were not in it count as reviews."""
    if not cards:
        return queue
    rest = [card_id for card_id in queue.order if card_id not in cards]
    more = len(cards) - (len(queue.order) - len(rest))
    counts = replace(queue.counts, review=queue.counts.review + more)
    return replace(queue, order=(*cards, *rest), counts=counts, reason=None)


def minutes_left(counts: Counts, seconds_per_answer: float) -> int:
    """Whole minutes of work, rounded up; a new card takes two answers."""
    answers = counts.learning + counts.review + ANSWERS_PER_NEW_CARD * counts.new
    return ceil(answers * seconds_per_answer / 60)


def _moment(due_at: datetime, answered_at: datetime | None, now: datetime) -> datetime:
    """When a learning card can come: at its step, or after a rest if an answer just now left that where it was."""
    if answered_at is None or answered_at <= max(due_at, now - REST):
        return due_at
    return answered_at + REST


@dataclass(frozen=True, slots=True)
class _Admitted:
    kept: list[Row]
    limited: int
    siblings: int


def _resting(rows: Iterable[Row], now: datetime) -> dict[int, datetime]:
    """The cards that were answered just now and are still to be asked, with the moment until which they rest."""
    since = now - REST
    return {
        row.card_id: row.last_answered_at + REST
        for row in rows
        if row.last_answered_at is not None and row.last_answered_at > since
    }


def _sorted_out(
    rows: Iterable[Row], today: date, now: datetime
) -> tuple[list[tuple[datetime, int, Row]], list[Row], list[Row]]:
    """Learning cards by the moment they fall due, reviews by recall, new cards by position; others are left out.

    A step that crossed a rollover is due all day. Under any parameters recall falls with elapsed days over stability.
    """
    learning, due, unseen = [], [], []
    for row in rows:
        card_id, _fact, deck_id, position, phase, due_on, due_at, stability, last, suspended, buried_until, at = row
        if suspended or (buried_until is not None and buried_until > today):
            continue
        if phase == NEW:
            unseen.append((deck_id, position, card_id, row))
        elif phase == REVIEW:
            if due_on is None or due_on <= today:
                elapsed = max(0, (today - (last or date.min)).days)
                due.append((-elapsed / (stability or 1.0), card_id, row))
        elif due_at is not None or due_on is None or due_on <= today:
            learning.append((_moment(due_at or ALL_DAY, at, now), card_id, row))
    learning.sort()
    return learning, [one[2] for one in sorted(due)], [one[3] for one in sorted(unseen)]


def _admit(
    ranked: list[Row],
    busy: Collection[int] | None,
    today: date,
    limits: Mapping[int, Limit],
    room: Callable[[Limit], int],
) -> _Admitted:
    free = ranked if busy is None else _spaced(ranked, busy, today)
    left: dict[int, int] = {}
    kept = []
    for row in free:
        deck = row.deck_id
        if deck not in left:
            left[deck] = room(limits.get(deck, DEFAULT_LIMIT))
        if left[deck] > 0:
            left[deck] -= 1
            kept.append(row)
    return _Admitted(kept, len(free) - len(kept), len(ranked) - len(free))


def _spaced(ranked: list[Row], busy: Collection[int], today: date) -> list[Row]:
    """The first card of each fact, without facts that have another card today."""
    first: dict[int, Row] = {}
    for row in ranked:
        if row.fact_id not in busy or row.last_study_day == today:
            first.setdefault(row.fact_id, row)
    return list(first.values())


def _spread(reviews: list[Row], new: list[Row], limits: Mapping[int, Limit]) -> list[int]:
    """Both in their order, so that their shares of the whole day's work grow together, whatever is already done."""
    reviews_done = sum(limit.reviews_done for limit in limits.values())
    new_done = sum(limit.new_done for limit in limits.values())
    shares = [*_shares(reviews_done, len(reviews)), *_shares(new_done, len(new))]
    both = [*reviews, *new]
    return [both[at].card_id for at in sorted(range(len(both)), key=shares.__getitem__)]


def _shares(done: int, left: int) -> list[float]:
    return [(done + at + 0.5) / (done + left) for at in range(left)]


def _reason(held_back: HeldBack, later: datetime | None) -> EndReason:
    if later is not None:
        return EndReason.LEARNING_LATER
    if held_back.review_limit:
        return EndReason.REVIEW_LIMIT
    if held_back.new_limit:
        return EndReason.NEW_LIMIT
    return EndReason.SIBLINGS if held_back.siblings else EndReason.NOTHING_DUE
