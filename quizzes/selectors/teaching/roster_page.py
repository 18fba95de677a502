"""The pages of a roster in words: what would become of each row, what became of them, and who has not come yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.core.roster_plans import Line, Outcome, Place, Plan, Reason
from quizzes.core.rosters import Roster
from quizzes.formats.errors import TableError
from quizzes.models import Cohort, Invitation, RosterUpload, User
from quizzes.selectors.people.invitations import State, state_of
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.roster import plan_of, read_upload, waiting_invitations

FIELDS = {
    "email": gettext_lazy("e-mail address"),
    "number": gettext_lazy("student number"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "name": gettext_lazy("name"),
    "group": gettext_lazy("group"),
}
REASONS = {
    Reason.NO_ADDRESS: gettext_lazy("There is no e-mail address. Add it, and bring the row again."),
    Reason.UNKNOWN_NUMBER: gettext_lazy(
        "There is no e-mail address, and nobody on this site has this student number. Add the address."
    ),
    Reason.MALFORMED: gettext_lazy("This is no e-mail address. Correct it, and bring the row again."),
    Reason.REPEATED: gettext_lazy(
        "The same person stands in line %d. Nothing is to be done, or correct one of the two."
    ),
    Reason.NUMBER_REPEATED: gettext_lazy("The same student number stands in line %d. Correct one of the two."),
    Reason.NUMBER_OF_ANOTHER: gettext_lazy(
        "The address and the student number belong to two different people on this site. Correct one, or leave it out."
    ),
    Reason.OTHER_NUMBER: gettext_lazy(
        "Whoever has this address has another student number on this site. Correct it, or ask an admin."
    ),
    Reason.NUMBER_TOO_LONG: gettext_lazy("The student number has more than 100 characters. Shorten it."),
    Reason.GROUP_TOO_LONG: gettext_lazy("The name of the group has more than 100 characters. Shorten it."),
    Reason.TEACHES: gettext_lazy(
        "This person teaches the class. Remove them from its instructors first if they are to be a student."
    ),
    Reason.CLOSED: gettext_lazy("This account is closed. An admin can open it again."),
}
TITLES = {
    Outcome.REFUSED: gettext_lazy("refused"),
    Outcome.ENROLLED: gettext_lazy("enrolled at once: they have an account"),
    Outcome.INVITED: gettext_lazy("invited: no account is known to be theirs"),
    Outcome.WAITING: gettext_lazy("invited before, and not come yet"),
    Outcome.PRESENT: gettext_lazy("in the class already"),
}
DELIVERIES = {
    Invitation.Delivery.QUEUED: gettext_lazy("e-mail waits to be sent"),
    Invitation.Delivery.SENT: gettext_lazy("e-mail sent"),
}


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row: where it stands, whom it names, its group, and what there is to say of it."""

    line: int
    who: str
    about: str
    group: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """Rows with one outcome."""

    outcome: str
    title: str
    count: int
    rows: Sequence[RowWords] = ()


@dataclass(frozen=True, slots=True)
class RosterPage:
    """A list before it is confirmed, or after; with `trouble` it cannot be read."""

    id: int
    name: str
    outcomes: Sequence[OutcomeWords] = ()
    notes: Sequence[str] = ()
    version: str = ""
    writes: bool = False
    done: bool = False
    mail: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class InvitationWords:
    """Somebody who was invited and has not come; `path` leads to the invitation where it is to be handed out."""

    id: int
    email: str
    name: str
    number: str
    group: str
    state: str
    open: bool
    path: str


def roster_page(cohort: Cohort, upload: RosterUpload, *, now: datetime) -> RosterPage:
    """What the list would do, or has done; five queries at most."""
    if upload.done_at:
        return _done_page(upload)
    try:
        roster = read_upload(bytes(upload.data))
    except TableError as error:
        return RosterPage(upload.pk, upload.name, trouble=str(error))
    plan = plan_of(cohort, roster, now=now)
    return RosterPage(
        upload.pk,
        upload.name,
        outcomes=[
            OutcomeWords(outcome.value, str(title), len(lines), [_row(line) for line in lines])
            for outcome, title in TITLES.items()
            if (lines := plan.of(outcome))
        ],
        notes=_notes(roster, plan, cohort),
        version=plan.version,
        writes=plan.writes,
        mail=settings.SENDS_MAIL,
    )


