"""The assignments of a class as a short list: which state each is in, and how many have passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models import Assignment, Cohort, User
from quizzes.selectors.teaching.assignment_words import stage_words, standing_sentence
from quizzes.selectors.teaching.assignments import Place, read_places
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.moments import exact_moment, moment_words
from quizzes.selectors.teaching.people import zone_of

LOGS_READ = 10
"""Sentences over a whole class do not wait for more: what the worker counted minutes ago serves as well."""


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment in the list of its class; closed ones stand apart."""

    title: str
    url: str
    state: str
    closed: bool
    sentence: str
    when: str
    when_exact: str


def assignment_list(
    user: User, cohort: Cohort, students: Sequence[ClassStudent], *, now: datetime
) -> list[AssignmentLine]:
    """Those of the class by closing, after them those that have closed, the last first; fourteen queries at most."""
    found = list(cohort.assignments.order_by("closes_at", "pk"))
    if not found:
        return []
    zone = zone_of(user)
    published = [one for one in found if one.published_at]
    places = read_places(published, students, now=now, most_counted=LOGS_READ)
    of_assignment: dict[int, dict[int, Place]] = {one.pk: {} for one in found}
    for (assignment_id, user_id), place in places.items():
        of_assignment[assignment_id][user_id] = place
    lines = [_line(one, of_assignment[one.pk], zone, now) for one in found]
    return [*(line for line in lines if not line.closed), *(line for line in lines[::-1] if line.closed)]


def _line(assignment: Assignment, places: Mapping[int, Place], zone: ZoneInfo, now: datetime) -> AssignmentLine:
    opened = now >= assignment.opens_at
    at = assignment.closes_at if opened else assignment.opens_at
    words = (_("until %s") if now < at else _("closed %s")) if opened else _("opens %s")
    return AssignmentLine(
        title=assignment.title,
        url=reverse("class-assignment", args=[assignment.cohort_id, assignment.pk]),
        state=stage_words(assignment, now),
        closed=now >= assignment.closes_at,
        sentence=standing_sentence(places) if assignment.published_at else _("Students do not see it."),
        when=words % moment_words(at, zone, now),
        when_exact=exact_moment(at, zone),
    )
