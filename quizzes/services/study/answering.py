"""An answer counted: judged, logged, the memory moved, the next question put. Exactly once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.core.daily import NEW, REVIEW
from quizzes.core.events import Event, Kind
from quizzes.core.scheduling import Future
from quizzes.core.specs import Evidence
from quizzes.models import ReviewLog, User
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.feedback import find_answer
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.questions import Subject
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.students import StudiedDeck
from quizzes.selectors.study.subjects import find_subject
from quizzes.services.study.asking import (
    StaleQuestionError,
    desk_of,
    next_question,
    pull_changes,
    resume_with,
    return_for_review,
)
from quizzes.services.study.class_pairs import has_answered, note_answer
from quizzes.services.study.due import due_of, promised
from quizzes.services.study.judging import Given, Judged, UnreadableAnswerError, evidence_used, judge_given
from quizzes.services.study.leeches import leech_after
from quizzes.services.study.log import (
    Pen,
    close_log,
    count_for_the_day,
    evidence_columns,
    open_log,
    write_event,
)

__all__ = ["Done", "Given", "StaleQuestionError", "UnreadableAnswerError", "answer_question"]


@dataclass(frozen=True, slots=True)
class Done:
    """An answer's row of the log (None: one more try, nothing logged), and what to show next."""

    desk: Desk
    asked: Asked | None
    row: ReviewLog | None


@transaction.atomic
def answer_question(*, user: User, asked: Asked, given: Given, now: datetime, source: str = "study") -> Done:
    """Count the answer to a question and put the next one.

    The same question answered twice counts once: the second time returns the first answer's row. Raises
    StaleQuestionError if the card was answered, undone or marked elsewhere since; UnreadableAnswerError;
    NotAStudentError.
    """
    pen = open_log(user)
    on_page = pen.asked is not None and pen.asked.get("client_id") == asked.client_id
    counted = None if on_page else find_answer(user_id=user.pk, client_id=uuid.UUID(asked.client_id))
    if counted is not None:
        desk, current = resume_with(pen, scope=asked.scope, now=now)
        return Done(desk, current, counted)
    decks = pen.decks_in(asked.scope)
    subject = find_subject(pen.student, decks, asked, pen.memories)
    if subject.memory.progress.revision != asked.revision:
        raise StaleQuestionError(f"card {asked.card_id} has moved on")
    if asked.given and has_answered(user.pk, asked.given):
        raise StaleQuestionError(f"pair {asked.given} has been answered on another card")
    asked = _with_help_taken(asked, pen) if on_page else asked
    judged = judge_given(asked, get_item(asked.item_hash), given, subject)
    if isinstance(judged, Asked):
        close_log(pen, judged.to_json())
        return Done(desk_of(pen, decks, now=now), judged, None)
    row = _log(pen, subject, asked, judged, now, source)
    return _go_on(pen, decks, subject, asked, row, now)


def _go_on(
    pen: Pen, decks: Sequence[StudiedDeck], subject: Subject, asked: Asked, row: ReviewLog, now: datetime
) -> Done:
    today, scope = count_for_the_day(row), asked.scope
    if (row.meaning_version or 0) < subject.place.meaning_version:
        return_for_review(pen, subject.place, now=now)
    if asked.beside:
        return Done(*resume_with(pen, scope=scope, now=now), row)
    pull_changes(pen, decks, now=now)
    desk = desk_of(pen, decks, now=now, today=today)
    upcoming = next_question(desk, scope=scope, now=now)
    close_log(pen, upcoming.to_json() if upcoming else None)
    return Done(desk, upcoming, row)


def _with_help_taken(asked: Asked, pen: Pen) -> Asked:
    """The question with the hints and tries that its student had, also if they went back to the page before."""
    kept = pen.asked or {}
    hints, attempt = max(asked.hints, kept.get("hints", 0)), max(asked.attempt, kept.get("attempt", 1))
    return asked if (hints, attempt) == (asked.hints, asked.attempt) else asked.again(hints=hints, attempt=attempt)


def _log(pen: Pen, subject: Subject, asked: Asked, judged: Judged, now: datetime, source: str) -> ReviewLog:
    event = _event(pen, subject, asked, judged, now)
    columns = {
        "format": asked.format.value,
        "item_hash": asked.item_hash,
        "order": list(asked.order),
        "source": ReviewLog.Source.PRACTICE.value if asked.practice else source,
        **evidence_columns(event, pen.student),
        **evidence_used(judged, subject, event),
        "detail": _detail(subject, asked, judged, now),
    }
    row = write_event(pen, card_id=asked.card_id, event=event, now=now, columns=columns)
    note_answer(row)
    return row


def _event(pen: Pen, subject: Subject, asked: Asked, judged: Judged, now: datetime) -> Event:
    due = due_of(pen.student, *promised(subject, asked, judged.future, now), now) if judged.future else {}
    return Event(
        seq=pen.next_seq(),
        kind=Kind.ANSWER,
        answered_at=now,
        study_day=pen.student.day(now),
        client_id=asked.client_id,
        evidence=judged.marked.evidence,
        rating=judged.marked.rating,
        k=judged.marked.k,
        known_before=asked.known_before,
        shift=asked.shift,
        config=pen.student.config,
        correct=judged.marked.correct,
        chosen_code=judged.taken_for,
        offered=judged.offered,
        meaning_version=asked.meaning_version,
        **due,
    )


def _detail(subject: Subject, asked: Asked, judged: Judged, now: datetime) -> dict[str, Any]:
    detail = {
        **judged.detail,
        "deck": subject.content.deck_id,
        "scope": asked.scope,
        "counts_as": _counts_as(subject.memory.progress.phase, judged.marked.evidence),
        "offered": list(judged.offered),
    }
    if asked.contrast:
        detail["contrast"] = asked.contrast
    if asked.given:
        detail["given"] = asked.given
    if subject.memory.progress.flag:
        detail["flagged"] = True
    if leech := leech_after(subject.memory.progress, judged.marked, judged.taken_for):
        detail["leech"] = leech
    if judged.marked.evidence is Evidence.CHOICE:
        promise, _reason = promised(subject, asked, Future.GUESSED, now)
        detail["guessed"] = promise.to_json()
    return detail


def _counts_as(phase: str, evidence: Evidence) -> str:
    """Which daily limit an answer uses up: of new cards, of reviews, or none."""
    if evidence is Evidence.NONE:
        return ""
    return {"new": NEW, "review": REVIEW}.get(phase, "")
