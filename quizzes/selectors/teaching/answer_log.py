"""The log as columns for figures of cards, some students at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import nan
from typing import Any

import numpy as np
from django.db.models import Case, CharField, F, JSONField, QuerySet, Value, When
from numpy.typing import NDArray

from quizzes.core.answer_sums import Answers
from quizzes.core.review_arrays import Ints
from quizzes.core.specs import Format
from quizzes.models import ReviewLog
from quizzes.models.history import HistoryQuerySet

AT_ONCE = 100
"""So many students' answers are in memory at a time."""
CHUNK = 10_000
COLUMNS = ("user_id", "card_id", "study_day", "correct", "k", "predicted_recall", "chosen", "new_hash", "new_detail")


@dataclass(frozen=True, slots=True)
class Showing:
    """What a first answer was given to: the question's hash, and of a choice the codes offered and the one chosen."""

    hash: str
    offered: Sequence[str] = ()
    chosen: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AnswersRead:
    """Some students' answers; `showings` are those of answers to cards that the student had no memory of, by row."""

    answers: Answers
    showings: Mapping[int, Showing]


def read_answers(students: Sequence[int], cards: Sequence[int], *, at_once: int = AT_ONCE) -> Iterator[AnswersRead]:
    """The answers of these students to these cards (ids, both rising); a query for each hundred students.

    Answers count that stand, are study and were not too quick for it.
    """
    known = np.array(cards, np.int64)
    for at in range(0, len(students), at_once):
        yield _read(_rows(students[at : at + at_once]), np.array(students, np.int64), known)


def _rows(students: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """With the question and what was offered only where it may be the first answer: they are long."""
    log: HistoryQuerySet = ReviewLog.objects.filter(user_id__in=students, correct__isnull=False)
    new = When(predicted_recall__isnull=True, then=F("item_hash"))
    detail = When(predicted_recall__isnull=True, format=Format.CHOICE.value, then=F("detail"))
    found = log.answers_that_stand().annotate(
        new_hash=Case(new, default=Value(""), output_field=CharField()),
        new_detail=Case(detail, default=None, output_field=JSONField()),
    )
    rows: QuerySet[ReviewLog, Any] = found.order_by("user_id", "answered_at", "client_id", "part")
    return rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK)


def _read(rows: Iterator[tuple[Any, ...]], students: Ints, cards: Ints) -> AnswersRead:
    parts, showings, size = [_columns([])], dict[int, Showing](), 0
    for some in iter(lambda: list(islice(rows, CHUNK)), []):
        columns = _columns(some)
        asked = np.isin(columns[1], cards)
        parts.append([column[asked] for column in columns])
        for place, row in enumerate(np.flatnonzero(asked).tolist(), start=size):
            if some[row][-2]:
                showings[place] = _showing(some[row])
        size += int(asked.sum())
    user, card, day, right, options, recall = (np.concatenate(found) for found in zip(*parts, strict=True))
    answers = Answers(np.searchsorted(students, user), np.searchsorted(cards, card), day, right, options, recall)
    return AnswersRead(answers, showings)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[NDArray[Any]]:
    return [
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([row[2].toordinal() for row in rows], np.int64),
        np.array([row[3] for row in rows], np.bool_),
        np.array([row[4] or 0 for row in rows], np.int64),
        np.array([nan if row[5] is None else row[5] for row in rows], np.float64),
    ]


def _showing(row: tuple[Any, ...]) -> Showing:
    """Of a question “which is which?” only the hash: its two answer choices were picked for one student."""
    chosen, item_hash, detail = row[-3:]
    if not detail or "contrast" in detail or chosen is None:
        return Showing(item_hash)
    offered = detail.get("offered", ())
    return Showing(item_hash, offered, chosen if chosen < len(offered) else None)
