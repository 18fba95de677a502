"""Writing to students of a class. What is written is kept, with a copy for each of them; the worker sends it."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from quizzes.models import Cohort, Message, MessageCopy, User
from quizzes.selectors.teaching.recipients import Recipient, recipients_of


class NobodyError(ValueError):
    """None of those meant is a student of the class."""


@transaction.atomic
def write_message(
    *,
    cohort: Cohort,
    sender: User,
    enrolment_ids: Collection[int],
    subject: str,
    body: str,
    form_id: uuid.UUID,
    now: datetime,
) -> Message:
    """Write to those of these enrolments that are students of the class now. Raises NobodyError if none is.

    The same form sent twice by the same person is one message; with other words or for other people it is another one.
    A copy that no e-mail can carry counts as not sent at once, with the reason; its student finds it on the site.
    """
    filled = uuid.uuid5(form_id, repr((sender.pk, cohort.pk, sorted(set(enrolment_ids)), subject, body)))
    about = {"cohort": cohort, "sender": sender, "subject": subject, "body": body, "created_at": now}
    message, made = Message.objects.get_or_create(form_id=filled, defaults=about)
    if made:
        meant = [one for one in recipients_of(cohort) if one.enrolment_id in set(enrolment_ids)]
        if not meant:
            raise NobodyError(f"none of {sorted(enrolment_ids)} is a student of class {cohort.pk}")
        MessageCopy.objects.bulk_create([_copy(message, one, now) for one in meant])
    return message


def _copy(message: Message, one: Recipient, now: datetime) -> MessageCopy:
    state = MessageCopy.State.FAILED if one.no_mail else MessageCopy.State.QUEUED
    return MessageCopy(
        message=message, user_id=one.user_id, address=one.address, state=state, trouble=one.no_mail, next_try_at=now
    )
