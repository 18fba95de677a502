"""Cards set aside or marked by the student: bury, suspend, flag, and back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from quizzes.core.events import Kind
from quizzes.core.history import Progress
from quizzes.models import User
from quizzes.selectors.study.answers import waits_for_quiz
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.queue import Desk
from quizzes.services.study.asking import StaleQuestionError, on_page, resume_with
from quizzes.services.study.log import Pen, close_log, control_event, open_log, write_event

MARKS = {
    "bury": Kind.BURY,
    "unbury": Kind.UNBURY,
    "suspend": Kind.SUSPEND,
    "unsuspend": Kind.UNSUSPEND,
    "flag": Kind.FLAG,
    "unflag": Kind.FLAG,
}


class UnknownMarkError(ValueError):
    """There is no such mark."""


@transaction.atomic
def mark_card(*, user: User, asked: Asked, mark: str, now: datetime) -> tuple[Desk, Asked | None]:
    """Mark the card of a question; returns the question to show next, another one if the card was set aside.

    A mark that the card has already changes nothing. Raises StaleQuestionError if the card was answered or marked
    elsewhere since; UnknownMarkError, NotAStudentError.
    """
    pen = open_log(user)
    _mark(pen, asked.card_id, mark, asked.revision, now, asked)
    return resume_with(pen, scope=asked.scope, now=now)


@transaction.atomic
def mark_by_card(*, user: User, card_id: int, mark: str, seen_revision: int, now: datetime) -> None:
    """Mark a card outside of a session, as long as its memory is at the revision that the page showed.

    The caller has made sure that the person may see the card. A mark that the card has already changes nothing. Raises
    StaleQuestionError if the card was answered or marked elsewhere since; UnknownMarkError, NotAStudentError.
    """
    pen = open_log(user)
    _mark(pen, card_id, mark, seen_revision, now, None)
    if pen.written:
        close_log(pen, pen.asked)


def _mark(pen: Pen, card_id: int, mark: str, seen_revision: int, now: datetime, asked: Asked | None) -> None:
    if mark not in MARKS:
        raise UnknownMarkError(f"“{mark}” is no mark; the marks are {', '.join(MARKS)}")
    before = pen.memory(card_id)
    changes = _changes(pen, before, mark, now)
    if changes is None:
        return
    if MARKS[mark] in (Kind.BURY, Kind.UNBURY) and waits_for_quiz(pen.student.user_id, card_id, now=now):
        raise UnknownMarkError(f"card {card_id} is set aside until a quiz has closed")
    if before.revision != seen_revision:
        raise StaleQuestionError(f"card {card_id} has moved on")
    write_event(
        pen,
        card_id=card_id,
        event=control_event(pen, MARKS[mark], now, **changes),
        now=now,
        columns={"detail": _detail(asked, changes), **_outside(asked)},
    )
    _keep_on_page(pen, card_id, before.revision + 1, mark)


def _keep_on_page(pen: Pen, card_id: int, revision: int, mark: str) -> None:
    """The question on the page stays if it is of this card, which now has one more event."""
    shown = on_page(pen)
    if shown is not None and shown.card_id == card_id:
        flagged = mark == "flag" if MARKS[mark] is Kind.FLAG else shown.flagged
        pen.asked = shown.again(revision=revision, flagged=flagged).to_json()


def _outside(asked: Asked | None) -> dict[str, Any]:
    """What was on the page, so that undoing the mark shows it again; nothing outside of a session."""
    return (
        {}
        if asked is None
        else {"format": asked.format.value, "item_hash": asked.item_hash, "order": list(asked.order)}
    )


def _detail(asked: Asked | None, changes: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in changes.items()}
    if asked is None:
        return plain
    pair = {"contrast": asked.contrast, "given": asked.given} if asked.contrast else {}
    return {**plain, "shown_meaning": asked.meaning_version, **pair}


def _changes(pen: Pen, before: Progress, mark: str, now: datetime) -> dict[str, Any] | None:
    """What the event says besides its kind; None if the card is marked so already."""
    tomorrow = pen.student.day(now) + timedelta(days=1)
    done: dict[str, tuple[bool, dict[str, Any]]] = {
        "bury": (before.buried_until == tomorrow, {"buried_until": tomorrow}),
        "unbury": (before.buried_until is None, {}),
        "suspend": (before.suspended, {}),
        "unsuspend": (not before.suspended, {}),
        "flag": (before.flag == 1, {"flag": 1}),
        "unflag": (before.flag == 0, {"flag": 0}),
    }
    already, changes = done[mark]
    return None if already else changes
