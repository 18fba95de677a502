"""One student's grade in one assignment or quiz, for those who teach the class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.grades import Grade
from quizzes.models import Attempt, Cohort, Enrolment, Quiz, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_history import GradeNote, grade_notes
from quizzes.selectors.teaching.grade_words import (
    mark_words,
    minutes_words,
    moment_words,
    number_words,
    points_words,
    state_words,
)
from quizzes.selectors.teaching.gradebook_table import thing_url
from quizzes.selectors.teaching.grades import kind_of, read_grades
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.selectors.teaching.windows import Thing


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt of a student, with the address at which it is read once it was submitted."""

    number: int
    started: str
    ended: str
    used: str
    mark: str
    points: str
    url: str


@dataclass(frozen=True, slots=True)
class GradePage:
    """One grade. `seen` is the id of the last change, which a form that changes it sends back."""

    head: ClassHead
    name: str
    public_id: UUID
    title: str
    thing_url: str
    mark: str
    points: str
    state: str
    earned: str
    by_hand: bool
    closes: str
    pass_mark: str
    counting: str
    attempts: Sequence[AttemptLine]
    history: Sequence[GradeNote]
    seen: int
    kind: str
    thing_id: int


def grade_page(user: User, cohort: Cohort, enrolment: Enrolment, thing: Thing, *, now: datetime) -> GradePage:
    """Everything on the page; twelve queries at most."""
    student, zone = enrolment.user, zone_of(user)
    sheet = read_grades([thing], [student.pk], now=now)
    grade, history = sheet.of(thing, student.pk), grade_notes(thing, student.pk, zone)
    return GradePage(
        head=class_head(user, cohort, now=now),
        name=person_name(student),
        public_id=student.profile.public_id,
        title=thing.title,
        thing_url=thing_url(cohort.pk, thing),
        mark=mark_words(grade.mark),
        points=points_words(grade.points),
        state=state_words(grade, thing.pass_mark),
        earned=_earned_words(sheet.earned(thing, student.pk)),
        by_hand=grade.by_hand,
        closes=moment_words(sheet.rules.of(thing, student.pk).window.closes_at, zone),
        pass_mark=mark_words(thing.pass_mark) if thing.pass_mark is not None else "",
        counting=str(Quiz.Counting(thing.counting).label) if isinstance(thing, Quiz) else "",
        attempts=_attempts(cohort, student, thing, zone),
        history=history,
        seen=history[0].id if history else 0,
        kind=kind_of(thing),
        thing_id=thing.pk,
    )


def _earned_words(grade: Grade) -> str:
    words = state_words(grade, None)
    return words if grade.mark is None else _("%(mark)s (%(state)s)") % {"mark": mark_words(grade.mark), "state": words}


def _attempts(cohort: Cohort, student: User, thing: Thing, zone: ZoneInfo) -> list[AttemptLine]:
    if not isinstance(thing, Quiz):
        return []
    rows = Attempt.objects.filter(quiz=thing, user=student).order_by("number")
    return [_attempt_line(cohort.pk, row, zone) for row in rows]


def _attempt_line(class_id: int, row: Attempt, zone: ZoneInfo) -> AttemptLine:
    return AttemptLine(
        number=row.number,
        started=moment_words(row.started_at, zone),
        ended=attempt_end_words(row, zone),
        used=time_used(row),
        mark=mark_words(row.mark),
        points=points_of(row),
        url=reverse("class-attempt", args=[class_id, row.quiz_id, row.public_id]) if row.submitted_at else "",
    )


def attempt_end_words(row: Attempt, zone: ZoneInfo) -> str:
    """When an attempt ended and how; “under way” for one that has not."""
    if row.submitted_at is None:
        return _("under way, until %s at the latest") % moment_words(row.due_at, zone)
    said: dict[str, Any] = {"when": moment_words(row.submitted_at, zone)}
    by_clock = row.ended_by == Attempt.Ended.CLOCK
    return (_("%(when)s, ended by the clock") if by_clock else _("%(when)s, submitted")) % said


def time_used(row: Attempt) -> str:
    """From the start to the end; empty while it is under way."""
    return minutes_words((row.submitted_at - row.started_at).total_seconds()) if row.submitted_at else ""


def points_of(row: Attempt) -> str:
    """“12 of 20” in a quiz with certainty marking or without; empty before submission."""
    if row.score is None or row.score_of is None:
        return ""
    return _("%(points)s of %(most)s") % {"points": number_words(row.score), "most": number_words(row.score_of)}
