"""What is studied next: one vectorised pass over a student's cards. Nothing is stored or rescheduled here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from math import ceil

import numpy as np

from quizzes.core.columns import PHASE_CODES, BoolArray, Cards, FloatArray, IntArray
from quizzes.core.memory import DEFAULT_PARAMETERS, forgetting_curve
from quizzes.core.phases import Phase

LEARN_AHEAD_MINUTES = 20
ANSWERS_PER_NEW_CARD = 2
NEW, LEARNING, REVIEW, RELEARNING = (PHASE_CODES[phase] for phase in Phase)


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
    siblings: int


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """Card ids in the order they are studied; `reason` is set when there are none.

    `next_learning_at` (UTC) is when the first learning card beyond learn-ahead falls due.
    """

    order: IntArray
    counts: Counts
    held_back: HeldBack
    next_learning_at: datetime | None
    reason: EndReason | None

    @property
    def next_id(self) -> int | None:
        """The card to show now; None if there is none."""
        return int(self.order[0]) if self.order.size else None

    def wait_minutes(self, now: datetime) -> int | None:
        """Whole minutes, rounded up, until `next_learning_at`."""
        if self.next_learning_at is None:
            return None
        return max(0, ceil((self.next_learning_at - now).total_seconds() / 60))


def build_queue(
    cards: Cards,
    *,
    limits: Mapping[int, Limit],
    today: date,
    now: datetime,
    seen_facts: Collection[int] = (),
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
    learn_ahead_minutes: float = LEARN_AHEAD_MINUTES,
    space_siblings: bool = True,
) -> Queue:
    """The queue of the study day `today` at the moment `now` (aware); `limits` by deck id, else the default ones.

    Learning cards that are due come first, then reviews (lowest predicted recall first) with new cards (by deck and
    position) spread evenly over the day's work, then learning cards due within `learn_ahead_minutes`. `seen_facts` were
    answered today: their other cards wait, unless in learning.
    """
    day, moment = today.toordinal(), now.timestamp()
    able = ~cards.suspended & (cards.buried_until <= day)
    learning, when = _learning(cards, able, day)
    ready, soon = when <= moment, when <= moment + 60 * learn_ahead_minutes
    busy = np.concatenate([np.fromiter(seen_facts, np.int64), cards.fact_id[learning]]) if space_siblings else None
    due = _by_recall(cards, np.flatnonzero(able & (cards.phase == REVIEW) & (cards.due_on <= day)), day, parameters)
    reviews = _admit(cards, due, busy, day, limits, lambda limit: limit.reviews_left)
    busy = None if busy is None else np.concatenate([busy, cards.fact_id[reviews.kept]])
    unseen = _by_position(cards, np.flatnonzero(able & (cards.phase == NEW)))
    new = _admit(cards, unseen, busy, day, limits, lambda limit: limit.new_left)
    order = np.concatenate([learning[ready], _spread(reviews.kept, new.kept, limits), learning[soon & ~ready]])
    held_back = HeldBack(reviews.limited, new.limited, reviews.siblings + new.siblings)
    later = datetime.fromtimestamp(when[~soon][0], UTC) if not soon.all() else None
    return Queue(
        order=cards.card_id[order],
        counts=Counts(int(soon.sum()), reviews.kept.size, new.kept.size),
        held_back=held_back,
        next_learning_at=later,
        reason=None if order.size else _reason(held_back, later),
    )


def minutes_left(counts: Counts, seconds_per_answer: float) -> int:
    """Whole minutes of work, rounded up; a new card takes two answers."""
    answers = counts.learning + counts.review + ANSWERS_PER_NEW_CARD * counts.new
    return ceil(answers * seconds_per_answer / 60)


@dataclass(frozen=True, slots=True, eq=False)
class _Admitted:
    kept: IntArray
    limited: int
    siblings: int


def _learning(cards: Cards, able: BoolArray, day: int) -> tuple[IntArray, FloatArray]:
    """Learning cards of today by the moment they fall due; steps that crossed a rollover are due all day."""
    in_steps = np.flatnonzero(able & ((cards.phase == LEARNING) | (cards.phase == RELEARNING)))
    all_day = np.where(cards.due_on[in_steps] <= day, -np.inf, np.inf)
    when = np.where(np.isnan(cards.due_at[in_steps]), all_day, cards.due_at[in_steps])
    order = np.lexsort((cards.card_id[in_steps], when))
    order = order[when[order] < np.inf]
    return in_steps[order], when[order]


def _by_recall(cards: Cards, due: IntArray, day: int, parameters: Sequence[float]) -> IntArray:
    elapsed = np.maximum(0.0, day - cards.last_study_day[due])
    recall = forgetting_curve(elapsed, cards.stability[due], parameters)
    return due[np.lexsort((cards.card_id[due], recall))]


def _by_position(cards: Cards, unseen: IntArray) -> IntArray:
    return unseen[np.lexsort((cards.card_id[unseen], cards.position[unseen], cards.deck_id[unseen]))]


def _admit(
    cards: Cards,
    ranked: IntArray,
    busy: IntArray | None,
    day: int,
    limits: Mapping[int, Limit],
    room: Callable[[Limit], int],
) -> _Admitted:
    free = ranked if busy is None else _spaced(cards, ranked, busy, day)
    kept = np.zeros(free.size, np.bool_)
    decks = cards.deck_id[free]
    for deck in np.unique(decks).tolist():
        kept[np.flatnonzero(decks == deck)[: room(limits.get(deck, DEFAULT_LIMIT))]] = True
    return _Admitted(free[kept], int((~kept).sum()), ranked.size - free.size)


def _spaced(cards: Cards, ranked: IntArray, busy: IntArray, day: int) -> IntArray:
    """The first card of each fact, without facts that have another card today."""
    blocked = np.isin(cards.fact_id[ranked], busy) & (cards.last_study_day[ranked] != day)
    free: IntArray = ranked[~blocked]
    first = np.unique(cards.fact_id[free], return_index=True)[1]
    return free[np.sort(first)]


def _spread(reviews: IntArray, new: IntArray, limits: Mapping[int, Limit]) -> IntArray:
    """Both in their order, so that their shares of the whole day's work grow together, whatever is already done."""
    reviews_done = sum(limit.reviews_done for limit in limits.values())
    new_done = sum(limit.new_done for limit in limits.values())
    shares = np.concatenate([_shares(reviews_done, reviews.size), _shares(new_done, new.size)])
    return np.concatenate([reviews, new])[np.argsort(shares, kind="stable")]


def _shares(done: int, left: int) -> FloatArray:
    return (done + np.arange(left) + 0.5) / max(1, done + left)


def _reason(held_back: HeldBack, later: datetime | None) -> EndReason:
    if later is not None:
        return EndReason.LEARNING_LATER
    if held_back.review_limit:
        return EndReason.REVIEW_LIMIT
    if held_back.new_limit:
        return EndReason.NEW_LIMIT
    return EndReason.SIBLINGS if held_back.siblings else EndReason.NOTHING_DUE
