"""A roster before it is confirmed: whom its rows mean, what would become of each, and in which words.

An address finds an account only if it is surely that person's: confirmed by e-mail, or entered by an admin. Anybody can
sign up with an address that is not theirs, above all where the site sends no e-mail; such an account must not get
somebody else's place, marks and quizzes. Whoever holds the address gets a link instead, and signs in with the account
that they have. A student number finds an account, since students cannot set it themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.core.roster_plans import Account, Known, Place, Plan, plan_roster
from quizzes.core.rosters import Entry, Roster, group_key, read_roster
from quizzes.formats.errors import TableError
from quizzes.formats.tables import read_sheet
from quizzes.models import Cohort, Enrolment, Invitation, RosterUpload, User
from quizzes.models.people import STUDENT
from quizzes.selectors.teaching.people import person_name

MOST_ROWS, LONGEST_ADDRESS = 2_000, 254


def find_roster(user: User, cohort: Cohort, pk: int) -> RosterUpload | None:
    """The person's own upload for this class; None if it is gone, or somebody else's."""
    return RosterUpload.objects.filter(pk=pk, cohort=cohort, uploaded_by=user).first()


def read_upload(data: bytes) -> Roster:
    """The rows of an upload. Raises TableError, with words for the instructor."""
    roster = read_roster(read_sheet(data), is_address=is_address)
    if len(roster.entries) > MOST_ROWS:
        raise TableError(_("The list has more than %d rows. Split it into several.") % MOST_ROWS)
    if not roster.entries:
        raise TableError(_("The list names nobody: there is a header and nothing below it."))
    return roster


def plan_of(cohort: Cohort, roster: Roster, *, now: datetime) -> Plan:
    """What would become of each row now; five queries."""
    return plan_roster(roster.entries, read_known(cohort, roster.entries, now=now))


def read_known(cohort: Cohort, entries: Sequence[Entry], *, now: datetime) -> Known:
    """Those accounts that the rows may mean, and the addresses that hold an open invitation into the class."""
    emails, numbers = ({getattr(entry, name) for entry in entries} - {""} for name in ("email", "number"))
    meant = Q(email__in=emails) | Q(user__profile__external_id__in=numbers)
    owned = list(EmailAddress.objects.filter(meant, verified=True).values_list("email", "user_id"))
    addresses: dict[int, set[str]] = defaultdict(set)
    for email, user_id in owned:
        addresses[user_id].add(email.lower())
    people = list(
        User.objects.filter(Q(pk__in=addresses) | Q(profile__external_id__in=numbers)).select_related("profile")
    )
    places = {
        row.user_id: row
        for row in cohort.enrolments.filter(user__in=[one.pk for one in people]).select_related("group")
    }
    accounts = [_account(user, frozenset(addresses[user.pk]), places.get(user.pk)) for user in people]
    return Known(
        by_address={email: account for account in accounts for email in account.addresses},
        by_number={account.number: account for account in accounts if account.number},
        invited=frozenset(open_invitations(cohort, emails, now=now)),
    )


def open_invitations(cohort: Cohort, emails: Iterable[str], *, now: datetime) -> dict[str, Invitation]:
    """The students' invitations into the class that still work, by address; one query."""
    rows = waiting_invitations(cohort).filter(email__in=list(emails), expires_at__gt=now)
    return {invitation.email: invitation for invitation in rows}


def waiting_invitations(cohort: Cohort) -> QuerySet[Invitation]:
    """The students' invitations into the class that nobody has used, ended ones included."""
    return Invitation.objects.filter(cohort=cohort, role=STUDENT, used_at=None)


def is_address(text: str) -> bool:
    """Whether an e-mail can be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def _account(user: User, addresses: frozenset[str], enrolment: Enrolment | None) -> Account:
    profile = getattr(user, "profile", None)
    return Account(
        id=user.pk,
        name=f"{person_name(user)} ({user.get_username()})" if user.get_full_name() else user.get_username(),
        number=profile.external_id if profile else "",
        addresses=addresses,
        active=user.is_active,
        place=_place(enrolment),
        group=group_key(enrolment.group.name) if enrolment and enrolment.group else "",
    )


def _place(enrolment: Enrolment | None) -> Place:
    if enrolment is None:
        return Place.NONE
    if enrolment.left_at:
        return Place.LEFT
    return Place.STUDENT if enrolment.role == Enrolment.Role.STUDENT else Place.TEACHES
