"""Taking quizzes in tests: a quiz for a class, an attempt, its answers."""

from datetime import timedelta

from quizzes.models import Attempt
from quizzes.selectors.study.items import get_item
from quizzes.services.teaching.attempting import (
    Given,
    check_response,
    save_response,
    start_attempt,
    submit_attempt,
)
from quizzes.services.teaching.enrolling import enrol
from tests.classes import class_of, join
from tests.factories import NOW, QuizFactory

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def quiz_of(deck, *students, cohort=None, **fields):
    """A published quiz of four questions for a class of the deck, open for a week from NOW."""
    cohort = cohort or class_of(deck)
    for student in students:
        join_class(student, cohort)
    return QuizFactory(cohort=cohort, deck=deck, **fields)


def join_class(student, cohort):
    """Make somebody a student of the class."""
    enrol(user=student, cohort=cohort, now=NOW)


def newcomer(quiz, **fields):
    """A new student of the quiz's class."""
    return join(quiz.cohort, **fields)


def sit(user, quiz, *, now=NOW):
    """Start an attempt, or come back to it."""
    return start_attempt(quiz=quiz, user=user, now=now)


def response(attempt, position=1):
    """A question of the attempt as kept."""
    return attempt.responses.get(position=position)


def place(kept, *, right=True):
    """The place on the page of the right option, or of the first wrong one."""
    options = get_item(kept.item_hash)["options"]
    return next(at for at, number in enumerate(kept.order) if options[number]["is_key"] is right)


def choose(attempt, position=1, *, right=True, now=NOW, seen=None, elapsed_ms=4_000, **given):
    """Save a right or wrong answer to a question; returns it as kept."""
    kept = response(attempt, position)
    return save_response(
        user=attempt.user,
        public_id=attempt.public_id,
        position=position,
        given=Given(**{"place": place(kept, right=right), "elapsed_ms": elapsed_ms, **given}),
        seen_revision=kept.revision if seen is None else seen,
        now=now,
    )


def check(attempt, position=1, *, right=True, now=NOW, **given):
    """Answer a question and have it checked."""
    kept = response(attempt, position)
    return check_response(
        user=attempt.user,
        public_id=attempt.public_id,
        position=position,
        given=Given(**{"place": place(kept, right=right), **given}),
        seen_revision=kept.revision,
        now=now,
    )


def hand_in(attempt, *, now=NOW):
    """Submit it."""
    return submit_attempt(attempt=attempt, now=now)


def take(user, quiz, *rights, now=NOW):
    """A whole attempt, a question a minute, answered right or wrong or (None) not at all; returns it submitted."""
    attempt = sit(user, quiz, now=now)
    for position, right in enumerate(rights, start=1):
        if right is not None:
            choose(attempt, position, right=right, now=now + position * MINUTE)
    return hand_in(attempt, now=now + (len(rights) + 1) * MINUTE)


def under_way(attempt):
    """Whether it is."""
    return Attempt.objects.get(pk=attempt.pk).submitted_at is None
