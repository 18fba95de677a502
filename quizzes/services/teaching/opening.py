"""Keeping who of the staff has opened what is kept of a person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from quizzes.models import AccessRecord, Cohort, Enrolment, User

ONE_ROW = timedelta(hours=1)
"""For so long the same opening by the same person is counted in its row: a page that is reloaded is no flood."""

Role, What = AccessRecord.Role, AccessRecord.What


@transaction.atomic
def note_opening(
    *, person: User, by: User | None, what: str, cohort: Cohort | None = None, about: str = "", now: datetime
) -> None:
    """Keep that somebody opened a page about this person; by None, that whoever runs the site did.

    What people open of themselves is nobody's business and is not kept. One statement; three the first time in an hour.
    """
    if by is None or by.pk != person.pk:
        _note(AccessRecord(person=person, opened_by=by, what=what, cohort=cohort, about=about[:200]), now)


@transaction.atomic
def note_download(*, cohort: Cohort, by: User, name: str, now: datetime) -> None:
    """Keep that somebody took out a file about all students of the class: one row, which each of them can read."""
    _note(AccessRecord(opened_by=by, what=What.LIST, cohort=cohort, about=name[:200]), now)


@transaction.atomic
def note_list(*, cohort: Cohort, by: User, now: datetime) -> None:
    """Keep that somebody looked who falls behind: one row too, whoever stands in the list."""
    _note(AccessRecord(opened_by=by, what=What.BEHIND, cohort=cohort), now)


def _note(row: AccessRecord, now: datetime) -> None:
    same = AccessRecord.objects.filter(
        person=row.person, opened_by=row.opened_by, what=row.what, cohort=row.cohort, about=row.about
    )
    if same.filter(opened_at__gt=now - ONE_ROW).update(times=F("times") + 1, last_opened_at=now):
        return
    row.role, row.opened_at, row.last_opened_at = _role(row.opened_by, row.cohort), now, now
    row.save(force_insert=True)


def _role(by: User | None, cohort: Cohort | None) -> str:
    """As what they opened it: by their role in the class, else as an admin."""
    if by is None:
        return Role.OPERATOR
    held = Enrolment.objects.filter(user=by, cohort=cohort, left_at=None).exclude(role=Enrolment.Role.STUDENT)
    role: str | None = held.values_list("role", flat=True).first() if cohort else None
    return role or Role.ADMIN
