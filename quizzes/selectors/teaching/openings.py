"""Who has opened what is kept of a person, for that person to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import AccessRecord, Enrolment, User
from quizzes.selectors.teaching.messages import Pages, pages_of
from quizzes.selectors.teaching.people import person_name, zone_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One row of the list: who, as what, opened what, when and how often; where it is of no class, that is empty."""

    who: str
    role: str
    what: str
    class_name: str
    when: str
    often: str


def openings_about(user: User) -> QuerySet[AccessRecord]:
    """Openings of what is kept of the person, newest first; files about a class if they were a student of it then."""
    then = Enrolment.objects.filter(
        Q(left_at=None) | Q(left_at__gte=OuterRef("opened_at")),
        user=user,
        role=Enrolment.Role.STUDENT,
        cohort=OuterRef("cohort"),
        joined_at__lte=OuterRef("last_opened_at"),
    )
    return AccessRecord.objects.filter(Q(person=user) | Q(Exists(then), person__isnull=True))


def openings_page(user: User, page: int) -> tuple[Sequence[OpeningLine], Pages]:
    """One page of them; three queries."""
    rows = openings_about(user)
    pages, zone = pages_of(rows.count(), page, PAGE), zone_of(user)
    shown = rows.select_related("opened_by", "cohort")[PAGE * (pages.number - 1) : PAGE * pages.number]
    return [_line(row, zone) for row in shown], pages


def opener_name(row: AccessRecord) -> str:
    """Who opened it, by the name they have now."""
    if row.opened_by:
        return person_name(row.opened_by)
    return "" if row.role == AccessRecord.Role.OPERATOR else _("somebody whose account is gone")


def _line(row: AccessRecord, zone: ZoneInfo) -> OpeningLine:
    what = row.get_what_display()
    return OpeningLine(
        who=opener_name(row),
        role=row.get_role_display(),
        what=f"{what}: {row.about}" if row.about else what,
        class_name=row.cohort.name if row.cohort else "",
        when=_moment(row.opened_at, zone),
        often=_often(row, zone),
    )


def _often(row: AccessRecord, zone: ZoneInfo) -> str:
    if row.times == 1:
        return ""
    words = ngettext("%(n)d time, last at %(last)s", "%(n)d times, last at %(last)s", row.times)
    return words % {"n": row.times, "last": date_format(row.last_opened_at.astimezone(zone), "H:i")}


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "D j M Y, H:i")
