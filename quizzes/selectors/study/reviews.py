"""The answers of one student or of many as the arrays that memory models are fitted to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from quizzes.core.events import Kind
from quizzes.core.review_arrays import Ints, ReviewArrays, arrays_in_order
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Rating
from quizzes.models import ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.study.history import shift_of

COLUMNS = ("kind", "user_id", "card_id", "study_day", "evidence", "rating", "k", "known_before", "prior_shift")
IN_TIME_ORDER = ("answered_at", "client_id", "part")
WHOLE = ("card", "day", "rating", "options")
AT_FIRST = ("known", "ln_stability", "difficulty")
OWNERS = ("user_id", "card_id")
ROW = np.dtype([*((name, "i8") for name in (*WHOLE, *OWNERS)), *((name, "f8") for name in AT_FIRST)])
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class StudiedReviews:
    """Answers in order of time, and the first and the last study day among them (None without answers).

    `user_id` and `card_id` say whose each is, and to which of the deck's cards.
    """

    arrays: ReviewArrays
    user_id: Ints
    card_id: Ints
    first_day: date | None
    last_day: date | None


def student_reviews(user_id: int) -> StudiedReviews:
    """All answers of a student that stand and are study, in whatever format; one query."""
    return reviews_in(ReviewLog.objects.filter(user_id=user_id))


def reviews_in(log: HistoryQuerySet) -> StudiedReviews:
    """The answers in these rows of the log that stand and are study; one query.

    Each student's card is a card of its own, and a new one after a reset. A guess, said to be one, is a card not
    recalled, which is what it does to the memory.
    """
    kinds = [Kind.ANSWER.value, Kind.RESET.value]
    rows = log.filter(kind__in=kinds).exclude(evidence=Evidence.NONE.value).that_stand().order_by(*IN_TIME_ORDER)
    read = np.fromiter(_answers(rows.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE)), dtype=ROW)
    day = read["day"]
    arrays = arrays_in_order(*(read[name].copy() for name in (*WHOLE, *AT_FIRST)))
    first, last = (date.fromordinal(int(end(day))) if len(day) else None for end in (np.min, np.max))
    return StudiedReviews(arrays, read["user_id"].copy(), read["card_id"].copy(), first, last)


def _answers(rows: Iterator[Any]) -> Iterator[tuple[int | float, ...]]:
    number: dict[tuple[int, int], int] = {}
    met = 0
    for kind, user_id, card_id, day, evidence, rating, k, known, prior_shift in rows:
        if kind == Kind.RESET:
            number.pop((user_id, card_id), None)
            continue
        if (card := number.get((user_id, card_id))) is None:
            card = number[user_id, card_id] = met
            met += 1
        guessed = evidence == Evidence.GUESSED
        known = ASSUMED_KNOWN if known is None else known
        marked = Rating.AGAIN if guessed else rating, 0 if guessed else k or 0
        ln_stability, difficulty, _version = shift_of(prior_shift)
        yield card, day.toordinal(), *marked, user_id, card_id, known, ln_stability, difficulty
