"""Classes in tests: a class with a deck and an instructor, students who have studied."""

from quizzes.core.specs import Format
from quizzes.models import Enrolment
from quizzes.services.teaching.enrolling import enrol
from tests.factories import NOW, CohortFactory, UserFactory
from tests.study import DAY, MINUTE, given, press, put

USES = [f"uses/{number}/purpose_to_term" for number in range(1, 9)]
GASES = [f"gases/{number}/membership" for number in range(1, 5)]


def teach(cohort, deck, *instructors):
    """Give a class its deck and its instructors."""
    cohort.decks.add(deck)
    for instructor in instructors:
        Enrolment.objects.create(cohort=cohort, user=instructor, role=Enrolment.Role.INSTRUCTOR, joined_at=NOW)
    return cohort


def class_of(deck, *instructors, **fields):
    """A new class of a deck."""
    return teach(CohortFactory(**fields), deck, *instructors)


def join(cohort, *, now=NOW, **fields):
    """A new student of the class."""
    student = UserFactory(**fields)
    enrol(user=student, cohort=cohort, now=now)
    return student


def answer(user, keys, *, days_ago=0, right=True):
    """Let somebody answer these cards as flashcards, one a minute."""
    for at, key in enumerate(keys):
        now = NOW - days_ago * DAY - (len(keys) - at) * MINUTE
        way = Format.CHOICE if key in GASES else Format.FLASHCARD
        asked = put(user, key, way, now=now)
        press(user, asked, given(asked, right=right), now=now)


def know(user, keys, *, days_ago=0):
    """Let somebody bring these cards out of their learning steps on one day: right, and right again half an hour on."""
    answer(user, keys, days_ago=days_ago)
    answer(user, keys, days_ago=days_ago - 0.02)
