"""Students' logs as core.effort reads them: one query for many students, over the cards of some decks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models.fields.json import KT

from quizzes.core.daily import REVIEW
from quizzes.core.effort import Entry
from quizzes.core.events import Kind
from quizzes.core.specs import Evidence
from quizzes.models import ReviewLog

COLUMNS = (
    "user_id", "card__deck_id", "seq", "kind", "card_id", "study_day", "answered_at", "target_seq", "evidence",
    "due_reason", "due_on", "due_at", "counts_as", "buried_until",
)  # fmt: skip
WITHOUT_EFFECT = (Kind.FLAG.value, Kind.ADOPT_PARAMETERS.value)

Entries = Mapping[tuple[int, int], Sequence[Entry]]


def read_entries(user_ids: Collection[int], deck_ids: Collection[int]) -> Entries:
    """The entries of each of these students in each of these decks, by (user, deck); one query."""
    rows = ReviewLog.objects.filter(user_id__in=user_ids, card__deck__in=deck_ids).exclude(kind__in=WITHOUT_EFFECT)
    said = rows.annotate(counts_as=KT("detail__counts_as"), buried_until=KT("detail__buried_until"))
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for user_id, deck_id, *row in said.order_by().values_list(*COLUMNS):
        found[user_id, deck_id].append(_entry(*row))
    return found


def entries_of(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The same of whole rows of the log, with EVENT_COLUMNS of selectors.study.history."""
    return [
        _entry(
            row["seq"],
            row["kind"],
            row["card_id"],
            row["study_day"],
            row["answered_at"],
            row["target_seq"],
            row["evidence"],
            row["due_reason"],
            row["due_on"],
            row["due_at"],
            row["detail"].get("counts_as"),
            row["detail"].get("buried_until"),
        )
        for row in rows
    ]


def _entry(
    seq: int, kind: str, card_id: int | None, study_day: date, answered_at: datetime, target_seq: int | None,
    evidence: str, due_reason: str, due_on: date | None, due_at: datetime | None, counts_as: str | None,
    buried_until: str | None,
) -> Entry:  # fmt: skip
    return Entry(
        seq=seq,
        kind=kind,
        card_id=card_id,
        study_day=study_day,
        answered_at=answered_at,
        target_seq=target_seq,
        evidence=evidence not in ("", Evidence.NONE.value),
        is_review=counts_as == REVIEW,
        carries_due=due_on is not None or bool(due_reason),
        due_on=due_on,
        in_steps=due_at is not None,
        buried_until=date.fromisoformat(buried_until) if buried_until else None,
    )
