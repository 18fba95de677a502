"""“I guessed”: a right choice turned into a guess after its feedback."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from quizzes.core.specs import Evidence
from quizzes.models import ReviewLog, User
from quizzes.selectors.study.asked import PROMISED, Asked, Promise
from quizzes.selectors.study.feedback import find_answer
from quizzes.selectors.study.history import EVENT_COLUMNS, event_of
from quizzes.selectors.study.queue import Desk
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.asking import resume_with
from quizzes.services.study.class_pairs import note_answer
from quizzes.services.study.due import due_of
from quizzes.services.study.log import Pen, count_for_the_day, open_log, write_event
from quizzes.services.study.undoing import take_back

KEPT_COLUMNS = (
    "format", "item_hash", "order", "chosen", "correct", "k", "rating", "predicted_recall", "known_before",
    "prior_shift",
    "parameter_set_id", "desired_retention", "learning_steps", "relearning_steps", "scheduler_version", "duration_ms",
    "source", "detail",
)  # fmt: skip


@transaction.atomic
def guessed_after_all(*, user: User, client_id: uuid.UUID, now: datetime) -> tuple[Desk, Asked | None]:
    """Turn a right choice into a guess: the answer is taken back and logged anew as one. Twice is as once.

    Raises StaleQuestionError if it was no right choice, or if anything has happened to its card since;
    NotAStudentError.
    """
    pen = open_log(user)
    row = find_answer(user_id=user.pk, client_id=client_id)
    again = uuid.uuid5(client_id, "guessed")
    if row is None or row.card_id is None:
        raise StaleQuestionError("there is no such answer")
    if find_answer(user_id=user.pk, client_id=again) is None:
        if row.evidence != Evidence.CHOICE or pen.memory(row.card_id).revision != row.revision_before + 1:
            raise StaleQuestionError("only a right choice that stands can have been a guess")
        take_back(pen, row, now=now)
        _log_guess(pen, row, again, now)
    return resume_with(pen, scope=row.detail.get("scope", ""), now=now)


def _log_guess(pen: Pen, row: ReviewLog, client_id: uuid.UUID, now: datetime) -> None:
    """The same answer as a guess, due when the page promised that it would be."""
    assert row.card_id is not None
    event = replace(
        event_of({**{name: getattr(row, name, None) for name in EVENT_COLUMNS}, "taken_for__code": None}),
        seq=pen.next_seq(),
        client_id=str(client_id),
        evidence=Evidence.GUESSED,
        **due_of(pen.student, Promise(*row.detail["guessed"]), row.due_reason or PROMISED, row.answered_at),
    )
    kept = {name: getattr(row, name) for name in KEPT_COLUMNS}
    columns = {**kept, "evidence": Evidence.GUESSED.value, "chance_known": 0.0}
    written = write_event(pen, card_id=row.card_id, event=event, now=now, columns=columns)
    count_for_the_day(written)
    note_answer(written)
