"""A list of students kept until it is confirmed, and then done as a whole or not at all."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from quizzes.core.roster_plans import Line, Outcome, Plan
from quizzes.core.rosters import group_key
from quizzes.models import Cohort, CohortGroup, Invitation, Profile, RosterUpload, User
from quizzes.models.people import STUDENT
from quizzes.selectors.teaching.roster import plan_of, read_upload, waiting_invitations
from quizzes.services.people.invitations import FRESH, draft, freshen
from quizzes.services.people.profiles import give_profiles
from quizzes.services.teaching.enrolling import enrol_all
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
    enrolled = [accounts[line.account.id] for line in plan.of(Outcome.ENROLLED) if line.account]
    enrol_all(users=enrolled, cohort=cohort, now=now)
    _set_numbers({line.account.id: line.entry.number for line in plan.lines if line.account and line.sets_number})
    for key, group in groups.items():
        moved = [line.account.id for line in plan.lines if line.account and line.moves and _key(line) == key]
        cohort.enrolments.filter(user__in=moved).update(group=group)
    _invite(cohort, (*plan.of(Outcome.INVITED), *plan.of(Outcome.WAITING)), groups, by, base_url, now)
    tell_enrolled(cohort=cohort, students=enrolled, by=by, base_url=base_url, now=now)


def _key(line: Line) -> str:
    return group_key(line.entry.group)


def _set_numbers(numbers: dict[int, str]) -> None:
    """Give these people their student numbers, where they have none yet."""
    give_profiles(user_ids=numbers)
    profiles = list(Profile.objects.select_for_update().filter(user__in=numbers, external_id=""))
    for profile in profiles:
        profile.external_id = numbers[profile.user_id]
    Profile.objects.bulk_update(profiles, ["external_id"])


def _groups(cohort: Cohort, plan: Plan) -> dict[str, CohortGroup]:
    """The groups that the rows name, made where there are none; the first spelling counts."""
    found = {group_key(group.name): group for group in cohort.groups.all()}
    for line in plan.lines:
        key = _key(line)
        if key and key not in found and line.outcome is not Outcome.REFUSED:
            found[key] = CohortGroup.objects.create(cohort=cohort, name=line.entry.group)
    return found


def _invite(
    cohort: Cohort, lines: tuple[Line, ...], groups: dict[str, CohortGroup], by: User, base_url: str, now: datetime
) -> None:
    """A link for each address: the one that waits, an ended one made to work again, or a new one."""
    emails = [line.entry.email for line in lines]
    found = waiting_invitations(cohort).filter(email__in=emails).order_by("expires_at")
    kept = {invitation.email: invitation for invitation in found}
    made = []
    for line in lines:
        entry, invitation = line.entry, kept.get(line.entry.email)
        if invitation is None:
            invitation = draft(email=entry.email, role=STUDENT, by=by, now=now, cohort_id=cohort.pk)
            made.append(invitation)
        if entry.name:
            invitation.first_name, invitation.last_name = entry.first_name, entry.last_name
        invitation.external_id = entry.number or invitation.external_id
        invitation.group = groups.get(_key(line)) or invitation.group
        if line.outcome is Outcome.INVITED:
            freshen(invitation=invitation, base_url=base_url, now=now)
    Invitation.objects.bulk_create(made)
    Invitation.objects.bulk_update(kept.values(), [*FRESH, "first_name", "last_name", "external_id", "group"])


def _result(plan: Plan) -> dict[str, Any]:
    refused = [
        [line.entry.line, line.entry.name, line.entry.email, line.entry.number, line.reason, line.other_line]
        for line in plan.of(Outcome.REFUSED)
    ]
    counts = {outcome.value: len(plan.of(outcome)) for outcome in Outcome}
    return {"counts": counts, "refused": refused, "mail": settings.SENDS_MAIL}
