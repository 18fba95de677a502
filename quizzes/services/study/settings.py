"""How a student wants to be asked and reminded. All of it holds for answers to come; the log keeps what held before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.core.phases import Config
from quizzes.models import StudySession, StudySettings, User
from quizzes.services.study.joining import become_student


@transaction.atomic
def change_memory(
    *,
    user: User,
    desired_retention: float,
    learning_steps: Sequence[float],
    relearning_steps: Sequence[float],
    maximum_interval_days: int,
    now: datetime,
) -> None:
    """Set how well cards are to be remembered and by which steps (minutes) they are learned.

    Due days already given stay as they are. Raises ValueError for values that the scheduler cannot use,
    ValidationError for those that the table cannot hold.
    """
    Config(tuple(learning_steps), tuple(relearning_steps), desired_retention, maximum_interval_days)
    _change(
        user,
        now,
        desired_retention=desired_retention,
        learning_steps=list(learning_steps),
        relearning_steps=list(relearning_steps),
        maximum_interval_days=maximum_interval_days,
    )


@transaction.atomic
def change_questions(
    *,
    user: User,
    format_preference: str,
    recall_first: bool,
    four_buttons: bool,
    bury_siblings: bool,
    now: datetime,
) -> None:
    """Set in which formats cards are asked and with which buttons. Raises ValidationError."""
    _change(
        user,
        now,
        format_preference=format_preference,
        recall_first=recall_first,
        four_buttons=four_buttons,
        bury_siblings=bury_siblings,
    )


@transaction.atomic
def change_rollover(*, user: User, rollover_hour: int, now: datetime) -> None:
    """Set the hour (0 to 23) at which the student's day begins. Raises ValidationError.

    Answers keep the study day they were given on. Where the day that begins or ends thereby is already counted, its
    limits go on; cards wait for their own day, at most until the next rollover.
    """
    _change(user, now, rollover_hour=rollover_hour)


@transaction.atomic
def change_shortcuts(*, user: User, shortcuts: bool, now: datetime) -> None:
    """Switch single keys on the study page on or off."""
    _change(user, now, shortcuts=shortcuts)


def _change(user: User, now: datetime, **columns: Any) -> None:  # noqa: ANN401
    """Write under the lock of the student's answers; the open question is put again, as the new settings say."""
    become_student(user=user, now=now)
    session = StudySession.objects.select_for_update().get(user=user)
    row = StudySettings.objects.get(user=user)
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, columns[name])
    row.full_clean(validate_unique=False, validate_constraints=False, exclude={"learning_steps", "relearning_steps"})
    row.save(update_fields=changed)
    if session.prompt is not None:
        session.prompt = None
        session.save(update_fields=["prompt"])
