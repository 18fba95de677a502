"""Sending what waits to be sent, a few at a time, beside other workers.

A copy is sent once at most: a worker takes it in hand by one conditional update, and what was in the hand of a worker
that never came back is not tried again, since it may have arrived.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.core.mail import get_connection
from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.models import Message, MessageCopy
from quizzes.selectors.people.reminders import wants_reminders
from quizzes.selectors.teaching.mails import mail_of
from quizzes.selectors.teaching.recipients import why_no_mail

MOST_AT_ONCE = 20
IN_HAND = timedelta(minutes=15)
"""How long a copy waits for a worker that was killed; far longer than handing in an e-mail can take."""
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""After each failed try; after one more it is given up."""
REMINDER_LASTS = timedelta(hours=2)

State = MessageCopy.State
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an e-mail could not be handed in. `final`: it never can; `of_server`: others cannot now either."""

    words: str
    final: bool = False
    of_server: bool = False


def send_some(
    *, clock: Callable[[], datetime], most: int = MOST_AT_ONCE, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Send the copies that wait longest, so many at most; whether there may be more to do at once.

    It ends early when `stop` says so, and when the mail server takes nothing.
    """
    _give_up_what_was_left(clock())
    waiting = MessageCopy.objects.filter(state=State.QUEUED, next_try_at__lte=clock())
    ids = list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[:most])
    connection = get_connection()
    try:
        for copy_id in ids:
            if stop() or not _send_one(copy_id, connection, clock):
                return False
    finally:
        connection.close()
    return len(ids) == most


def claim(*, copy_id: int, now: datetime) -> MessageCopy | None:
    """Take a copy in hand; None if somebody else has it, or had it since it was looked for."""
    about = ("message__cohort", "message__sender", "user__profile")
    copy = MessageCopy.objects.select_related(*about).filter(pk=copy_id, state=State.QUEUED).first()
    if copy is None:
        return None
    free = MessageCopy.objects.filter(pk=copy_id, state=State.QUEUED, tries=copy.tries)
    if not free.update(state=State.SENDING, tries=F("tries") + 1, next_try_at=now + IN_HAND):
        return None
    copy.tries += 1
    return copy


def _send_one(copy_id: int, connection: Any, clock: Callable[[], datetime]) -> bool:  # noqa: ANN401
    """Whether the mail server can take others: False where it could not take this one for a reason of its own."""
    copy = claim(copy_id=copy_id, now=clock())
    if copy is None:
        return True
    if why := _hindrance(copy, clock()):
        _give_up(copy, why)
        return True
    fault = _hand_in(copy, connection)
    if fault is None:
        MessageCopy.objects.filter(pk=copy.pk).update(state=State.SENT, sent_at=clock(), trouble="")
        return True
    if fault.final or copy.tries > len(WAITS):
        _give_up(copy, fault.words)
    else:
        _put_off(copy, fault.words, clock() + WAITS[copy.tries - 1])
    logger.warning("Copy %d of a message was not sent at try %d: %s", copy.pk, copy.tries, fault.words)
    return not fault.of_server


def _hand_in(copy: MessageCopy, connection: Any) -> Fault | None:  # noqa: ANN401
    """None once the mail server has taken it."""
    mail = mail_of(copy)
    try:
        connection.open()
        connection.send_messages([mail])
    except SMTPRecipientsRefused as error:
        answers = list(error.recipients.values())
        return Fault("; ".join(_answer(*one) for one in answers), final=all(code >= 500 for code, _said in answers))
    except SMTPDataError as error:
        return Fault(_answer(error.smtp_code, error.smtp_error), final=error.smtp_code >= 500)
    except OSError as error:
        return Fault(str(error) or type(error).__name__, of_server=True)
    except ValueError as error:
        return Fault(str(error) or type(error).__name__, final=True)
    return None


def _answer(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"


def _hindrance(copy: MessageCopy, now: datetime) -> str:
    """Why it is not to be sent any more; empty if it is."""
    if copy.message.kind == Message.Kind.REMINDER:
        if now > copy.message.created_at + REMINDER_LASTS:
            return _("It was too late for a reminder.")
        profile = getattr(copy.user, "profile", None)
        if profile is not None and not wants_reminders(profile.preferences):
            return _("Reminders have been switched off.")
    return why_no_mail(address=copy.address, is_active=copy.user.is_active)


def _give_up(copy: MessageCopy, why: str) -> None:
    in_hand = MessageCopy.objects.filter(pk=copy.pk, state=State.SENDING, tries=copy.tries)
    in_hand.update(state=State.FAILED, trouble=_short(why))


def _put_off(copy: MessageCopy, why: str, until: datetime) -> None:
    in_hand = MessageCopy.objects.filter(pk=copy.pk, state=State.SENDING, tries=copy.tries)
    in_hand.update(state=State.QUEUED, trouble=_short(why), next_try_at=until)


def _give_up_what_was_left(now: datetime) -> None:
    """What a worker had in hand that never came back."""
    why = _("The worker was stopped while it handed the e-mail in. It may have arrived or not.")
    left = MessageCopy.objects.filter(state=State.SENDING, next_try_at__lte=now)
    if left.exists():
        left.update(state=State.FAILED, trouble=why)


def _short(why: str) -> str:
    return " ".join(why.split())[:300]
