"""What holds for one student instead of for all: extra time in a class, own dates and attempts in one thing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import Accommodation, Assignment, Cohort, Enrolment, Quiz, User
from quizzes.selectors.teaching.windows import Thing
from quizzes.services.teaching.attempting import renew_ends
from quizzes.services.teaching.results import forget_outdated


class OwnDatesError(ValueError):
    """With these dates it would close for the student before it opens for them."""


class NoStudentError(LookupError):
    """The person is no student of the class."""


class ForeignThingError(ValueError):
    """The assignment or quiz is none of the class's, or what is granted does not go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What is granted; None leaves what holds for all."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    extra_time_percent: int | None = None
    attempts_allowed: int | None = None
    note: str = ""


@transaction.atomic
def grant(*, cohort: Cohort, user: User, thing: Thing | None, given: Grant, by: User, now: datetime) -> None:
    """Let this hold for a student of the class: in one assignment or quiz, or (None) in all quizzes of the class.

    It replaces what was granted there before; granting nothing, not even a note, takes it back. In the whole class only
    extra time can be granted, in an assignment only dates. An attempt under way ends by what holds now, and a result
    made for another closing is made anew. Raises NoStudentError, ForeignThingError, OwnDatesError, ValidationError.
    """
    _check(cohort, user, thing, given)
    place = _place(thing)
    values = asdict(given)
    if all(not value and value != 0 for value in values.values()):
        revoke(cohort=cohort, user=user, thing=thing)
        return
    row = Accommodation.objects.select_for_update().filter(cohort=cohort, user=user, **place).first()
    row = row or Accommodation(cohort=cohort, user=user, **place)
    for name, value in {**values, "given_by": by, "given_at": now}.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    _follow(cohort, user, thing)


@transaction.atomic
def revoke(*, cohort: Cohort, user: User, thing: Thing | None) -> None:
    """Let what holds for all hold for the student too. Twice is once."""
    Accommodation.objects.filter(cohort=cohort, user=user, **_place(thing)).delete()
    _follow(cohort, user, thing)


def _place(thing: Thing | None) -> dict[str, Any]:
    return {
        "assignment": thing if isinstance(thing, Assignment) else None,
        "quiz": thing if isinstance(thing, Quiz) else None,
    }


def _check(cohort: Cohort, user: User, thing: Thing | None, given: Grant) -> None:
    if not cohort.enrolments.filter(user=user, role=Enrolment.Role.STUDENT, left_at=None).exists():
        raise NoStudentError(f"person {user.pk} is no student of class {cohort.pk}")
    if thing is None:
        if given.opens_at or given.closes_at or given.attempts_allowed is not None:
            raise ForeignThingError("in the whole class only extra time can be granted")
        return
    if thing.cohort_id != cohort.pk:
        raise ForeignThingError(f"{thing} is none of class {cohort.pk}")
    timed = given.extra_time_percent is not None or given.attempts_allowed is not None
    if isinstance(thing, Assignment) and timed:
        raise ForeignThingError("an assignment has neither time limit nor attempts")
    if (given.opens_at or thing.opens_at) >= (given.closes_at or thing.closes_at):
        raise OwnDatesError(f"{thing} would close before it opens")


def _follow(cohort: Cohort, user: User, thing: Thing | None) -> None:
    """What follows from other rules: another end of attempts under way, another closing to make a result for."""
    if isinstance(thing, Assignment):
        forget_outdated(assignment=thing, user_ids=[user.pk])
        return
    renew_ends(quizzes=[thing] if thing is not None else list(cohort.quizzes.all()), user=user)
