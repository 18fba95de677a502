"""E-mails of invitations that wait for the worker: each is handed in once, and again only after a failure."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.urls import reverse

from quizzes.models.people import Invitation
from quizzes.services.people.invitations import send

AT_ONCE = 20
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
HELD = timedelta(minutes=10)
"""How long a worker may take over one e-mail before another one tries it."""

logger = logging.getLogger(__name__)


def send_queued(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Send some of the invitations that wait; returns whether more may be waiting.

    While the mail server cannot be reached all go on waiting. What it refuses is tried again four times, then given up,
    with the reason kept.
    """
    if not settings.SENDS_MAIL:
        return False
    waiting = Invitation.objects.filter(delivery="queued", next_try_at__lte=now, used_at=None, expires_at__gt=now)
    due = list(waiting.select_related("cohort").order_by("next_try_at", "pk")[:AT_ONCE])
    if not due:
        return False
    try:
        with get_connection() as connection:
            for invitation in due:
                if not stop() and _claimed(invitation, now):
                    _send(invitation, connection, now)
    except OSError as error:
        logger.warning("the mail server cannot be reached: %s", error)
        return False
    return len(due) == AT_ONCE and not stop()


def _claimed(invitation: Invitation, now: datetime) -> bool:
    """Take it before another worker does."""
    rows = Invitation.objects.filter(pk=invitation.pk, delivery="queued", next_try_at=invitation.next_try_at)
    return bool(rows.update(next_try_at=now + HELD, tries=F("tries") + 1))


def _send(invitation: Invitation, connection: BaseEmailBackend, now: datetime) -> None:
    link = f"{invitation.base_url.rstrip('/')}{reverse('invitation', args=[invitation.token])}"
    kept = Invitation.objects.filter(pk=invitation.pk, token=invitation.token)
    try:
        send(invitation=invitation, link=link, connection=connection)
    except OSError as error:
        connection.close()
        again = invitation.tries < len(WAITS)
        kept.update(
            delivery=Invitation.Delivery.QUEUED if again else Invitation.Delivery.FAILED,
            next_try_at=now + WAITS[invitation.tries] if again else None,
            trouble=str(error)[:300],
        )
    else:
        kept.update(delivery=Invitation.Delivery.SENT, next_try_at=None, trouble="")
