"""Messages of a class as its instructors see them, and those that a student got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Cohort, Message, MessageCopy, User
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.selectors.teaching.reading import enrolled

PAGE = 50
LATE = timedelta(minutes=5)
State = MessageCopy.State
ON_ITS_WAY = (State.QUEUED, State.SENDING)


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of a list this is, and the numbers of its neighbours; 0 where there is none."""

    number: int
    last: int

    @property
    def newer(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The page after."""
        return self.number + 1 if self.number < self.last else 0


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message in the list of a class."""

    url: str
    subject: str
    sender: str
    sent: str
    standing: str
    trouble: bool


@dataclass(frozen=True, slots=True)
class CopyLine:
    """What became of one copy; `url` leads to the student's page while they are in the class."""

    name: str
    url: str
    address: str
    state: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message with all its copies. `late` says that it waits longer than it should, `again` writes once more to
    those it did not reach; each may be empty."""

    subject: str
    body: str
    sender: str
    sent: str
    standing: str
    waiting: bool
    late: str
    again: str
    copies: Sequence[CopyLine]


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message that the student got."""

    subject: str
    body: str
    sender: str
    class_name: str
    sent: str


def messages_of(cohort: Cohort) -> QuerySet[Message]:
    """What was written to students of the class, newest first."""
    return Message.objects.filter(cohort=cohort, kind=Message.Kind.MESSAGE)


def message_lines(user: User, cohort: Cohort, page: int) -> tuple[list[MessageLine], Pages]:
    """One page of the messages of a class; three queries."""
    found = messages_of(cohort)
    pages = pages_of(found.count(), page, PAGE)
    rows = (
        found.order_by("-created_at", "-pk")
        .select_related("sender")
        .annotate(
            all=Count("copies"),
            waiting=Count("copies", filter=Q(copies__state__in=ON_ITS_WAY)),
            failed=Count("copies", filter=Q(copies__state=State.FAILED)),
        )
    )
    zone = zone_of(user)
    return [_line(row, zone) for row in rows[PAGE * (pages.number - 1) : PAGE * pages.number]], pages


def _line(row: Message, zone: ZoneInfo) -> MessageLine:
    counts: dict[str, int] = {name: getattr(row, name) for name in ("all", "waiting", "failed")}
    return MessageLine(
        url=reverse("class-message", args=[row.cohort_id, row.pk]),
        subject=row.subject,
        sender=_sender(row),
        sent=_moment(row.created_at, zone),
        standing=_standing(counts["all"], counts["waiting"], counts["failed"]),
        trouble=counts["failed"] > 0,
    )


def message_page(user: User, message: Message, *, now: datetime) -> MessagePage:
    """One message and what became of each copy; three queries."""
    zone = zone_of(user)
    copies = list(message.copies.select_related("user__profile"))
    inside = set(enrolled([message.cohort]).values_list("user_id", flat=True)) if message.cohort else set()
    lines = [_copy_line(copy, message.cohort_id if copy.user_id in inside else None, zone) for copy in copies]
    states = [copy.state for copy in copies]
    waiting, failed = sum(state in ON_ITS_WAY for state in states), states.count(State.FAILED)
    reachable = any(copy.state == State.FAILED and copy.address and copy.user_id in inside for copy in copies)
    order = [State.FAILED, State.SENDING, State.QUEUED, State.SENT]
    return MessagePage(
        subject=message.subject,
        body=message.body,
        sender=_sender(message),
        sent=_moment(message.created_at, zone),
        standing=_standing(len(copies), waiting, failed),
        waiting=waiting > 0,
        late=_late(copies, now),
        again=f"{reverse('class-message-new', args=[message.cohort_id])}?again={message.pk}" if reachable else "",
        copies=sorted(lines, key=lambda one: (order.index(State(one.state)), one.name.casefold())),
    )


def _copy_line(copy: MessageCopy, cohort_id: int | None, zone: ZoneInfo) -> CopyLine:
    profile = getattr(copy.user, "profile", None)
    known = cohort_id is not None and profile is not None
    return CopyLine(
        name=person_name(copy.user),
        url=reverse("class-student", args=[cohort_id, profile.public_id]) if known and profile else "",
        address=copy.address,
        state=copy.state,
        label=str(State(copy.state).label),
        detail=_detail(copy, zone),
    )


def _detail(copy: MessageCopy, zone: ZoneInfo) -> str:
    if copy.state == State.SENT:
        return _moment(copy.sent_at, zone) if copy.sent_at else ""
    if copy.state == State.QUEUED and copy.tries:
        tried = ngettext("tried once, again at %(when)s", "tried %(n)d times, again at %(when)s", copy.tries)
        return f"{tried % {'n': copy.tries, 'when': _moment(copy.next_try_at, zone)}}: {copy.trouble}"
    return copy.trouble


def _late(copies: Sequence[MessageCopy], now: datetime) -> str:
    """That nobody sends what waits; empty while all goes well."""
    due = min((copy.next_try_at for copy in copies if copy.state == State.QUEUED), default=now)
    if now - due < LATE:
        return ""
    minutes = int((now - due).total_seconds() // 60)
    return _("It has been waiting for %d minutes. Ask whoever runs the site whether its worker runs.") % minutes


def _standing(every: int, waiting: int, failed: int) -> str:
    """“28 sent, 2 not sent”; what is none of it is left out."""
    sent = every - waiting - failed
    parts = [
        _("%d sent by e-mail") % sent if sent or not failed else "",
        _("%d waiting") % waiting if waiting else "",
        _("%d not sent") % failed if failed else "",
    ]
    return ", ".join(part for part in parts if part)


def own_messages(user: User, page: int) -> tuple[list[OwnMessage], Pages]:
    """What instructors and the site have written to the person, newest first, e-mailed or not; three queries."""
    got = Message.objects.filter(copies__user=user).exclude(kind=Message.Kind.REMINDER)
    pages = pages_of(got.count(), page, PAGE)
    zone = zone_of(user)
    rows = got.select_related("sender", "cohort")[PAGE * (pages.number - 1) : PAGE * pages.number]
    return [
        OwnMessage(
            row.subject, row.body, _sender(row), row.cohort.name if row.cohort else "", _moment(row.created_at, zone)
        )
        for row in rows
    ], pages


def pages_of(found: int, wanted: int, size: int) -> Pages:
    """The page wanted of a list of so many, or the nearest there is."""
    last = max(1, -(-found // size))
    return Pages(min(max(1, wanted), last), last)


def _sender(message: Message) -> str:
    if message.kind == Message.Kind.NOTICE:
        return _("this site")
    return person_name(message.sender) if message.sender else _("somebody whose account is gone")


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "D j M Y, H:i")
