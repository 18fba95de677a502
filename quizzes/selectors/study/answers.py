"""One student's answers to some cards, with the memory that each left, as pages tell of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quizzes.core.curves import Stretch
from quizzes.core.events import Event, Kind
from quizzes.core.history import memories
from quizzes.core.memory import retrievability
from quizzes.core.specs import Evidence, Format
from quizzes.models import ReviewLog
from quizzes.selectors.study.history import EVENT_COLUMNS, event_of
from quizzes.selectors.study.wording import days_words, minutes_words

SHOWN_COLUMNS = ("format", "taken_for__term", "typed", "source")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer in the card's history; `recall` was predicted just before it, None of a first answer."""

    at: datetime
    day: date
    asked_as: str
    result: str
    correct: bool
    recall: float | None
    interval: str


@dataclass(frozen=True, slots=True)
class CardHistory:
    """A card's answers in order of time, the memory after each study day's last, and why it is due when it is.

    `hidden_until` is when a quiz that has not closed tells how one of the answers went; None if nothing is hidden.
    """

    answers: Sequence[AnswerLine] = ()
    stretches: Sequence[Stretch] = ()
    due_reason: str = ""
    hidden_until: datetime | None = None


def read_histories(user_id: int, card_ids: Collection[int], *, now: datetime) -> dict[int, CardHistory]:
    """The histories of these cards; one query."""
    rows = ReviewLog.objects.filter(user_id=user_id, card_id__in=card_ids).order_by("seq")
    by_card: dict[int, list[dict[str, Any]]] = {}
    for row in rows.values(*EVENT_COLUMNS, *SHOWN_COLUMNS):
        by_card.setdefault(row["card_id"], []).append(row)
    return {card_id: _history(found, now) for card_id, found in by_card.items()}


def hidden_until(row: Mapping[str, Any], now: datetime) -> datetime | None:
    """When it may be told how an answer went, given at a quiz that keeps that; None if it may be now."""
    said = row["detail"].get("hidden_until")
    until = datetime.fromisoformat(said) if said else None
    return until if until and now < until else None


def hidden_answers(user_id: int, *, now: datetime) -> QuerySet[ReviewLog, Any]:
    """The student's answers at quizzes that do not tell yet how they went."""
    rows = ReviewLog.objects.filter(user_id=user_id, source=ReviewLog.Source.QUIZ)
    return rows.filter(detail__hidden_until__gt=now.astimezone(UTC).isoformat())


def waits_for_quiz(user_id: int, card_id: int, *, now: datetime) -> bool:
    """Whether a card is set aside since a quiz does not tell yet how it was answered; a query."""
    return hidden_answers(user_id, now=now).filter(card_id=card_id).exists()


def _history(rows: Sequence[Mapping[str, Any]], now: datetime) -> CardHistory:
    events, shown = [event_of(row) for row in rows], {row["seq"]: row for row in rows}
    lines: list[AnswerLine] = []
    stretches: list[Stretch] = []
    for event, left in memories(events):
        if event.kind is Kind.RESET or left.memory is None:
            stretches.clear()
            continue
        hidden = hidden_until(shown[event.seq], now)
        lines.append(_hidden_line(event) if hidden else _line(event, shown[event.seq], stretches))
        if event.evidence is not Evidence.NONE:
            if stretches and stretches[-1].since == event.study_day:
                stretches.pop()
            stretches.append(Stretch(event.study_day, left.memory))
    decided = next((event for event in reversed(events) if event.carries_due), None)
    waits = [until for row in rows if (until := hidden_until(row, now))]
    return CardHistory(lines, stretches, decided.due_reason if decided else "", max(waits, default=None))


def _hidden_line(event: Event) -> AnswerLine:
    return AnswerLine(
        event.answered_at, event.study_day, _("quiz"), _("told when the quiz has closed"), False, None, ""
    )


def _line(event: Event, row: Mapping[str, Any], before: Sequence[Stretch]) -> AnswerLine:
    recall = None
    if before:
        elapsed = max(0, (event.study_day - before[-1].since).days)
        recall = retrievability(before[-1].memory, elapsed, event.config.parameters)
    return AnswerLine(
        at=event.answered_at,
        day=event.study_day,
        asked_as=format_words(row["format"]),
        result=_result(event, row),
        correct=bool(event.correct),
        recall=recall,
        interval=_interval(event),
    )


def _result(event: Event, row: Mapping[str, Any]) -> str:
    if event.evidence is Evidence.GUESSED:
        return _("right, a guess")
    if event.correct:
        return _("right, but hard") if event.rating == 2 else _("right")
    taken_for = row["taken_for__term"] or row["typed"]
    return _("wrong: %(answer)s") % {"answer": taken_for} if taken_for else _("wrong")


def _interval(event: Event) -> str:
    if event.evidence is Evidence.NONE:
        return _("does not count")
    if event.due_at is not None:
        return minutes_words((event.due_at - event.answered_at).total_seconds() / 60)
    return days_words(int(event.interval_days or 0))


def format_words(name: str) -> str:
    """A format as students know it."""
    names = {Format.FLASHCARD: _("flashcard"), Format.CHOICE: _("answer choices"), Format.TYPED: _("typed")}
    return names[Format(name)] if name else ""
