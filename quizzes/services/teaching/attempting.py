"""Attempts at quizzes: begun once, ended once, by the student or by the server's clock."""

import logging
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from quizzes.core.dice import shuffled
from quizzes.core.windows import GRACE, attempt_end, still_counts
from quizzes.models import Attempt, Enrolment, Quiz, QuizForm, Response, User
from quizzes.selectors.study.items import get_items
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.selectors.teaching.windows import Rules, read_rules, rules_of
from quizzes.services.teaching.forming import form_for
from quizzes.services.teaching.marking_attempts import mark_attempt
from quizzes.services.teaching.remembering import remember_attempt
from quizzes.services.teaching.responding import (
    AttemptOverError,
    Given,
    LockedResponseError,
    NothingToCheckError,
    StaleResponseError,
    UnreadableResponseError,
    check_response,
    save_response,
)

__all__ = [
    "AttemptOverError",
    "ExcusedError",
    "Given",
    "LockedResponseError",
    "NoAttemptsLeftError",
    "NotOpenError",
    "NothingToCheckError",
    "StaleResponseError",
    "UnreadableResponseError",
    "check_response",
    "end_if_over",
    "end_overdue",
    "renew_ends",
    "save_response",
    "start_attempt",
    "submit_attempt",
]

logger = logging.getLogger(__name__)


class NotOpenError(RuntimeError):
    """The quiz is not open to this student: not yet, no more, or they are not in its class, or
    that is in the archive."""


class NoAttemptsLeftError(RuntimeError):
    """The student has had all their attempts."""


class ExcusedError(RuntimeError):
    """The student need not take this quiz."""


@transaction.atomic
def start_attempt(*, quiz: Quiz, user: User, now: datetime) -> Attempt:
    """The student's attempt under way, or a new one; starting twice is one attempt.

    Questions and answer choices come in an order of the attempt's own. Raises NotOpenError, ExcusedError,
    NoAttemptsLeftError, forming.NotEnoughQuestionsError.
    """
    _lock(quiz, user)
    attempts = list(Attempt.objects.filter(quiz=quiz, user=user).order_by("number"))
    running = next((one for one in attempts if one.submitted_at is None), None)
    if running is not None and still_counts(now, running.due_at):
        return running
    if running is not None:
        submit_attempt(attempt=running, now=now)
    rules = rules_of(quiz, user.pk)
    _check(quiz, user, rules, taken=len(attempts), now=now)
    number = attempts[-1].number + 1 if attempts else 1
    return _begin(quiz, user, number, rules, now)


def _lock(quiz: Quiz, user: User) -> None:
    """Two tabs of one student wait for each other at their own place in the class."""
    places = Enrolment.objects.filter(cohort=quiz.cohort_id, user=user, left_at=None, role=Enrolment.Role.STUDENT)
    if not places.filter(cohort__archived_at=None).select_for_update(of=("self",)).values_list("pk"):
        raise NotOpenError(f"person {user.pk} is no student of class {quiz.cohort_id}")


def _check(quiz: Quiz, user: User, rules: Rules, *, taken: int, now: datetime) -> None:
    if quiz.published_at is None or not rules.window.is_open(now):
        raise NotOpenError(f"quiz {quiz.pk} is not open to person {user.pk}")
    if read_standing([quiz], [user.pk]).is_excused(quiz, user.pk):
        raise ExcusedError(f"person {user.pk} is excused from quiz {quiz.pk}")
    if taken >= rules.attempts_allowed:
        raise NoAttemptsLeftError(f"person {user.pk} has had {taken} attempts at quiz {quiz.pk}")


def _begin(quiz: Quiz, user: User, number: int, rules: Rules, now: datetime) -> Attempt:
    form = form_for(quiz=quiz, user=user, number=number, now=now)
    attempt = Attempt.objects.create(
        quiz=quiz,
        user=user,
        number=number,
        form=form,
        started_at=now,
        due_at=_end(quiz, rules, now),
    )
    Response.objects.bulk_create(_questions(attempt, form))
    return attempt


