"""Assignments and a quiz set for a large class, with attempts by everybody: what its pages have to read."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from bench.quiz_rush import QUESTIONS, plan_of_quiz
from quizzes.models import Assignment, AssignmentResult, Attempt, Cohort, Deck, Quiz, QuizForm, Response, User
from quizzes.selectors.study.items import get_items
from quizzes.services.teaching.assignments import Terms, create_assignment, publish_assignment
from quizzes.services.teaching.forming import freeze_quiz
from quizzes.services.teaching.quizzes import create_quiz, publish_quiz
from quizzes.services.teaching.results import keep_counts

COUNTS = ("days", "days", "introduced", "recall")
"""What counts in each assignment; the first has closed half a day ago, the others are open."""
KNOWN = 0.7


def set_assignments(instructor: User, cohort: Cohort, deck: Deck, students: Sequence[User], now: datetime) -> None:
    """One that has closed and three that are open, with all that the worker makes ahead of pages."""
    for number, counts in enumerate(COUNTS):
        closes_at = now - timedelta(hours=12) if number == 0 else now + timedelta(days=number)
        terms = Terms(
            deck=deck, title=f"Week {number}", opens_at=now - timedelta(days=14), closes_at=closes_at, counts=counts
        )
        assignment = create_assignment(cohort=cohort, user=instructor, terms=terms, now=now)
        publish_assignment(assignment=assignment, now=now)
        if closes_at <= now:
            _keep_results(assignment, students, now)
    with transaction.atomic():
        while keep_counts(now=now, most=len(students)):
            pass


def _keep_results(assignment: Assignment, students: Sequence[User], now: datetime) -> None:
    """Rows as the worker makes them, the same for everybody: to work each out takes a minute, and reads no faster."""
    detail = {"counts": assignment.counts, "days_needed": 5, "days": 4, "introduced": 100, "cards": 190, "recall": 0.5}
    about = {"assignment": assignment, "closed_at": assignment.closes_at, "mark": 0.8, "detail": detail}
    AssignmentResult.objects.bulk_create(AssignmentResult(user=one, made_at=now, **about) for one in students)


@transaction.atomic
def set_quiz(instructor: User, cohort: Cohort, deck: Deck, students: Sequence[User], now: datetime) -> Quiz:
    """A quiz that all of them have handed in, each with an attempt of QUESTIONS answers."""
    about = {"user": instructor, "cohort": cohort, "deck": deck, "seed": "class", "form_id": uuid.uuid4()}
    quiz = create_quiz(**about, plan=plan_of_quiz(now), now=now)
    publish_quiz(quiz=quiz, now=now)
    freeze_quiz(quiz=quiz, now=now)
    forms = list(quiz.question_forms.order_by("number"))
    dice = Random("class")
    attempts = Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz, user=user, number=1, form=forms[at % len(forms)], started_at=now - timedelta(minutes=20),
            due_at=now, submitted_at=now - timedelta(minutes=1), ended_by=Attempt.Ended.STUDENT,
        )
        for at, user in enumerate(students)
    )  # fmt: skip
    Response.objects.bulk_create((row for one in attempts for row in _answers(one, one.form, dice)), batch_size=1000)
    Attempt.objects.bulk_update(attempts, ["mark"], batch_size=500)
    return quiz


def _answers(attempt: Attempt, form: QuizForm, dice: Random) -> Iterator[Response]:
    items = get_items([line["hash"] for line in form.items])
    right = 0
    for position, line in enumerate(form.items, start=1):
        options = items[line["hash"]]["options"]
        key = next(number for number, option in enumerate(options) if option["is_key"])
        chosen = key if dice.random() < KNOWN else dice.randrange(len(options))
        right += chosen == key
        yield Response(
            attempt=attempt, position=position, card_id=line["card"], item_hash=line["hash"], chosen=chosen,
            order=dice.sample(range(len(options)), len(options)), correct=chosen == key, mark=float(chosen == key),
            answered_at=attempt.submitted_at, duration_ms=8000, revision=1,
        )  # fmt: skip
    attempt.mark = right / QUESTIONS
