"""What is kept no longer than the site is set to: accounts that nobody uses, and who opened what long ago."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from quizzes.models import AccessRecord, Message, MessageCopy, Profile, User
from quizzes.selectors.teaching.unused import TOLD_BEFORE, keep_period, notice_body, notice_subject, unused_since
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.teaching.erasing import NotYetError, erase_person

MOST_OF_A_TURN = 20
NOTICES = uuid.UUID("3f0a5c56-0d7f-4c0b-9a53-6f6b8f1d2a70")
TOLD_LASTS = timedelta(days=90)
"""Who was told longer ago, by other settings say, is told again."""

logger = logging.getLogger(__name__)


def keep_no_longer(*, now: datetime, stop: Callable[[], bool] = lambda: False, most: int = MOST_OF_A_TURN) -> bool:
    """Tell and erase some of those who are due, and drop old records of access; whether there may be more to do.

    Nothing where the site is not set to. Who was told is erased 30 days later, unless they have come back since.
    """
    period = keep_period()
    if period is None:
        return False
    AccessRecord.objects.filter(last_opened_at__lt=now - period).delete()
    due = unused_since(now - period).filter(_told(now), profile__erasure_told_at__lte=now - TOLD_BEFORE)
    soon = list(unused_since(now - period + TOLD_BEFORE).exclude(_told(now))[:most])
    gone = [erase_unused(user_id=pk, now=now) for pk in due.values_list("pk", flat=True)[:most] if not stop()]
    for user in soon:
        if not stop():
            tell_unused(user=user, used_at=user.used_at, now=now)  # type: ignore[attr-defined]
    return ((any(gone) and len(gone) == most) or len(soon) == most) and not stop()


@transaction.atomic
def tell_unused(*, user: User, used_at: datetime, now: datetime) -> None:
    """Tell somebody that their account is about to be erased: an e-mail, and a notice among their messages.

    Twice on one day is once.
    """
    note_time_zone(user=user, time_zone="")
    words = {"subject": notice_subject(), "body": notice_body(user, used_at, now=now), "created_at": now}
    form_id = uuid.uuid5(NOTICES, f"{user.pk} {now:%Y-%m-%d}")
    message, made = Message.objects.get_or_create(form_id=form_id, defaults={"kind": Message.Kind.NOTICE, **words})
    if made:
        MessageCopy.objects.create(message=message, user=user, address=user.email, next_try_at=now)
        Profile.objects.filter(user=user).update(erasure_told_at=now)


@transaction.atomic
def erase_unused(*, user_id: int, now: datetime) -> bool:
    """Erase somebody who was told and has not come back until now; False where they have, or cannot be erased."""
    period = keep_period()
    User.objects.select_for_update().filter(pk=user_id).first()
    due = unused_since(now - period).filter(_told(now), pk=user_id) if period else User.objects.none()
    user = due.first()
    if user is None:
        return False
    try:
        erase_person(user=user)
    except NotYetError as error:
        logger.warning("person %d is not erased: %s", user_id, error)
        return False
    logger.info("person %d, who had not come for %d days, is erased", user_id, settings.KEEP_DAYS)
    return True


def _told(now: datetime) -> Q:
    return Q(profile__erasure_told_at__gt=F("used_at"), profile__erasure_told_at__gte=now - TOLD_LASTS)
