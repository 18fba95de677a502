"""Taking back the last thing done, as an event of its own: the log keeps both."""

from datetime import datetime

from django.db import transaction

from quizzes.core.events import Event, Kind
from quizzes.core.specs import Format
from quizzes.models import ReviewLog, User
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.history import card_events
from quizzes.selectors.study.questions import Shown
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.scopes import read_scope
from quizzes.services.study.asking import ask_card, desk_of, next_question
from quizzes.services.study.class_pairs import forget_answer
from quizzes.services.study.log import Pen, close_log, control_event, count_for_the_day, open_log, write_event

UNDOABLE = [Kind.ANSWER, Kind.BURY, Kind.UNBURY, Kind.SUSPEND, Kind.UNSUSPEND, Kind.FLAG]
HOLDS_AGAIN = [Kind.UNBURY, Kind.UNSUSPEND]


class NothingToUndoError(LookupError):
    """The student has done nothing that can be taken back."""


class StaleUndoError(RuntimeError):
    """Something has been done or taken back since the page was made; nothing was taken back."""


@transaction.atomic
def undo_last(*, user: User, scope: str, now: datetime, last_seq: int | None = None) -> tuple[Desk, Asked | None]:
    """Take back the last answer or mark not yet taken back; its card is asked again with the same options.

    A mark made outside of a session, where no question was shown, is taken back without asking its card.
    `last_seq` is the last event that the page knew of: a form sent twice takes back once. Raises StaleUndoError,
    NothingToUndoError, NotAStudentError.
    """
    pen = open_log(user)
    if last_seq is not None and last_seq != pen.last_seq:
        raise StaleUndoError(f"the log is at {pen.last_seq}, the page at {last_seq}")
    target = find_undoable(user.pk)
    if target is None or target.card_id is None:
        raise NothingToUndoError("there is nothing left to undo")
    take_back(pen, target, now=now)
    scope, shown = _asked_in(target, scope), _shown(target)
    if shown is not None and shown.beside:
        desk = desk_of(pen, pen.decks, now=now)
        beside = ask_card(desk, target.card_id, scope=scope, now=now, shown=shown)
        if beside is not None and beside.beside:
            close_log(pen, pen.asked)
            return desk, beside
    desk = desk_of(pen, pen.decks_in(scope), now=now)
    held = target.kind in HOLDS_AGAIN or shown is None
    asked = None if held else ask_card(desk, target.card_id, scope=scope, now=now, shown=shown)
    asked = asked or next_question(desk, scope=scope, now=now)
    close_log(pen, asked.to_json() if asked else None)
    return desk, asked


def find_undoable(user_id: int) -> ReviewLog | None:
    """The last event that can be taken back; None if there is none. What was handed in with a quiz stands."""
    rows = ReviewLog.objects.filter(user_id=user_id, kind__in=UNDOABLE).exclude(source=ReviewLog.Source.QUIZ)
    rows = rows.that_stand()
    last: ReviewLog | None = rows.order_by("-seq").first()
    return last


def take_back(pen: Pen, target: ReviewLog, *, now: datetime) -> None:
    """Log the undoing of one event; memory and counts are as if it had not happened, due is what held without it."""
    assert target.card_id is not None
    decided = _due_without(target, card_events(user_id=pen.student.user_id, card_id=target.card_id))
    event = control_event(
        pen,
        Kind.UNDO,
        now,
        target_seq=target.seq,
        due_reason="undo",
        due_on=decided.due_on if decided else None,
        due_at=decided.due_at if decided else None,
        interval_days=decided.interval_days if decided else None,
    )
    write_event(pen, card_id=target.card_id, event=event, now=now, columns={})
    if target.kind == Kind.ANSWER:
        count_for_the_day(target, sign=-1)
        forget_answer(target)


def _asked_in(target: ReviewLog, scope: str) -> str:
    """The session to go on with: practice stays practice and study stays study, wherever Undo was pressed."""
    own = target.detail.get("scope", scope)
    return own if read_scope(own).practice != read_scope(scope).practice else scope


def _due_without(target: ReviewLog, events: list[Event]) -> Event | None:
    """The last event, of those that stand, that decided when the card is due."""
    gone = {event.target_seq for event in events if event.kind is Kind.UNDO} | {target.seq}
    stand = [event for event in events if event.kind is not Kind.UNDO and event.seq not in gone]
    return next((event for event in reversed(stand) if event.carries_due), None)


def _shown(target: ReviewLog) -> Shown | None:
    """What was on the page when the event happened; None if that was not kept."""
    if not target.item_hash:
        return None
    meaning = target.meaning_version or target.detail.get("shown_meaning", 0)
    contrast = target.detail.get("contrast", "")
    beside = bool(contrast) and target.source == ReviewLog.Source.PRACTICE
    given = target.detail.get("given", 0)
    return Shown(Format(target.format), target.item_hash, tuple(target.order), meaning, contrast, beside, given)
