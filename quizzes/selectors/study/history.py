"""Rows of the log and of progress as the values that the core folds, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q

from quizzes.core.events import Event, Kind
from quizzes.core.history import Progress
from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.phases import Config
from quizzes.core.specs import ASSUMED_KNOWN, Evidence
from quizzes.models import ParameterSet, ReviewLog
from quizzes.models.history import HistoryQuerySet

PLAIN_FIELDS = (
    "revision", "step", "stability", "difficulty", "due_on", "due_at", "interval_days", "reps", "lapses",
    "first_study_day", "last_study_day", "last_answered_at", "suspended", "buried_until", "flag",
    "meaning_version",
)  # fmt: skip
EVENT_COLUMNS = (
    "seq", "kind", "answered_at", "study_day", "client_id", "part", "target_seq", "evidence", "rating", "k",
    "known_before", "correct", "due_reason", "due_on", "due_at", "interval_days", "meaning_version", "taken_for__code",
    "detail", "learning_steps", "relearning_steps", "desired_retention", "parameter_set_id", "card_id",
    "prior_shift",
)  # fmt: skip


def progress_columns(progress: Progress) -> dict[str, Any]:
    """A value as the columns of its row."""
    columns: dict[str, Any] = {name: getattr(progress, name) for name in PLAIN_FIELDS}
    columns["phase"] = progress.phase.value
    columns["confusions"] = {code: [c.taken, c.told_apart] for code, c in progress.confusions.items()}
    return columns


def card_events(*, user_id: int, card_id: int) -> list[Event]:
    """The log of one student's card in order of arrival, adoptions of parameters included; one query."""
    return [event_of(row) for row in rows_of(ReviewLog.objects.filter(user_id=user_id), Q(card_id=card_id))]


def rows_of(log: HistoryQuerySet, cards: Q, *more: str) -> list[dict[str, Any]]:
    """Rows of one student's log with EVENT_COLUMNS and `more`, in order of arrival: of these cards, and of no card in
    particular, which move the memory of each (adoptions of parameters). One query, that finds both by their index."""
    columns = (*EVENT_COLUMNS, *more)
    parts = [log.filter(one).order_by().values(*columns) for one in (cards, Q(card_id=None))]
    return list(parts[0].union(parts[1], all=True).order_by("seq"))


def event_of(row: Mapping[str, Any]) -> Event:
    """A row of the log, with EVENT_COLUMNS, as a value."""
    return Event(
        seq=row["seq"],
        kind=Kind(row["kind"]),
        answered_at=row["answered_at"],
        study_day=row["study_day"],
        client_id=str(row["client_id"]),
        part=row["part"],
        target_seq=row["target_seq"],
        evidence=Evidence(row["evidence"] or Evidence.NONE),
        rating=row["rating"],
        k=row["k"],
        known_before=row["known_before"] if row["known_before"] is not None else ASSUMED_KNOWN,
        shift=shift_of(row["prior_shift"]),
        config=_config(row),
        correct=row["correct"],
        chosen_code=row["taken_for__code"] or "",
        offered=tuple(row["detail"].get("offered", ())),
        due_reason=row["due_reason"],
        due_on=row["due_on"],
        due_at=row["due_at"],
        interval_days=row["interval_days"],
        buried_until=_date(row["detail"].get("buried_until")),
        flag=row["detail"].get("flag", 0),
        meaning_version=row["meaning_version"] or 0,
    )


def shift_of(logged: Mapping[str, Any] | None) -> Shift:
    """The shift that an answer was logged with."""
    return Shift(**logged) if logged else NO_SHIFT


def shift_logged(shift: Shift) -> dict[str, Any] | None:
    """A shift as the log keeps it; None where nothing is known of the card."""
    return shift._asdict() if shift.version else None


def parameters_of(parameter_set_id: int) -> tuple[float, ...]:
    """The values of a parameter set, which never change once written."""
    return _parameters(parameter_set_id)


def clear_cache() -> None:
    """Forget the parameter sets read so far."""
    _parameters.cache_clear()


@lru_cache(maxsize=1024)
def _parameters(parameter_set_id: int) -> tuple[float, ...]:
    return tuple(ParameterSet.objects.values_list("values", flat=True).get(pk=parameter_set_id))


def _config(row: Mapping[str, Any]) -> Config:
    if row["parameter_set_id"] is None:
        return Config()
    return Config(
        learning_steps=tuple(row["learning_steps"] or ()),
        relearning_steps=tuple(row["relearning_steps"] or ()),
        desired_retention=row["desired_retention"] or Config().desired_retention,
        parameters=parameters_of(row["parameter_set_id"]),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def events_by_card(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Event]]:
    """Rows of one student's log as events by card; what is of every card stands with each met before."""
    return {card_id: [event_of(row) for row in found] for card_id, found in rows_by_card(rows).items()}


def rows_by_card(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    """Rows of one student's log by card, those that are of every card with each that was met before them."""
    by_card: dict[int, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["seq"]):
        if row["card_id"] is None:
            for found in by_card.values():
                found.append(row)
        else:
            by_card.setdefault(row["card_id"], []).append(row)
    return by_card
