"""The list of classes and the pages of a class of a thousand students, asked for inside this process."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from bench.pages import time_page
from bench.people import copy_history
from bench.set_work import set_assignments, set_quiz
from quizzes.core.minds import Ability
from quizzes.models import CardProgress, Cohort, Deck, DeckStudy, ReviewLog, User
from quizzes.selectors.teaching.keeping import clear_cache
from quizzes.services.people.roles import give_role
from quizzes.services.study.demo import Habit, study_for_days
from quizzes.services.teaching.classes import create_class
from quizzes.services.teaching.enrolling import enrol

STUDENTS = 1000
DAYS = 28
LEARNERS = [
    (20, 30, Habit()),
    (20, 20, Habit(ability=Ability(0.1, 1.0, 1.8), hours=3)),
    (10, 25, Habit(chance=lambda ago, _start: 0.6)),
    (5, 25, Habit(ability=Ability(0.4, 3.0, 3.0))),
    (3, 15, Habit(hours=5)),
]
"""New cards a day, answers a day and habit of those whose histories all others have."""


def time_classes(deck: Deck, now: datetime) -> dict[str, object]:
    """Milliseconds of its pages, also of those that find nothing kept in the process; how large the class is.

    Those from `set` on once four assignments and a quiz have been set.
    """
    instructor, cohort = make_class(deck, now)
    pages = {
        "list": reverse("classes"),
        "class": reverse("class", args=[cohort.pk]),
        "days": reverse("class", args=[cohort.pk]) + "?view=days",
        "behind": reverse("class-behind", args=[cohort.pk]),
    }
    students = User.objects.filter(username__startswith="class-")
    figures: dict[str, object] = {
        "students": STUDENTS,
        "cards": CardProgress.objects.filter(user__in=students).count(),
        "answers": ReviewLog.objects.filter(user__in=students).count(),
        **{name: time_page(instructor, address, clear_cache) for name, address in pages.items()},
    }
    set_assignments(instructor, cohort, deck, list(students), now)
    quiz = set_quiz(instructor, cohort, deck, list(students), now)
    pages = {
        "set": pages["class"],
        "results": reverse("class-quiz-results", args=[cohort.pk, quiz.pk]),
        "grades": reverse("class-grades", args=[cohort.pk]),
    }
    return figures | {name: time_page(instructor, address, clear_cache) for name, address in pages.items()}


def make_class(deck: Deck, now: datetime) -> tuple[User, Cohort]:
    """A class of STUDENTS who each have met 64 to 140 cards in four weeks, and its instructor."""
    with transaction.atomic():
        instructor = User.objects.create(username="bench-instructor", password=make_password(None))
        give_role(user=instructor, role="instructor")
        began = now - timedelta(days=DAYS + 1)
        cohort = create_class(
            user=instructor, name="Bench", decks=[deck], closes_at=None, below=lambda _n: 0, now=began
        )
        students = _enrolled(cohort, began)
        size = len(students) // len(LEARNERS)
        for at, learner in enumerate(LEARNERS):
            _study(students[at * size : (at + 1) * size], *learner, now=now)
    return instructor, cohort


def _enrolled(cohort: Cohort, now: datetime) -> list[User]:
    password = make_password(None)
    rows = [User(username=f"class-{number:04}", password=password) for number in range(STUDENTS)]
    students: list[User] = User.objects.bulk_create(rows)
    for student in students:
        enrol(user=student, cohort=cohort, now=now)
    return students


def _study(students: Sequence[User], new_per_day: int, answers_a_day: int, habit: Habit, *, now: datetime) -> None:
    first, *others = students
    DeckStudy.objects.filter(user=first).update(new_per_day=new_per_day)
    study_for_days(
        user=first,
        days=DAYS,
        answers_a_day=answers_a_day,
        until=now,
        seed=first.username,
        tell=lambda _line: None,
        habit=habit,
    )
    copy_history(first, others)