def _end(quiz: Quiz, rules: Rules, started_at: datetime) -> datetime:
    return attempt_end(started_at, rules.window, quiz.time_limit_minutes, rules.extra_time_percent)


def _questions(attempt: Attempt, form: QuizForm) -> Iterator[Response]:
    """The questions of the form in the attempt's order, each with its answer choices in the attempt's order."""
    items = get_items([line["hash"] for line in form.items])
    lines: list[dict[str, Any]] = shuffled(Random(f"{attempt.public_id}/questions"), form.items)
    for position, line in enumerate(lines, start=1):
        places = range(len(items[line["hash"]]["options"]))
        yield Response(
            attempt=attempt,
            position=position,
            card_id=line["card"],
            item_hash=line["hash"],
            order=shuffled(Random(f"{attempt.public_id}/{position}"), places),
        )


@transaction.atomic
def submit_attempt(*, attempt: Attempt, now: datetime) -> Attempt:
    """Hand an attempt in: marked, and remembered, once; returns its row as it is then.

    When its time is over it was the clock that did so, at the end of the time, whenever that is noticed.
    """
    kept = (
        Attempt.objects.select_for_update(of=("self",)).select_related("quiz__deck__tally", "user").get(pk=attempt.pk)
    )
    if kept.submitted_at is None:
        kept.submitted_at = min(now, kept.due_at)
        kept.ended_by = Attempt.Ended.STUDENT if now < kept.due_at else Attempt.Ended.CLOCK
        kept.save(update_fields=["submitted_at", "ended_by"])
        mark_attempt(attempt=kept)
        remember_attempt(attempt=kept, now=now)
    return kept


def end_if_over(*, attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as it is to be read: one that the clock has ended is handed in before anybody looks at it."""
    if attempt.submitted_at is not None or still_counts(now, attempt.due_at):
        return attempt
    return submit_attempt(attempt=attempt, now=now)


def end_overdue(*, now: datetime, quiz: Quiz | None = None, stop: Callable[[], bool] = lambda: False) -> int:
    """Hand in every attempt whose time is over, at one quiz or at all; returns how many. One transaction for each.

    One that cannot be handed in does not keep the others; what was wrong is raised at the end.
    """
    over = Attempt.objects.filter(submitted_at=None, due_at__lte=now - GRACE).order_by("due_at")
    over = over if quiz is None else over.filter(quiz=quiz)
    ended, faults = 0, list[Exception]()
    for attempt in over:
        if stop():
            break
        try:
            submit_attempt(attempt=attempt, now=now)
            ended += 1
        except Exception as fault:
            logger.exception("Attempt %s could not be handed in.", attempt.public_id)
            faults.append(fault)
    if faults:
        raise faults[0]
    return ended


@transaction.atomic
def renew_ends(*, quizzes: Collection[Quiz], user: User | None = None, only_later: bool = False) -> int:
    """Let attempts under way end when the rules of now say, after dates, time limit or extra time were changed.

    Of one student, or of all; `only_later` takes time from nobody. Returns how many ends have moved.
    """
    running = Attempt.objects.select_for_update(of=("self",)).filter(quiz__in=quizzes, submitted_at=None)
    running = running if user is None else running.filter(user=user)
    by_id = {quiz.pk: quiz for quiz in quizzes}
    found = list(running.order_by("pk"))
    book = read_rules(quizzes, [attempt.user_id for attempt in found]) if found else None
    moved = []
    for attempt in found:
        quiz = by_id[attempt.quiz_id]
        assert book is not None
        due_at = _end(quiz, book.of(quiz, attempt.user_id), attempt.started_at)
        if due_at > attempt.due_at or (due_at < attempt.due_at and not only_later):
            attempt.due_at = due_at
            moved.append(attempt)
    Attempt.objects.bulk_update(moved, ["due_at"])
    return len(moved)
