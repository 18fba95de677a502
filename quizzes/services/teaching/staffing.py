"""Who teaches a class."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from quizzes.models import Cohort, Enrolment, User
from quizzes.models.people import INSTRUCTOR
from quizzes.selectors.access import may_make_classes

TEACHING = (Enrolment.Role.INSTRUCTOR, Enrolment.Role.ASSISTANT)


class IsStudentError(RuntimeError):
    """The person is a student of the class."""


class NoInstructorError(RuntimeError):
    """The person does not have the role that is needed to be a class's instructor."""


class LastInstructorError(RuntimeError):
    """The class would be left without an instructor."""


@transaction.atomic
def add_instructor(*, cohort: Cohort, user: User, role: str, now: datetime) -> Enrolment:
    """Let somebody teach the class, or look at it only; who does so already gets the role given now.

    Raises IsStudentError, NoInstructorError (only instructors of the site change classes), LastInstructorError,
    ValueError for a role that is none of an instructor's.
    """
    if role not in TEACHING:
        raise ValueError(f"“{role}” is no role of an instructor")
    if role == Enrolment.Role.INSTRUCTOR and not may_make_classes(user):
        raise NoInstructorError(f"person {user.pk} is no instructor")
    enrolment = _locked(cohort).filter(user=user).first()
    if enrolment is None:
        return Enrolment.objects.create(cohort=cohort, user=user, role=role, joined_at=now)
    if enrolment.left_at is None and enrolment.role == Enrolment.Role.STUDENT:
        raise IsStudentError(f"person {user.pk} is a student of class {cohort.pk}")
    if role == Enrolment.Role.ASSISTANT:
        _refuse_last(cohort, enrolment)
    enrolment.role, enrolment.left_at = role, None
    enrolment.save(update_fields=["role", "left_at"])
    return enrolment


@transaction.atomic
def remove_instructor(*, cohort: Cohort, user: User, now: datetime) -> None:
    """End somebody's teaching of the class. Raises LastInstructorError; does nothing for those who do not teach it."""
    enrolment = _locked(cohort).filter(user=user, role__in=TEACHING, left_at=None).first()
    if enrolment is None:
        return
    _refuse_last(cohort, enrolment)
    enrolment.left_at = now
    enrolment.save(update_fields=["left_at"])


def _refuse_last(cohort: Cohort, enrolment: Enrolment) -> None:
    able = Q(user__groups__name=INSTRUCTOR) | Q(user__is_superuser=True)
    others = cohort.enrolments.filter(able, role=Enrolment.Role.INSTRUCTOR, left_at=None).exclude(pk=enrolment.pk)
    is_one = enrolment.role == Enrolment.Role.INSTRUCTOR and enrolment.left_at is None
    if is_one and not others.exists():
        raise LastInstructorError(f"class {cohort.pk} has no other instructor")


def _locked(cohort: Cohort) -> QuerySet[Enrolment]:
    """The class's enrolments, one change of its instructors at a time."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    return cohort.enrolments.all()
