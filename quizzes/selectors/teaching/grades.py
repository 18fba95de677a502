"""The grades of students in assignments and quizzes: earned, and as an instructor has set them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from quizzes.core.grades import Grade, assignment_grade, counted_points, quiz_grade, set_by_hand
from quizzes.core.quiz_marks import Counting, counted
from quizzes.models import Assignment, AssignmentResult, Attempt, Enrolment, GradeChange, Quiz
from quizzes.selectors.teaching.standing_grades import Standing, read_standing
from quizzes.selectors.teaching.windows import RuleBook, Thing, read_rules

ASSIGNMENT, QUIZ = "assignment", "quiz"
"""What a thing is called in addresses."""


class Taken(NamedTuple):
    """One attempt as far as grades go."""

    quiz_id: int
    user_id: int
    submitted_at: datetime | None
    mark: float | None
    score: float | None


class GradeSheet:
    """Grades of some things, for any student of their class."""

    def __init__(
        self,
        *,
        rules: RuleBook,
        standing: Standing,
        attempts: Iterable[Taken],
        results: Iterable[tuple[int, int, float]],
        joined: Mapping[int, datetime],
        now: datetime,
    ) -> None:
        self.rules, self.standing, self._joined, self._now = rules, standing, joined, now
        self._attempts: dict[tuple[int, int], list[Taken]] = defaultdict(list)
        for one in attempts:
            self._attempts[one.quiz_id, one.user_id].append(one)
        self._results = {(assignment, user): mark for assignment, user, mark in results}

    def of(self, thing: Thing, user_id: int) -> Grade:
        """The grade that counts."""
        earned = self.earned(thing, user_id)
        change = self.standing.change(thing, user_id)
        if change is None:
            return earned
        return set_by_hand(earned, None if change.kind == GradeChange.Kind.EXCUSE else change.mark)

    def earned(self, thing: Thing, user_id: int) -> Grade:
        """The grade without a word by hand."""
        window, joined_at = self.rules.of(thing, user_id).window, self._joined.get(user_id)
        if isinstance(thing, Assignment):
            mark = self._results.get((thing.pk, user_id))
            return assignment_grade(window, self._now, mark=mark, joined_at=joined_at)
        attempts = self._attempts.get((thing.pk, user_id), [])
        done, counting = [one for one in attempts if one.submitted_at is not None], Counting(thing.counting)
        marks = [one.mark for one in done]
        return quiz_grade(
            window,
            self._now,
            mark=counted(marks, counting),
            submitted=len(done),
            under_way=len(done) < len(attempts),
            joined_at=joined_at,
            points=counted_points(marks, [one.score for one in done], counting) if thing.certainty else None,
        )


def read_grades(things: Collection[Thing], user_ids: Collection[int] | None = None, *, now: datetime) -> GradeSheet:
    """The grades of these students (None: all) in these things of one class; five queries."""
    quizzes = [one.pk for one in things if isinstance(one, Quiz)]
    attempts = Attempt.objects.filter(quiz__in=quizzes).order_by("user_id", "quiz_id", "number")
    results = AssignmentResult.objects.filter(assignment__in=[one.pk for one in things if isinstance(one, Assignment)])
    joined = Enrolment.objects.filter(cohort__in={one.cohort_id for one in things}, role=Enrolment.Role.STUDENT)
    if user_ids is not None:
        attempts, results = attempts.filter(user__in=user_ids), results.filter(user__in=user_ids)
        joined = joined.filter(user__in=user_ids)
    return GradeSheet(
        rules=read_rules(things, user_ids),
        standing=read_standing(things, user_ids),
        attempts=map(Taken._make, attempts.values_list("quiz_id", "user_id", "submitted_at", "mark", "score")),
        results=results.values_list("assignment_id", "user_id", "mark"),
        joined=dict(joined.values_list("user_id", "joined_at")),
        now=now,
    )


def kind_of(thing: Thing) -> str:
    """What the thing is called in addresses."""
    return ASSIGNMENT if isinstance(thing, Assignment) else QUIZ


def things_of(cohort_ids: Collection[int]) -> list[Thing]:
    """What is set for these classes and published, by when it closes; two queries."""
    rows: list[Sequence[Thing]] = [
        list(Assignment.objects.filter(cohort__in=cohort_ids, published_at__isnull=False)),
        list(Quiz.objects.filter(cohort__in=cohort_ids, published_at__isnull=False)),
    ]
    return sorted((one for found in rows for one in found), key=lambda one: (one.closes_at, kind_of(one), one.pk))


def find_thing(cohort_id: int, kind: str, pk: int) -> Thing | None:
    """The published assignment or quiz of this class; None if there is none."""
    where: dict[str, Any] = {"cohort": cohort_id, "pk": pk, "published_at__isnull": False}
    if kind == ASSIGNMENT:
        return Assignment.objects.filter(**where).first()
    return Quiz.objects.filter(**where).first() if kind == QUIZ else None
