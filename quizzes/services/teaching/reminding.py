"""Reminding students of what closes soon: once a day at most each, by e-mails that the worker sends."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from quizzes.models import Message, MessageCopy
from quizzes.selectors.teaching.reminders import Reminder, body_words, due_reminders, subject_words


def remind_some(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> bool:
    """Write the reminders that are due, for so many seconds of the clock, one at least; whether some
    may be left."""
    began = clock()
    for reminder in due_reminders(now=now):
        if stop():
            return False
        remind(reminder=reminder, now=now)
        if clock() - began >= seconds:
            return True
    return False


@transaction.atomic
def remind(*, reminder: Reminder, now: datetime) -> bool:
    """Put one reminder among what waits to be sent; False if there has been one on that day of the student's."""
    about = {
        "kind": Message.Kind.REMINDER,
        "subject": subject_words(reminder, now)[:200],
        "body": body_words(reminder, now),
        "created_at": now,
    }
    message, made = Message.objects.get_or_create(form_id=reminder.form_id, defaults=about)
    if made:
        student = reminder.student
        MessageCopy.objects.create(message=message, user_id=student.user_id, address=student.address, next_try_at=now)
    return made
