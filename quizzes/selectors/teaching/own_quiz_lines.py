"""A student's quizzes as lines of what they have to do for their classes."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.windows import State
from quizzes.models import User
from quizzes.selectors.access import own_quizzes
from quizzes.selectors.teaching.own_quiz import OwnQuiz, attempt_url, read_own
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.work_lines import WorkLine, when_words


def quiz_lines(user: User, now: datetime) -> list[WorkLine]:
    """The person's quizzes; those that had closed before they joined the class are left out."""
    quizzes = list(own_quizzes(user).select_related("cohort", "deck"))
    if not quizzes:
        return []
    zone = zone_of(user)
    joined = dict(user.enrolments.values_list("cohort", "joined_at"))
    found = (one for one in read_own(user, quizzes, now=now) if joined[one.quiz.cohort_id] < one.rules.window.closes_at)
    return [_line(one, *when_words(one.rules.window, zone, now)) for one in found]


def _line(own: OwnQuiz, when: str, exact: str) -> WorkLine:
    button, url = _button(own)
    return WorkLine(
        kind=_("Quiz"),
        title=own.quiz.title,
        url=own.url,
        class_name=own.quiz.cohort.name,
        state=own.state,
        said=_said(own),
        when=when,
        when_exact=exact,
        opens_at=own.rules.window.opens_at,
        closes_at=own.rules.window.closes_at,
        tone={State.SUBMITTED: "good", State.CLOSED: "good", State.OVERDUE: "warn"}.get(own.state, ""),
        button=button,
        button_url=url,
    )


def _button(own: OwnQuiz) -> tuple[str, str]:
    if own.state is State.UNDER_WAY and own.running:
        return _("Continue"), attempt_url(own.running)
    return (_("To the quiz"), own.url) if own.state is State.OPEN else ("", "")


def _said(own: OwnQuiz) -> str:
    """The state in a few words, from the student's side."""
    match own.state:
        case State.NOT_OPEN:
            return _("not open yet")
        case State.OPEN:
            return _("not begun")
        case State.UNDER_WAY:
            return _("under way")
        case State.SUBMITTED:
            return _submitted(own.left)
        case State.CLOSED:
            return _("handed in")
        case State.OVERDUE:
            return _("missed")
        case _:
            return _("excused")


def _submitted(left: int) -> str:
    if not left:
        return _("handed in")
    return ngettext("handed in; %d more attempt", "handed in; %d more attempts", left) % left
