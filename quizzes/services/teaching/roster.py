"""A list of students kept until it is confirmed, and then done as a whole or not at all."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from quizzes.core.roster_plans import Line, Outcome, Plan
from quizzes.core.rosters import group_key
from quizzes.models import Cohort, CohortGroup, Enrolment, Invitation, Profile, RosterUpload, User
from quizzes.models.people import STUDENT
from quizzes.selectors.teaching.roster import plan_of, read_upload, waiting_invitations
from quizzes.services.people.invitations import invite, invite_afresh
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.teaching.enrolling import enrol
from quizzes.services.teaching.telling import tell_enrolled

KEPT = timedelta(days=1)


class StaleRosterError(RuntimeError):
    """What would become of the rows has changed since it was looked at."""


class ArchivedClassError(RuntimeError):
    """The class is in the archive: nobody is put into it."""


@transaction.atomic
def keep_roster(*, cohort: Cohort, name: str, data: bytes, by: User, now: datetime) -> RosterUpload:
    """Keep a list until it is confirmed; lists older than a day are forgotten."""
    RosterUpload.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return RosterUpload.objects.create(cohort=cohort, name=name[:200], data=data, uploaded_by=by, uploaded_at=now)


def forget_roster(*, upload: RosterUpload) -> None:
    """Forget a list that is not going to be confirmed."""
    RosterUpload.objects.filter(pk=upload.pk).delete()


def enrol_roster(*, upload: RosterUpload, version: str, base_url: str, now: datetime) -> RosterUpload:
    """Do what was looked at: enrol, invite, set numbers and groups; all of it or nothing. Confirmed twice is once.

    `version` is that of the plan that was looked at, `base_url` where the links of invitations lead. Raises
    StaleRosterError if the plan is another one by now, ArchivedClassError, TableError.
    """
    try:
        with transaction.atomic():
            return _enrol(upload, version, base_url, now)
    except IntegrityError as error:  # somebody else's roster gave a number away in the same moment
        raise StaleRosterError(f"roster {upload.pk} met another change") from error


def _enrol(upload: RosterUpload, version: str, base_url: str, now: datetime) -> RosterUpload:
    cohort = Cohort.objects.select_for_update().get(pk=upload.cohort_id)
    kept = RosterUpload.objects.select_for_update().filter(pk=upload.pk).first()
    if kept is None:
        raise StaleRosterError(f"roster {upload.pk} is gone")
    if kept.done_at:
        return kept
    if cohort.archived_at:
        raise ArchivedClassError(f"class {cohort.pk} is in the archive")
    plan = plan_of(cohort, read_upload(bytes(kept.data)), now=now)
    if plan.version != version:
        raise StaleRosterError(f"roster {upload.pk} has another plan by now")
    _write(cohort, plan, kept.uploaded_by, base_url, now)
    kept.done_at, kept.data, kept.result = now, b"", _result(plan)
    kept.save(update_fields=["done_at", "data", "result"])
    return kept


def _write(cohort: Cohort, plan: Plan, by: User, base_url: str, now: datetime) -> None:
    groups = _groups(cohort, plan)
    accounts = User.objects.in_bulk([line.account.id for line in plan.lines if line.account])
    for line in (*plan.of(Outcome.ENROLLED), *plan.of(Outcome.PRESENT)):
        assert line.account is not None
        _place(cohort, accounts[line.account.id], line, groups, now)
    _invite(cohort, (*plan.of(Outcome.INVITED), *plan.of(Outcome.WAITING)), groups, by, base_url, now)
    enrolled = [accounts[line.account.id] for line in plan.of(Outcome.ENROLLED) if line.account]
    tell_enrolled(cohort=cohort, students=enrolled, by=by, base_url=base_url, now=now)


def _groups(cohort: Cohort, plan: Plan) -> dict[str, CohortGroup]:
    """The groups that the rows name, made where there are none; the first spelling counts."""
    found = {group_key(group.name): group for group in cohort.groups.all()}
    for line in plan.lines:
        key = group_key(line.entry.group)
        if key and key not in found and line.outcome is not Outcome.REFUSED:
            found[key] = CohortGroup.objects.create(cohort=cohort, name=line.entry.group)
    return found


def _place(cohort: Cohort, user: User, line: Line, groups: dict[str, CohortGroup], now: datetime) -> None:
    if line.outcome is Outcome.ENROLLED:
        enrol(user=user, cohort=cohort, now=now)
    if line.sets_number:
        note_time_zone(user=user, time_zone="")
        Profile.objects.filter(user=user, external_id="").update(external_id=line.entry.number)
    if line.moves:
        Enrolment.objects.filter(cohort=cohort, user=user).update(group=groups[group_key(line.entry.group)])


def _invite(
    cohort: Cohort, lines: tuple[Line, ...], groups: dict[str, CohortGroup], by: User, base_url: str, now: datetime
) -> None:
    """A link for each address: the one that waits, an ended one made to work again, or a new one."""
    emails = [line.entry.email for line in lines]
    kept = {one.email: one for one in waiting_invitations(cohort).filter(email__in=emails).order_by("expires_at")}
    new = [email for email in emails if email not in kept]
    kept |= {one.email: one for one in invite(emails=new, role=STUDENT, by=by, now=now, cohort_id=cohort.pk)}
    for line in lines:
        invitation, entry = kept[line.entry.email], line.entry
        fields: dict[str, Any] = {"first_name": entry.first_name, "last_name": entry.last_name} if entry.name else {}
        fields |= {"external_id": entry.number} if entry.number else {}
        fields |= {"group": groups[group_key(entry.group)]} if entry.group else {}
        Invitation.objects.filter(pk=invitation.pk).update(**fields)
        if line.outcome is Outcome.INVITED:
            invite_afresh(invitation=invitation, base_url=base_url, now=now)


def _result(plan: Plan) -> dict[str, Any]:
    refused = [
        [line.entry.line, line.entry.name, line.entry.email, line.entry.number, line.reason, line.other_line]
        for line in plan.of(Outcome.REFUSED)
    ]
    counts = {outcome.value: len(plan.of(outcome)) for outcome in Outcome}
    return {"counts": counts, "refused": refused, "mail": settings.SENDS_MAIL}
