"""When a card comes back: the decision that the page promised, kept; made anew where the study day has changed."""

from datetime import date, datetime, timedelta
from typing import Any

from quizzes.core.scheduling import Future, futures_shown
from quizzes.selectors.study.asked import NEW_STUDY_DAY, PROMISED, Asked, Promise
from quizzes.selectors.study.questions import Subject, context_for, promises_of
from quizzes.selectors.study.students import Student

OF_A_CHOICE = (Future.RIGHT, Future.WRONG, Future.GUESSED)


def promised(subject: Subject, asked: Asked, future: Future, now: datetime) -> tuple[Promise, str]:
    """What the pressed button said, with the reason to log."""
    kept = asked.promises.get(future.value)
    if kept is not None and asked.day == subject.student.day(now):
        return kept, PROMISED
    k = len(asked.order) if future in OF_A_CHOICE else None
    context = context_for(subject, k=k, known_before=asked.known_before, shift=asked.shift, now=now)
    return promises_of(futures_shown(subject.memory.progress.state, context))[future.value], NEW_STUDY_DAY


def due_of(student: Student, promise: Promise, reason: str, at: datetime) -> dict[str, Any]:
    """The due columns of an answer given at that moment; a step that ends after rollover counts in whole days."""
    if promise.minutes is None:
        due_on = date.fromisoformat(promise.due_on)
        return {"due_on": due_on, "interval_days": promise.interval_days, "due_reason": reason}
    today, due_at = student.day(at), at + timedelta(minutes=promise.minutes)
    due_on = student.day(due_at)
    stays = due_on <= today
    return {
        "due_on": due_on,
        "due_at": due_at if stays else None,
        "interval_days": 0 if stays else (due_on - today).days,
        "due_reason": reason,
    }
