"""What a person has to look after besides their own study, as their home page tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.models import User
from quizzes.models.people import INSTRUCTOR
from quizzes.selectors.access import sees_drafts, taught_classes
from quizzes.selectors.people.roles import roles_of
from quizzes.selectors.teaching.classes import TaughtClass, told_classes
from quizzes.selectors.teaching.people import TEACHING
from quizzes.selectors.teaching.reports import open_reports


@dataclass(frozen=True, slots=True)
class Duties:
    """The classes that the person teaches, each with its sentence; open problem reports, None for who does not edit."""

    teaches: bool
    classes: Sequence[TaughtClass]
    reports: int | None


def find_duties(user: User, *, now: datetime) -> Duties | None:
    """Of an instructor, assistant or editor; None for a student. Two queries then, nine at most."""
    held = {"enrolments__user": user, "enrolments__role__in": TEACHING, "enrolments__left_at": None}
    cohorts = list(taught_classes(user).filter(archived_at=None, **held).distinct().order_by("name", "pk"))
    teaches, edits = bool(cohorts) or INSTRUCTOR in roles_of(user), sees_drafts(user)
    if not (teaches or edits):
        return None
    classes = told_classes(user, cohorts, now=now) if cohorts else []
    return Duties(teaches, classes, open_reports().count() if edits else None)
