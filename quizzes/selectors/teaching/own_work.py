"""What a student has to do for their classes: each thing with its state, its dates, and the next step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.days import study_day
from quizzes.core.windows import State
from quizzes.models import Assignment, Enrolment, User
from quizzes.selectors.access import own_assignments
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.teaching.assignment_words import progress_words
from quizzes.selectors.teaching.assignments import Place, read_places
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.moments import exam_words
from quizzes.selectors.teaching.own_quiz_lines import quiz_lines
from quizzes.selectors.teaching.reading import read_students
from quizzes.selectors.teaching.work_lines import TO_DO, WorkLine, when_words

SHOWN_BEFORE = timedelta(days=14)
MOST_ON_HOME = 3


def own_work(user: User, now: datetime) -> list[WorkLine]:
    """Everything set for the person's classes, by closing; from one query where there is nothing."""
    lines = [line for source in SOURCES for line in source(user, now)]
    return sorted(lines, key=lambda line: (line.closes_at, line.title))


def work_on_home(lines: Sequence[WorkLine], now: datetime) -> list[WorkLine]:
    """The few that the home page shows: to be done, soon to be opened, or with an exam to come; what is to do first."""
    shown = [line for line in lines if _matters(line, now)]
    return sorted(shown, key=lambda line: (_rank(line.state), line.closes_at))[:MOST_ON_HOME]


def _rank(state: State) -> int:
    """What is to be done, what comes, what is done, what is over."""
    order = (TO_DO, (State.NOT_OPEN,), (State.SUBMITTED,))
    return next((at for at, states in enumerate(order) if state in states), len(order))


def _matters(line: WorkLine, now: datetime) -> bool:
    if line.state in TO_DO:
        return True
    if line.state is State.NOT_OPEN:
        return line.opens_at - now <= SHOWN_BEFORE
    examined = line.exam_on is not None and line.exam_on >= now.date()
    return examined and line.state is not State.EXCUSED


def find_student_of(user: User, now: datetime) -> ClassStudent | None:
    """The person as a student of their classes; None if they are in none."""
    enrolments = Enrolment.objects.filter(user=user, role=Enrolment.Role.STUDENT, left_at=None)
    return next(iter(read_students(enrolments, now=now)), None)


def assignment_lines(user: User, now: datetime) -> list[WorkLine]:
    """The person's assignments; those that had closed before they joined the class are left out."""
    assignments = list(own_assignments(user).select_related("cohort", "deck"))
    student = find_student_of(user, now) if assignments else None
    if student is None:
        return []
    places = read_places(assignments, [student], now=now)
    found = [(one, places[one.pk, user.pk]) for one in assignments if (one.pk, user.pk) in places]
    return [assignment_line(one, place, student, now) for one, place in found if not place.late]


SOURCES: Sequence[Callable[[User, datetime], list[WorkLine]]] = (assignment_lines, quiz_lines)
"""Where own work comes from."""


def assignment_line(assignment: Assignment, place: Place, student: ClassStudent, now: datetime) -> WorkLine:
    """One assignment of a student."""
    when, exact = when_words(place.window, student.zone, now)
    line = WorkLine(
        kind=_("Assignment"),
        title=assignment.title,
        url=reverse("own-assignment", args=[assignment.pk]),
        class_name=assignment.cohort.name,
        state=place.state,
        said=_said(assignment, place),
        when=when,
        when_exact=exact,
        opens_at=place.window.opens_at,
        closes_at=place.window.closes_at,
        tone={State.SUBMITTED: "good", State.CLOSED: "good", State.OVERDUE: "warn"}.get(place.state, ""),
        exam=exam_words(assignment.exam_on, today=study_day(now, student.zone, student.rollover_hour)),
        exam_on=assignment.exam_on,
        share=None if place.mark is None else round(100 * place.mark),
    )
    if place.pending:
        line = replace(line, tone="")
    if place.state not in (*TO_DO, State.SUBMITTED):
        return line
    return replace(line, button=_("Study"), button_url=session_url(assignment.deck.slug))


def _said(assignment: Assignment, place: Place) -> str:
    """The state in a few words, from the student's side."""
    if place.pending:
        return _("closed; your result is being worked out")
    mark, needed = percent(place.mark or 0.0), percent(assignment.pass_mark)
    progress = mark if place.by_hand else progress_words(assignment, place.effort)
    match place.state:
        case State.NOT_OPEN:
            return _("not open yet")
        case State.OPEN:
            return _("not begun")
        case State.UNDER_WAY:
            return _("under way: %s") % progress
        case State.SUBMITTED:
            return _("done: %s") % progress
        case State.CLOSED:
            return _("passed with %s") % mark
        case State.OVERDUE:
            return _("not passed: %(mark)s of the %(needed)s needed") % {"mark": mark, "needed": needed}
        case _:
            return _("excused")
