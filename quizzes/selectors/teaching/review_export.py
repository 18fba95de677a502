"""The review log of a class as rows of a table: read student by student, so that a million rows need no memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from quizzes.core.events import Kind
from quizzes.core.specs import Evidence, Rating
from quizzes.models import ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.teaching.exported import Exported, student_heads

PLACES = 4
EVENTS_AT_ONCE = 10_000
ROWS_AT_ONCE = 2_000
NOT_RATED = 0
COLUMNS = (
    "user_id", "seq", "kind", "target_seq", "card_id", "card__key", "card__fact__section__slug", "card__deck__slug",
    "answered_at", "study_day", "time_zone", "format", "item_hash", "chosen", "taken_for__code", "correct", "k",
    "evidence", "rating", "predicted_recall", "interval_days", "due_on", "duration_ms", "source",
)  # fmt: skip
HEADS = (
    "card_id", "deck", "section", "card", "number", "event", "undoes", "format", "item", "chosen", "taken_for",
    "correct", "choices", "evidence", "review_rating", "predicted_recall", "interval_days", "due_on", "review_time",
    "study_day", "time_zone", "review_duration", "source",
)  # fmt: skip
"""Not translated: programs read them, `manage.py evaluate_memory` among these. docs/downloads.md explains each."""


def review_heads(*, pseudonymous: bool) -> list[str]:
    """The heads of the log; under pseudonyms without the time zone, which may tell who somebody is."""
    return [
        *student_heads(pseudonymous=pseudonymous),
        *(one for one in HEADS if not pseudonymous or one != "time_zone"),
    ]


def review_rows(
    students: Sequence[Exported],
    deck_ids: Sequence[int],
    *,
    pseudonymous: bool = False,
    everything: bool = False,
    tell: Callable[[int], None] = lambda _done: None,
) -> Iterator[list[object]]:
    """Heads, then a row for each answer that stands, in the order of each student's log; with `everything` for each
    event of a card.

    Practice is nobody's business but the student's and in neither. A few students are read with one query each time;
    `tell` hears how many events have been looked at, also of other decks.
    """
    yield [*review_heads(pseudonymous=pseudonymous)]
    done = 0
    for some in _parts(students):
        log = ReviewLog.objects.filter(user_id__in=list(some), card__deck_id__in=deck_ids)
        found = _every_event(log) if everything else log.answers_that_stand()
        rows = found.order_by("user_id", "seq").values_list(*COLUMNS)
        for row in _in_order(rows.iterator(chunk_size=ROWS_AT_ONCE), list(some)):
            yield _row(some[row[0]], row, pseudonymous=pseudonymous)
        done += sum(one.events for one in some.values())
        tell(done)


def _in_order(rows: Iterator[Sequence[Any]], user_ids: Sequence[int]) -> Iterable[Sequence[Any]]:
    """Rows that come by account in the order of the students: that of accounts would tell on pseudonyms."""
    if len(user_ids) == 1:
        return rows
    place = {user_id: at for at, user_id in enumerate(user_ids)}
    return sorted(rows, key=lambda row: place[row[0]])


def _every_event(log: HistoryQuerySet) -> HistoryQuerySet:
    """All but practice, and what took back practice."""
    practice = ReviewLog.objects.filter(source=ReviewLog.Source.PRACTICE.value)
    undone = practice.filter(user_id=OuterRef("user_id"), seq=OuterRef("target_seq"))
    return log.exclude(source=ReviewLog.Source.PRACTICE.value).exclude(Exists(undone))


def _parts(students: Sequence[Exported]) -> Iterator[Mapping[int, Exported]]:
    """Students in parts that have some thousands of events together, or are one student."""
    part: dict[int, Exported] = {}
    events = 0
    for student in students:
        if part and events + student.events > EVENTS_AT_ONCE:
            yield part
            part, events = {}, 0
        part[student.user_id] = student
        events += student.events
    if part:
        yield part


def _row(student: Exported, row: Sequence[Any], *, pseudonymous: bool) -> list[object]:
    (
        _user, seq, kind, target, card_id, key, section, deck, answered_at, day, zone, way, item, chosen, taken_for,
        correct, k, evidence, rating, recall, interval, due_on, duration, source,
    ) = row  # fmt: skip
    at = answered_at.astimezone(UTC)
    return [
        *student.cells, f"{student.mark}/{card_id}", deck, section, key, seq, kind, target, way, item, chosen,
        taken_for, None if correct is None else int(correct), k, evidence, _rating(kind, evidence, rating),
        _rounded(recall), _rounded(interval), _iso(due_on), _moment(at, pseudonymous=pseudonymous), _iso(day),
        *(() if pseudonymous else (zone,)), duration, source,
    ]  # fmt: skip


def _rating(kind: str, evidence: str, rating: int | None) -> int:
    """What the answer did to the memory: a guess, said to be one, is a card not recalled; 0 is no evidence."""
    if kind != Kind.ANSWER or evidence == Evidence.NONE or rating is None:
        return NOT_RATED
    return int(Rating.AGAIN) if evidence == Evidence.GUESSED else rating


def _moment(at: datetime, *, pseudonymous: bool) -> str:
    """To the second; under pseudonyms to the hour, since the page of a student tells when they were last seen."""
    return (
        at.replace(minute=0, second=0, microsecond=0).isoformat() if pseudonymous else at.isoformat(timespec="seconds")
    )


def _iso(day: Any) -> str | None:  # noqa: ANN401
    return day.isoformat() if day else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
