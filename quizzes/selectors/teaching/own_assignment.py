"""A student's page of one assignment: what counts, how far they are, what to do now, until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from quizzes.core.windows import State
from quizzes.models import Assignment, User
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.assignment_words import counts_words, how_words, progress_words, scope_words
from quizzes.selectors.teaching.assignments import Place, read_places
from quizzes.selectors.teaching.moments import exact_moment, moment_words
from quizzes.selectors.teaching.own_work import assignment_line, find_student_of
from quizzes.selectors.teaching.work_lines import WorkLine


@dataclass(frozen=True, slots=True)
class OwnAssignmentPage:
    """One assignment of the person; `line` is the same as in their list."""

    line: WorkLine
    headline: str
    now: str
    deck: str
    scope: str
    instructions: str
    progress: str
    mark: str
    pass_mark: str
    counts: str
    how: str
    opens: str
    opens_exact: str
    closes: str
    closes_exact: str
    own_dates: bool


def own_assignment_page(user: User, assignment: Assignment, *, now: datetime) -> OwnAssignmentPage | None:
    """Everything on the page; None for who is not in its class, or joined it after the closing."""
    student = find_student_of(user, now)
    place = read_places([assignment], [student], now=now).get((assignment.pk, user.pk)) if student else None
    if student is None or place is None or place.late:
        return None
    window, zone = place.window, student.zone
    sections = [section.noun_plural for section in assignment.sections.order_by("position")]
    headline, do = _words(assignment, place)
    return OwnAssignmentPage(
        line=assignment_line(assignment, place, student, now),
        headline=headline,
        now=do,
        deck=assignment.deck.title,
        scope=scope_words(assignment, sections),
        instructions=assignment.instructions,
        progress=progress_words(assignment, place.effort),
        mark="" if place.mark is None else percent(place.mark),
        pass_mark=percent(assignment.pass_mark),
        counts=counts_words(assignment),
        how=how_words(assignment),
        opens=moment_words(window.opens_at, zone, now),
        opens_exact=exact_moment(window.opens_at, zone),
        closes=moment_words(window.closes_at, zone, now),
        closes_exact=exact_moment(window.closes_at, zone),
        own_dates=place.own_dates,
    )


def _words(assignment: Assignment, place: Place) -> tuple[str, str]:
    """How it stands, and what to do now."""
    if place.pending:
        return _("Time is over"), _("What you reached is being worked out. Look again in a few minutes.")
    figures = {"mark": percent(place.mark or 0.0), "needed": percent(assignment.pass_mark)}
    by_hand = f" {_('Your instructor has set this mark.')}" if place.by_hand else ""
    match place.state:
        case State.NOT_OPEN:
            return _("Not open yet"), _("There is nothing to do for it now. Come back when it has opened.")
        case State.OPEN:
            return _("Not begun yet"), _("Answer the first cards today: a little on many days goes furthest.")
        case State.UNDER_WAY:
            return _("You are at %(mark)s of the %(needed)s needed") % figures, _next(assignment) + by_hand
        case State.SUBMITTED:
            return _("Done: you have reached the pass mark"), _after(assignment) + by_hand
        case State.CLOSED:
            return _("Passed with %(mark)s") % figures, _("Time is over; nothing is left to do.") + by_hand
        case State.OVERDUE:
            said = _("Time is over. If something kept you from it, talk to your instructor.")
            return _("Not passed: %(mark)s of the %(needed)s needed") % figures, said + by_hand
        case _:
            return _("You are excused"), _("You need not do this, and it counts neither for nor against you.")


def _next(assignment: Assignment) -> str:
    match assignment.counts:
        case Assignment.Counts.DAYS:
            return _("Do what is due today, and today counts.")
        case Assignment.Counts.INTRODUCED:
            return _("Go on with new cards.")
        case _:
            return _("Go on studying: new cards and those that are due both raise it.")


def _after(assignment: Assignment) -> str:
    if assignment.counts == Assignment.Counts.RECALL:
        return _("What is recalled fades: go on with what is due until it closes.")
    return _("It stays reached. What is due still pays for what comes after.")
