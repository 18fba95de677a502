"""What is open to each student and not done yet: read for many students at once, for reminders."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from quizzes.core.windows import State
from quizzes.models import Assignment, Attempt, Quiz
from quizzes.selectors.teaching.assignments import read_places
from quizzes.selectors.teaching.reading import enrolled, read_students
from quizzes.selectors.teaching.standing_grades import Standing, read_standing
from quizzes.selectors.teaching.windows import RuleBook, Thing, read_rules

Some = TypeVar("Some", Assignment, Quiz)
Done = set[tuple[type, int, int]]


@dataclass(frozen=True, slots=True)
class Undone:
    """Something that is open to a student until `closes_at`."""

    thing: Thing
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class OpenThings:
    """What is set and open to somebody at `now`, with what holds for each student."""

    by_class: Mapping[int, Sequence[Thing]]
    rules: RuleBook
    standing: Standing
    now: datetime

    def of(self, user_id: int, cohort_ids: Iterable[int]) -> list[Undone]:
        """What is open to a student of these classes and has not been excused, first to close first."""
        found = []
        for thing in (one for cohort_id in cohort_ids for one in self.by_class.get(cohort_id, ())):
            window = self.rules.of(thing, user_id).window
            if window.is_open(self.now) and not self.standing.is_excused(thing, user_id):
                found.append(Undone(thing, window.closes_at))
        return sorted(found, key=lambda one: (one.closes_at, type(one.thing).__name__, one.thing.pk))


def read_open(*, now: datetime) -> OpenThings | None:
    """What is to be reminded of and open to anybody now; None if nothing is. Four queries at most."""
    things: list[Thing] = [*_open(Assignment.objects.all(), now), *_open(Quiz.objects.all(), now)]
    if not things:
        return None
    by_class: dict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        by_class[thing.cohort_id].append(thing)
    return OpenThings(by_class, read_rules(things), read_standing(things), now)


def _open(things: QuerySet[Some], now: datetime) -> list[Some]:
    """By the dates of all, or by those of somebody."""
    set_up = things.filter(reminders=True, published_at__isnull=False, cohort__archived_at=None)
    opened = Q(opens_at__lte=now) | Q(accommodations__opens_at__lte=now)
    lasts = Q(closes_at__gt=now) | Q(accommodations__closes_at__gt=now)
    return list(set_up.filter(opened, lasts).select_related("cohort").distinct())


def read_done(things: Collection[Thing], user_ids: Collection[int], *, now: datetime) -> Done:
    """Which of these are done by whom, as (kind, id, user id): quizzes with an attempt submitted, assignments whose
    pass mark is reached. Fifteen queries at most, one without assignments."""
    quizzes = [one for one in things if isinstance(one, Quiz)]
    submitted = Attempt.objects.filter(quiz__in=quizzes, submitted_at__isnull=False).order_by()
    done: Done = {(Quiz, quiz_id, user_id) for quiz_id, user_id in submitted.values_list("quiz", "user").distinct()}
    assignments = [one for one in things if isinstance(one, Assignment)]
    return done | {(Assignment, *pair) for pair in reached(assignments, user_ids, now=now)}


def reached(assignments: Collection[Assignment], user_ids: Collection[int], *, now: datetime) -> set[tuple[int, int]]:
    """Whose pass mark is reached in what is open to them, as (assignment id, user id); fourteen queries at most."""
    cohorts = {one.cohort_id: one.cohort for one in assignments}
    students = read_students(enrolled(cohorts.values()).filter(user__in=user_ids), now=now) if assignments else []
    places = read_places(assignments, students, now=now)
    return {pair for pair, place in places.items() if place.state is State.SUBMITTED}
