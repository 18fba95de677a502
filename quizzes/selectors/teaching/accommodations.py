"""What holds for one student of a class instead of for all, as their instructors see and grant it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Accommodation, Assignment, Cohort, Enrolment, Quiz, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.moments import exact_moment, moment_words
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.selectors.teaching.windows import Thing

IN_CLASS = "class"


@dataclass(frozen=True, slots=True)
class Granted:
    """What may be granted in one place: the whole class (`thing` None), an assignment or a quiz.

    `key` names the place in forms; `plain` says what holds for all, `said` what was granted (empty: nothing).
    """

    key: str
    kind: str
    title: str
    plain: str
    plain_exact: str
    said: Sequence[str]
    note: str
    thing: Thing | None
    kept: Accommodation | None


@dataclass(frozen=True, slots=True)
class AccommodationsPage:
    """All places in which something may be granted to a student; those where something was come first."""

    head: ClassHead
    name: str
    public_id: UUID
    zone: ZoneInfo
    places: Sequence[Granted]


def accommodations_page(
    user: User, cohort: Cohort, enrolment: Enrolment, public_id: UUID, *, now: datetime
) -> AccommodationsPage:
    """Everything on the page; eight queries."""
    zone = zone_of(user)
    return AccommodationsPage(
        head=class_head(user, cohort, now=now),
        name=person_name(enrolment.user),
        public_id=public_id,
        zone=zone,
        places=read_granted(cohort, enrolment.user_id, zone, now=now),
    )


def read_granted(cohort: Cohort, user_id: int, zone: ZoneInfo, *, now: datetime) -> list[Granted]:
    """The places of the class, the whole class first, then those with something granted, by closing; three queries."""
    kept = {
        (one.assignment_id, one.quiz_id): one
        for one in Accommodation.objects.filter(cohort=cohort, user=user_id).order_by("pk")
    }
    things: list[Thing] = [*cohort.assignments.all(), *cohort.quizzes.all()]
    found = [_granted(one, kept.get(_key(one)), zone, now) for one in things]
    found.sort(key=lambda one: (one.kept is None, one.thing.closes_at if one.thing else now))
    return [_in_class(kept.get((None, None))), *found]


def _key(thing: Thing) -> tuple[int | None, int | None]:
    return (thing.pk, None) if isinstance(thing, Assignment) else (None, thing.pk)


def _in_class(kept: Accommodation | None) -> Granted:
    plain = _("Without extra time, unless a quiz below says otherwise.")
    return Granted(IN_CLASS, _("Class"), _("All quizzes of the class"), plain, "", _said(kept), _note(kept), None, kept)


def _granted(thing: Thing, kept: Accommodation | None, zone: ZoneInfo, now: datetime) -> Granted:
    is_quiz = isinstance(thing, Quiz)
    ends = {"opens": moment_words(thing.opens_at, zone, now), "closes": moment_words(thing.closes_at, zone, now)}
    plain = _("For all: opens %(opens)s; closes %(closes)s.") % ends
    if isinstance(thing, Quiz):
        allowed = thing.attempts_allowed
        plain += " " + ngettext("%d attempt.", "%d attempts.", allowed) % allowed
        if thing.time_limit_minutes:
            plain += " " + _("Time limit: %d min.") % thing.time_limit_minutes
    return Granted(
        key=f"{'quiz' if is_quiz else 'assignment'}-{thing.pk}",
        kind=_("Quiz") if is_quiz else _("Assignment"),
        title=thing.title,
        plain=plain,
        plain_exact=f"{exact_moment(thing.opens_at, zone)} – {exact_moment(thing.closes_at, zone)}",
        said=_said(kept, zone, now),
        note=_note(kept),
        thing=thing,
        kept=kept,
    )


def _note(kept: Accommodation | None) -> str:
    return kept.note if kept else ""


def _said(kept: Accommodation | None, zone: ZoneInfo | None = None, now: datetime | None = None) -> list[str]:
    if kept is None:
        return []
    said = []
    if kept.opens_at and zone and now:
        said.append(_("opens %s") % moment_words(kept.opens_at, zone, now))
    if kept.closes_at and zone and now:
        said.append(_("closes %s") % moment_words(kept.closes_at, zone, now))
    if kept.extra_time_percent is not None:
        said.append(_("%d %% extra time") % kept.extra_time_percent)
    if kept.attempts_allowed:
        said.append(ngettext("%d attempt", "%d attempts", kept.attempts_allowed) % kept.attempts_allowed)
    return said or [_("a note only")]
