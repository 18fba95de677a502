"""The answers of one student or of many as the arrays that memory models are fitted to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from quizzes.core.events import Kind
from quizzes.core.review_arrays import ReviewArrays, arrays_in_order
from quizzes.core.specs import ASSUMED_KNOWN, Evidence, Rating
from quizzes.models import ReviewLog
from quizzes.models.history import HistoryQuerySet

COLUMNS = ("kind", "user_id", "card_id", "study_day", "evidence", "rating", "k", "known_before")
IN_TIME_ORDER = ("answered_at", "client_id", "part")
ROW = np.dtype([("card", "i8"), ("day", "i4"), ("rating", "i1"), ("options", "i2"), ("known", "f8")])
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class StudiedReviews:
    """Answers in order of time, and the first and the last study day among them (None without answers)."""

    arrays: ReviewArrays
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
    card, day, rating, options = (read[name].astype(np.int64) for name in ("card", "day", "rating", "options"))
    arrays = arrays_in_order(card, day, rating, options, read["known"].copy())
    first, last = (date.fromordinal(int(end(day))) if len(day) else None for end in (np.min, np.max))
    return StudiedReviews(arrays, first, last)


def _answers(rows: Iterator[Any]) -> Iterator[tuple[int, int, int, int, float]]:
    number: dict[tuple[int, int], int] = {}
    met = 0
    for kind, user_id, card_id, day, evidence, rating, k, known in rows:
        if kind == Kind.RESET:
            number.pop((user_id, card_id), None)
            continue
        if (card := number.get((user_id, card_id))) is None:
            card = number[user_id, card_id] = met
            met += 1
        guessed = evidence == Evidence.GUESSED
        known = ASSUMED_KNOWN if known is None else known
        yield card, day.toordinal(), Rating.AGAIN if guessed else rating, 0 if guessed else k or 0, known
