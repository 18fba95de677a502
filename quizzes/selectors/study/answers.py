"""One student's answers to some cards, with the memory that each left, as pages tell of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from quizzes.core.curves import Stretch, recall_on
from quizzes.core.events import Event, Kind
from quizzes.core.forecasting import Forecaster
from quizzes.core.history import memories
from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.core.specs import Evidence, Format
from quizzes.models import Attempt, Quiz, ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.study.history import event_of, rows_by_card, rows_of
from quizzes.selectors.study.students import Student
from quizzes.selectors.study.wording import days_words, minutes_words

SHOWN_COLUMNS = ("format", "taken_for__term", "typed", "source")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer in the card's history; `recall` is what is predicted for just before it, None of a first answer."""

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

    `shift` is what earlier students had shown of the card when it was met. `hidden_until` is when a quiz that has not
    closed tells how one of the answers went; None if nothing is hidden.
    """

    answers: Sequence[AnswerLine] = ()
    stretches: Sequence[Stretch] = ()
    due_reason: str = ""
    hidden_until: datetime | None = None
    shift: Shift = NO_SHIFT


def read_histories(student: Student, card_ids: Collection[int], *, now: datetime) -> dict[int, CardHistory]:
    """The histories of these cards; one query, and one more where a quiz has ever kept how one was answered."""
    log = ReviewLog.objects.filter(user_id=student.user_id)
    rows = rows_of(log, Q(card_id__in=card_ids), *SHOWN_COLUMNS)
    hidden = hidden_attempts(student.user_id, now=now) if any("hidden_until" in row["detail"] for row in rows) else {}
    return {card_id: _history(found, hidden, student.forecaster) for card_id, found in rows_by_card(rows).items()}


def hidden_attempts(user_id: int, *, now: datetime) -> Mapping[UUID, datetime]:
    """The student's attempts at quizzes that do not tell yet how they went, each with when it may be told; one query.

    By the dates that hold now, whatever they were when the attempt was handed in.
    """
    kept = Attempt.objects.filter(
        user_id=user_id, submitted_at__isnull=False, quiz__feedback=Quiz.Feedback.CLOSING
    ).annotate(own=Max("quiz__accommodations__closes_at"))
    ends = ((one, max(all_, own or all_)) for one, all_, own in kept.values_list("public_id", "quiz__closes_at", "own"))
    return {one: until for one, until in ends if now < until}


def hidden_answers(user_id: int, *, now: datetime) -> HistoryQuerySet:
    """The student's answers at quizzes that do not tell yet how they went; a query for the attempts."""
    rows: HistoryQuerySet = ReviewLog.objects.filter(
        user_id=user_id, source=ReviewLog.Source.QUIZ, kind=Kind.ANSWER.value
    )
    return rows.filter(client_id__in=list(hidden_attempts(user_id, now=now)))


def hidden_cards(user_id: int, *, now: datetime) -> Collection[int]:
    """The cards of those answers; two queries."""
    return set(hidden_answers(user_id, now=now).values_list("card_id", flat=True))


def waits_for_quiz(user_id: int, card_id: int, *, now: datetime) -> bool:
    """Whether a card is set aside since a quiz does not tell yet how it was answered; two queries at most."""
    return hidden_answers(user_id, now=now).filter(card_id=card_id).exists()


def may_wait(buried: Iterable[date | None], today: date) -> bool:
    """Whether a quiz may keep how a card was answered, by the days until which cards are buried: it buries each."""
    return any(until is not None and until > today for until in buried)


def _history(
    rows: Sequence[Mapping[str, Any]], hidden_at: Mapping[UUID, datetime], forecaster: Forecaster
) -> CardHistory:
    events, shown = [event_of(row) for row in rows], {row["seq"]: row for row in rows}
    lines: list[AnswerLine] = []
    stretches: list[Stretch] = []
    shift = NO_SHIFT
    for event, left in memories(events):
        if event.kind is Kind.RESET or left.memory is None:
            stretches.clear()
            continue
        hidden = shown[event.seq]["source"] == ReviewLog.Source.QUIZ and UUID(event.client_id) in hidden_at
        lines.append(_hidden_line(event) if hidden else _line(event, shown[event.seq], stretches[-1:], forecaster))
        if event.evidence is not Evidence.NONE:
            shift = shift if stretches else event.shift
            if stretches and stretches[-1].since == event.study_day:
                stretches.pop()
            stretches.append(Stretch(event.study_day, left.memory, left.reps, left.lapses))
    decided = next((event for event in reversed(events) if event.carries_due), None)
    waits = [hidden_at[row["client_id"]] for row in rows if row["client_id"] in hidden_at]
    return CardHistory(lines, stretches, decided.due_reason if decided else "", max(waits, default=None), shift)


def _hidden_line(event: Event) -> AnswerLine:
    return AnswerLine(
        event.answered_at, event.study_day, _("quiz"), _("told when the quiz has closed"), False, None, ""
    )


def _line(event: Event, row: Mapping[str, Any], last: Sequence[Stretch], forecaster: Forecaster) -> AnswerLine:
    recall = recall_on(last[0], 0.0, event.study_day, forecaster) if last else None
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
