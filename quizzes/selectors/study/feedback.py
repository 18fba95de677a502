"""The feedback to an answer, printed from the log alone, so that the same answer always gets the same page."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from quizzes.core.events import Kind
from quizzes.core.specs import Evidence, Format
from quizzes.models import ReviewLog
from quizzes.selectors.study.asked import Asked, Promise, sign
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.notices import notice_after
from quizzes.selectors.study.pages import (
    SessionPage,
    choices,
    content_of,
    kicker,
    progress_in,
    question_page,
    rating_label,
    session_url,
    why_url,
)
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.wording import comes_back

SALT = "quizzes.guessed"


class BadGuessError(ValueError):
    """The page's token for “I guessed” was not issued to this person."""


def find_answer(*, user_id: int, client_id: UUID) -> ReviewLog | None:
    """The logged answer of that id; None if this person has given none."""
    row: ReviewLog | None = ReviewLog.objects.filter(
        user_id=user_id, client_id=client_id, part=0, kind=Kind.ANSWER
    ).first()
    return row


def read_guess(token: str, user_id: int) -> tuple[UUID, str]:
    """Id of the answer that was a guess, and the scope to go on with; raises BadGuessError."""
    try:
        client_id, scope = signing.loads(token, salt=f"{SALT}.{user_id}")
        return UUID(client_id), scope
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadGuessError("this page was not issued to you by this site") from error


def feedback_page(desk: Desk, row: ReviewLog, *, upcoming: Asked | None) -> SessionPage:
    """What the student sees after a choice or a typed answer, with the next question behind it."""
    item = get_item(row.item_hash)
    key = next(option for option in item["options"] if option["is_key"])
    scope = row.detail.get("scope", "")
    choice = row.format == Format.CHOICE
    content = content_of(desk, item)
    guess = _guess_promise(row)
    return SessionPage(
        template="study/_feedback.html",
        title=item["stem"],
        scope=scope,
        shortcuts=desk.student.shortcuts,
        progress=progress_in(desk, scope),
        practice=row.source == ReviewLog.Source.PRACTICE,
        why_url=why_url(row.card_id or 0),
        can_undo=True,
        last_seq=desk.last_seq,
        **notice_after(desk, row).on_page(),
        next_url=session_url(scope),
        token=sign(_answered(row), desk.student.user_id),
        format=row.format,
        kicker=kicker(desk, item),
        stem=item["stem"],
        answer=key["text"],
        explanation="" if choice else key["feedback"],
        caution=item["caution"],
        locator=item["locator"],
        disclaimer=content.disclaimer if content else "",
        language=content.language if content else "en",
        flagged=row.detail.get("flagged", False),
        options=choices(item, row.order, row.chosen) if choice else (),
        correct=row.correct,
        verdict=_verdict(row),
        typed=row.typed,
        interval=comes_back(_promise(row)),
        guess_token=signing.dumps([str(row.client_id), scope], salt=f"{SALT}.{row.user_id}") if guess else "",
        guess_interval=comes_back(guess),
        next=question_page(desk, upcoming) if upcoming else None,
    )


def said_of(row: ReviewLog) -> str:
    """What the status line says after a flashcard: “Good, comes back in 5 d”; its answer stands on no other page."""
    if row.rating is None:
        return ""
    return ", ".join(filter(None, [rating_label(row.rating), comes_back(_promise(row))]))


def _answered(row: ReviewLog) -> Asked:
    """The question of a logged answer as of just after it, for the marks on its feedback page."""
    assert row.card_id is not None
    return Asked(
        client_id=str(row.client_id),
        card_id=row.card_id,
        revision=row.revision_before + 1,
        format=Format(row.format),
        item_hash=row.item_hash,
        order=tuple(row.order),
        scope=row.detail.get("scope", ""),
        study_day=row.study_day.isoformat(),
        issued_at=row.answered_at.isoformat(),
        known_before=row.known_before or 0.0,
        meaning_version=row.meaning_version or 0,
        contrast=row.detail.get("contrast", ""),
        beside=bool(row.detail.get("contrast")) and row.source == ReviewLog.Source.PRACTICE,
    )


def _promise(row: ReviewLog) -> Promise | None:
    """When the card comes back, as logged."""
    if row.due_on is None or row.evidence == Evidence.NONE:
        return None
    minutes = (row.due_at - row.answered_at).total_seconds() / 60 if row.due_at else None
    return Promise(int(row.interval_days or 0), row.due_on.isoformat(), minutes)


def _guess_promise(row: ReviewLog) -> Promise | None:
    """What “I guessed” would do; None where it makes no difference."""
    guess: list[Any] | None = row.detail.get("guessed")
    return Promise(*guess) if guess and row.evidence == Evidence.CHOICE else None


def _verdict(row: ReviewLog) -> str:
    if row.detail.get("rapid"):
        return _("Too quick to count. The card comes again.")
    if row.detail.get("typed_as") == "typo":
        return _("Right, but mind the spelling")
    if row.correct:
        return _("Right")
    return _("Not right") if row.typed or row.chosen is not None else _("The answer is")
