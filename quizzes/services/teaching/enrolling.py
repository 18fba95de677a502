"""Students who join a class and leave it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from quizzes.models import CodeTries, Cohort, Enrolment, Invitation, Profile, User
from quizzes.models.people import INSTRUCTOR
from quizzes.selectors.teaching.joining import find_class, is_open
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.study.joining import become_student, become_students, join_deck, join_decks
from quizzes.services.teaching.classes import Below, renew_code

MOST_WRONG, WINDOW = 20, timedelta(hours=1)


class UnknownCodeError(LookupError):
    """No class has this code."""


class TooManyTriesError(RuntimeError):
    """The person has typed so many codes of no class that they have to wait."""


class JoiningClosedError(RuntimeError):
    """The class lets nobody in any more."""


@transaction.atomic
def enrol(*, user: User, cohort: Cohort, now: datetime) -> Enrolment:
    """Make somebody a student of a class, and let them begin its decks; joining twice is once.

    Who comes back is a student again. Who teaches the class stays its instructor. Whether the class is open is for the
    caller to ask.
    """
    become_student(user=user, now=now)
    enrolment, made = Enrolment.objects.select_for_update().get_or_create(
        cohort=cohort, user=user, defaults={"role": Enrolment.Role.STUDENT, "joined_at": now}
    )
    if not made and enrolment.left_at is None:
        return enrolment
    enrolment.role, enrolment.left_at = Enrolment.Role.STUDENT, None
    enrolment.save(update_fields=["role", "left_at"])
    for deck in cohort.decks.order_by("pk"):
        join_deck(user=user, deck=deck, now=now)
    return enrolment


@transaction.atomic
def enrol_all(*, users: Sequence[User], cohort: Cohort, now: datetime) -> None:
    """The same as `enrol` for several people, none of whom teaches the class; a dozen queries however many."""
    become_students(users=users, now=now)
    cohort.enrolments.filter(user__in=users, left_at__isnull=False).update(role=Enrolment.Role.STUDENT, left_at=None)
    Enrolment.objects.bulk_create(
        [Enrolment(cohort=cohort, user=user, role=Enrolment.Role.STUDENT, joined_at=now) for user in users],
        ignore_conflicts=True,
    )
    join_decks(users=users, decks=list(cohort.decks.order_by("pk")), now=now)


@transaction.atomic
def enrol_invited(*, user: User, invitation: Invitation, now: datetime) -> Enrolment | None:
    """What an accepted invitation brings besides its role: the class with its group, and what the roster said of them.

    Names are set where the person has none, the student number where they have none and nobody else has it. None where
    the invitation is for no class, or for one that is in the archive by now.
    """
    _learn(user, invitation)
    cohort = invitation.cohort
    if cohort is None or cohort.archived_at:
        return None
    enrolment = enrol(user=user, cohort=cohort, now=now)
    if invitation.role == INSTRUCTOR:
        enrolment.role = Enrolment.Role.INSTRUCTOR
    elif invitation.group_id and enrolment.role == Enrolment.Role.STUDENT:
        enrolment.group_id = invitation.group_id
    enrolment.save(update_fields=["role", "group"])
    return enrolment


def _learn(user: User, invitation: Invitation) -> None:
    if not user.get_full_name() and (invitation.first_name or invitation.last_name):
        user.first_name, user.last_name = invitation.first_name, invitation.last_name
        user.save(update_fields=["first_name", "last_name"])
    if invitation.external_id:
        note_time_zone(user=user, time_zone="")
        with suppress(IntegrityError), transaction.atomic():
            Profile.objects.filter(user=user, external_id="").update(external_id=invitation.external_id)


def look_up_code(*, user: User, code: str, now: datetime) -> Cohort:
    """The class of a code as typed, open or not. Raises UnknownCodeError, TooManyTriesError.

    Wrong codes are counted per person in the database, so that neither another browser nor another worker of the site
    gives new tries: twenty within an hour from the first. Right ones cost nothing.
    """
    if CodeTries.objects.filter(user=user, since__gt=now - WINDOW, wrong__gte=MOST_WRONG).exists():
        raise TooManyTriesError(f"person {user.pk} has typed {MOST_WRONG} wrong codes within the hour")
    cohort = find_class(code)
    if cohort is None:
        _count_wrong(user, now)
        raise UnknownCodeError(f"no class has the code {code!r}")
    return cohort


@transaction.atomic
def _count_wrong(user: User, now: datetime) -> None:
    recent = CodeTries.objects.filter(user=user, since__gt=now - WINDOW)
    if not recent.update(wrong=F("wrong") + 1):
        CodeTries.objects.update_or_create(user=user, defaults={"since": now, "wrong": 1})


@transaction.atomic
def join_with_code(*, user: User, cohort: Cohort, now: datetime) -> Enrolment:
    """Join a class by its code: the same as `enrol`, if the class is open. Raises JoiningClosedError."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not is_open(cohort, now):
        raise JoiningClosedError(f"class {cohort.pk} is closed")
    return enrol(user=user, cohort=cohort, now=now)


@transaction.atomic
def leave_class(*, user: User, cohort: Cohort, now: datetime) -> None:
    """End somebody's time as a student of the class; decks and memories stay theirs. Twice is once."""
    cohort.enrolments.filter(user=user, role=Enrolment.Role.STUDENT, left_at=None).update(left_at=now)


@transaction.atomic
def remove_student(*, user: User, cohort: Cohort, shown: str | None, below: Below, now: datetime) -> None:
    """Take a student out of the class. With the code `shown` to who does it, that code lets nobody in from now on."""
    leave_class(user=user, cohort=cohort, now=now)
    if shown is not None:
        renew_code(cohort=cohort, shown=shown, below=below)
