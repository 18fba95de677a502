"""The gradebook of a class: who is in it, what was set, and every grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from quizzes.core.grades import Grade, Spread, mean_of, spread_of
from quizzes.models import Cohort
from quizzes.selectors.teaching.grades import read_grades, things_of
from quizzes.selectors.teaching.reading import enrolled
from quizzes.selectors.teaching.windows import RuleBook, Thing

COLUMNS = (
    "user_id", "user__first_name", "user__last_name", "user__username", "user__email", "user__profile__public_id",
    "user__profile__external_id", "group_id", "group__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GradedStudent:
    """One student; `public_id` is None for somebody who has never signed in, `group_id` for those in no group."""

    user_id: int
    name: str
    username: str
    email: str
    public_id: UUID | None
    external_id: str
    group_id: int | None
    group: str

    @property
    def number(self) -> str:
        """The student number, and where there is none the id that the site has given."""
        return self.external_id or str(self.public_id or "")


@dataclass(frozen=True)
class Gradebook:
    """Rows of `grades` are students by name, columns are things by closing."""

    students: Sequence[GradedStudent]
    things: Sequence[Thing]
    grades: Sequence[Sequence[Grade]]
    rules: RuleBook

    @cached_property
    def means(self) -> list[float | None]:
        """Each student's mean of the marks that count so far."""
        return [mean_of(marks_of(row)) for row in self.grades]

    @cached_property
    def spreads(self) -> list[Spread]:
        """For each thing the spread of the marks that count."""
        return [spread_of(marks_of([row[at] for row in self.grades])) for at in range(len(self.things))]


def marks_of(grades: Sequence[Grade]) -> list[float]:
    """The marks that count: what is missing as 0; without what is excused, open, or not marked yet."""
    return [grade.mark for grade in grades if grade.mark is not None]


def read_gradebook(cohort: Cohort, *, now: datetime) -> Gradebook:
    """Students and grades of a class; eight queries at most, however many there are."""
    students, things = read_graded(cohort), things_of([cohort.pk])
    sheet = read_grades(things, now=now)
    grades = [[sheet.of(thing, student.user_id) for thing in things] for student in students]
    return Gradebook(students, things, grades, sheet.rules)


def read_graded(cohort: Cohort) -> list[GradedStudent]:
    """The students of a class by name; one query."""
    rows = enrolled([cohort]).values_list(*COLUMNS)
    found = [
        GradedStudent(
            user_id, f"{first} {last}".strip() or username, username, email, public_id, external or "", *group
        )
        for user_id, first, last, username, email, public_id, external, group_id, group_name in rows
        for group in [(group_id, group_name or "")]
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.user_id))
