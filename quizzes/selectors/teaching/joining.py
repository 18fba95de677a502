"""Joining a class by its code: which class it is, and what the page says before the button is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.join_codes import show_code, tidy_code
from quizzes.models import Cohort, Deck, Enrolment, User
from quizzes.selectors.access import own_classes, taught_classes, visible_decks
from quizzes.selectors.teaching.people import instructor_names, instructors_of


@dataclass(frozen=True, slots=True)
class JoinPage:
    """A class as somebody sees it before joining; `closed` says why they cannot, `place` that they are in it."""

    name: str
    instructors: str
    decks: Sequence[Deck]
    code: str
    action: str
    closed: str = ""
    place: str = ""
    onward: str = ""


def find_class(typed: str) -> Cohort | None:
    """The class of a code, however it was typed; None if there is none."""
    code = tidy_code(typed)
    return Cohort.objects.filter(join_code=code).first() if code else None


def is_open(cohort: Cohort, now: datetime) -> bool:
    """Whether people may join the class by its code."""
    return not cohort.archived_at and (cohort.joining_closes_at is None or cohort.joining_closes_at > now)


def last_day_of(closes_at: datetime | None, zone: ZoneInfo) -> date | None:
    """The last day on which people can join, in this zone; None if there is none."""
    return None if closes_at is None else (closes_at.astimezone(zone) - timedelta(microseconds=1)).date()


def closes_words(cohort: Cohort, zone: ZoneInfo, now: datetime) -> str:
    """Until when people can join."""
    last = last_day_of(cohort.joining_closes_at, zone)
    if last is None:
        return _("Anybody with the code can join until you close it.")
    words = _("Anybody with the code can join until %s.") if is_open(cohort, now) else _("Nobody can join since %s.")
    return words % date_format(last, "j F Y")


def why_closed(cohort: Cohort, now: datetime) -> str:
    """Why nobody can join, with the remedy; empty if they can."""
    if is_open(cohort, now):
        return ""
    if cohort.archived_at:
        return _("This class has ended. If you expected to join it, ask your instructor for the code of the new one.")
    return _("This class takes nobody in any more. Ask its instructor to open joining again.")


def join_page(user: User, cohort: Cohort, *, now: datetime) -> JoinPage:
    """What there is to know before joining; five queries."""
    place, onward = _place(user, cohort)
    return JoinPage(
        name=cohort.name,
        instructors=instructor_names(instructors_of([cohort])[cohort.pk]),
        decks=list(visible_decks(user).filter(cohorts=cohort)),
        code=show_code(cohort.join_code),
        action=reverse("join-class", args=[show_code(cohort.join_code)]),
        closed=why_closed(cohort, now),
        place=place,
        onward=onward,
    )


def _place(user: User, cohort: Cohort) -> tuple[str, str]:
    """That the person belongs to the class already, and where they go on; empty if they do not."""
    if own_classes(user).filter(pk=cohort.pk).exists():
        return _("You are in this class already."), reverse("home")
    if Enrolment.objects.filter(cohort=cohort, user=user, left_at=None).exists():
        teaches = taught_classes(user).filter(pk=cohort.pk).exists()
        return _("You teach this class."), reverse("class", args=[cohort.pk]) if teaches else reverse("home")
    return "", ""