def _done_page(upload: RosterUpload) -> RosterPage:
    counts, refused = upload.result["counts"], upload.result["refused"]
    rows = [
        RowWords(line, email or number or name, name if email or number else "", "", [_reason(Reason(reason), other)])
        for line, name, email, number, reason, other in refused
    ]
    outcomes = [
        OutcomeWords(outcome.value, str(title), counts[outcome.value], rows if outcome is Outcome.REFUSED else ())
        for outcome, title in TITLES.items()
        if counts[outcome.value]
    ]
    return RosterPage(upload.pk, upload.name, outcomes, done=True, mail=upload.result["mail"])


def _row(line: Line) -> RowWords:
    entry, account = line.entry, line.account
    shown = account.name if account and not line.reason else entry.name
    about = [part for part in (entry.email, entry.number) if part]
    who = shown or (about.pop(0) if about else _("nobody"))
    return RowWords(entry.line, who, " · ".join(about), entry.group, _said(line))


def _said(line: Line) -> list[str]:
    if line.reason:
        return [_reason(line.reason, line.other_line)]
    said = []
    if line.by_number:
        said.append(_("found by the student number: this address is not known to be theirs"))
    if line.account and line.account.place is Place.LEFT:
        said.append(_("was in the class before, and comes back"))
    if line.sets_number:
        said.append(_("gets the student number %s") % line.entry.number)
    if line.moves:
        said.append(_("goes into the group %s") % line.entry.group)
    return said


def _reason(reason: Reason, other_line: int) -> str:
    words = str(REASONS[reason])
    return words % other_line if "%d" in words else words


def _notes(roster: Roster, plan: Plan, cohort: Cohort) -> list[str]:
    """How the columns were understood, and which groups are new."""
    notes = []
    if roster.headed:
        read = ", ".join(f"“{header}” ({FIELDS[name]})" for name, header in roster.columns.items())
        notes.append(_("Columns read: %s.") % read)
    else:
        notes.append(
            _("No column has a usual name, so only the addresses are read, with the names that stand by them.")
        )
    if roster.numbered:
        notes.append(_("“%s” merely counts the rows, so it is not taken for student numbers.") % roster.numbered)
    if roster.unread:
        notes.append(_("Not read: %s.") % ", ".join(f"“{name}”" for name in roster.unread))
    named = {line.entry.group.casefold(): line.entry.group for line in plan.lines if line.entry.group}
    known = {name.casefold() for name in cohort.groups.values_list("name", flat=True)} if named else set()
    if new := [name for key, name in named.items() if key not in known]:
        notes.append(ngettext("New group: %s.", "New groups: %s.", len(new)) % ", ".join(new))
    return notes


def invitations_page(user: User, cohort: Cohort, *, now: datetime) -> list[InvitationWords]:
    """Who was invited into the class and has not come, by address; two queries."""
    zone = zone_of(user)
    found = waiting_invitations(cohort).select_related("group").order_by("email", "-expires_at")
    return [
        InvitationWords(
            id=one.pk,
            email=one.email,
            name=f"{one.first_name} {one.last_name}".strip(),
            number=one.external_id,
            group=one.group.name if one.group else "",
            state=_state(one, date_format(one.expires_at.astimezone(zone), "j M"), now),
            open=state_of(one, now=now) is State.OPEN,
            path=link_path(one, now=now),
        )
        for one in found
    ]


def link_path(invitation: Invitation, *, now: datetime) -> str:
    """The path of a link to hand out; empty where it no longer works, or is for the address alone to know.

    A link that came by e-mail proves the address, so nobody else may read it.
    """
    shown = not invitation.by_mail and not settings.SENDS_MAIL and state_of(invitation, now=now) is State.OPEN
    return reverse("invitation", args=[invitation.token]) if shown else ""


def _state(invitation: Invitation, until: str, now: datetime) -> str:
    if state_of(invitation, now=now) is State.EXPIRED:
        return _("ended on %s") % until
    if invitation.delivery == Invitation.Delivery.FAILED:
        return _("e-mail could not be sent: %s") % invitation.trouble
    said = DELIVERIES.get(Invitation.Delivery(invitation.delivery))
    open_until = _("open until %s") % until
    return f"{said} · {open_until}" if said else open_until
