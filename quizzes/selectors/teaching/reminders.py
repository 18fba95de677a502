"""Who is to be reminded now, of what, and in which words."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.reminders import is_time_to_remind
from quizzes.models import Assignment, Enrolment, Message
from quizzes.selectors.people.reminders import wants_reminders
from quizzes.selectors.teaching.mails import absolute
from quizzes.selectors.teaching.undone import OpenThings, Undone, read_done, read_open
from quizzes.selectors.teaching.windows import Thing

NAMES = uuid.UUID("6b0a1d4e-5a0f-4b7e-9a55-7d1c3f0e2b64")
MOST_IDS = 500


@dataclass(slots=True)
class Student:
    """Somebody who may be reminded, with their classes."""

    user_id: int
    name: str
    address: str
    zone: ZoneInfo
    cohort_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder to one student for one day of theirs; its id is the same whoever makes it."""

    student: Student
    day: date
    undone: Sequence[Undone]

    @property
    def form_id(self) -> uuid.UUID:
        """The id by which a second one on the same day is known."""
        return uuid.uuid5(NAMES, f"{self.student.user_id}/{self.day.isoformat()}")


def due_reminders(*, now: datetime) -> list[Reminder]:
    """All who are to be reminded now and have not been on their day; nobody where the site sends no e-mail.

    Two queries while nothing is open; twenty at most while something is, and one for every 500 students to be
    reminded.
    """
    things = read_open(now=now) if settings.SENDS_MAIL else None
    if things is None:
        return []
    found = [(one, things.of(one.user_id, one.cohort_ids)) for one in _students(things)]
    maybe = [(one, undone) for one, undone in found if _is_time(one, undone, now)]
    done = _done(maybe, now)
    left = [
        (one, [it for it in undone if (type(it.thing), it.thing.pk, one.user_id) not in done]) for one, undone in maybe
    ]
    due = [Reminder(one, now.astimezone(one.zone).date(), undone) for one, undone in left if _is_time(one, undone, now)]
    made = set(_made([one.form_id for one in due]))
    return [one for one in due if one.form_id not in made]


def _is_time(student: Student, undone: Sequence[Undone], now: datetime) -> bool:
    return is_time_to_remind(now, student.zone, [one.closes_at for one in undone])


def _done(maybe: Sequence[tuple[Student, Sequence[Undone]]], now: datetime) -> set[tuple[type, int, int]]:
    things: dict[tuple[type, int], Thing] = {
        (type(one.thing), one.thing.pk): one.thing for _student, undone in maybe for one in undone
    }
    return read_done(things.values(), [one.user_id for one, _undone in maybe], now=now) if things else set()


def _made(ids: Sequence[uuid.UUID]) -> Iterator[uuid.UUID | None]:
    rest = iter(ids)
    while some := list(islice(rest, MOST_IDS)):
        yield from Message.objects.filter(form_id__in=some).values_list("form_id", flat=True)


ROW = (
    "user_id", "cohort_id", "user__first_name", "user__username", "user__email", "user__profile__time_zone",
    "user__profile__preferences",
)  # fmt: skip


def _students(things: OpenThings) -> Collection[Student]:
    """The students of the classes with something open who have an account, an address and nothing against it."""
    rows = Enrolment.objects.filter(
        cohort__in=list(things.by_class), role=Enrolment.Role.STUDENT, left_at=None, user__is_active=True
    ).exclude(user__email="")
    found: dict[int, Student] = {}
    classes: dict[int, list[int]] = defaultdict(list)
    for user_id, cohort_id, first, username, email, zone, preferences in rows.order_by("user_id").values_list(*ROW):
        if wants_reminders(preferences or {}):
            found.setdefault(user_id, Student(user_id, first or username, email, _zone(zone), classes[user_id]))
            classes[user_id].append(cohort_id)
    return found.values()


def _zone(name: str | None) -> ZoneInfo:
    return ZoneInfo(name or settings.TIME_ZONE)


def subject_words(reminder: Reminder, now: datetime) -> str:
    """The first thing to close, and how many there are."""
    first = reminder.undone[0]
    about = {
        "title": " ".join(first.thing.title.split()),
        "until": until_words(first.closes_at, now, reminder.student.zone),
    }
    if len(reminder.undone) == 1:
        return _("“%(title)s” is open until %(until)s") % about
    return _("%(n)d things to do; “%(title)s” is open until %(until)s") % {**about, "n": len(reminder.undone)}


def body_words(reminder: Reminder, now: datetime) -> str:
    """All that is open and not done, with the way there."""
    zone = reminder.student.zone
    lines = [_line(one, now, zone) for one in reminder.undone]
    about = {"name": reminder.student.name, "lines": lines, "zone": zone.key.replace("_", " ")}
    return render_to_string("teaching/email/reminder_body.txt", about).strip()


def _line(one: Undone, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": one.thing.title,
        "class_name": one.thing.cohort.name,
        "is_quiz": not isinstance(one.thing, Assignment),
        "until": until_words(one.closes_at, now, zone),
        "url": absolute(own_path(one.thing)),
    }


def own_path(thing: Thing) -> str:
    """The student's page of an assignment or a quiz."""
    return reverse("own-assignment" if isinstance(thing, Assignment) else "own-quiz", args=[thing.pk])


def until_words(closes_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The last moment as one says it: what closes with a day, closes at midnight of that day."""
    local = closes_at.astimezone(zone)
    last = (local - timedelta(microseconds=1)).date()
    hour = _("midnight") if last != local.date() else date_format(local, "H:i")
    match (last - now.astimezone(zone).date()).days:
        case 0:
            day = _("today")
        case 1:
            day = _("tomorrow")
        case _:
            day = date_format(last, "l j F")
    return _("%(day)s, %(hour)s") % {"day": day, "hour": hour}
