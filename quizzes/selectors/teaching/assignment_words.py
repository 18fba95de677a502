"""What is said of an assignment: what counts, how far somebody is, which state it is in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.effort import Effort
from quizzes.core.windows import State
from quizzes.models import Assignment
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.assignments import Place
from quizzes.selectors.teaching.wording import students_words

REACHED, OVER = (State.SUBMITTED, State.CLOSED), (State.CLOSED, State.OVERDUE)


def counts_words(assignment: Assignment) -> str:
    """What counts and how much of it passes, in one sentence for students and instructors."""
    match assignment.counts:
        case Assignment.Counts.DAYS:
            words = ngettext(
                "Days with due work done count; %(n)d day is 100 %%.",
                "Days with due work done count; %(n)d days are 100 %%.",
                assignment.days_needed,
            )
            return words % {"n": assignment.days_needed}
        case Assignment.Counts.INTRODUCED:
            return _("The share of cards answered at least once counts.")
        case _:
            return _("Predicted recall counts: how much of all its cards would be recalled today.")


def how_words(assignment: Assignment) -> str:
    """How what counts is counted, for who wants to know."""
    match assignment.counts:
        case Assignment.Counts.DAYS:
            return _(
                "A day counts if at least one card is answered on it, and none is left that was due when the day "
                "began. Cards suspended or buried, cards of one fact that are kept apart, and what lies beyond the "
                "daily limit of reviews need not be answered. Practice does not count. Days begin at four in the "
                "morning, or at the hour chosen in the settings."
            )
        case Assignment.Counts.INTRODUCED:
            return _("Each card counts from its first answer on, right or wrong. Practice does not count.")
        case _:
            return _(
                "Cards never answered count as not recalled; those answered today count as they will stand tomorrow. "
                "What is recalled fades with time, so it pays to study up to the closing."
            )


def progress_words(assignment: Assignment, effort: Effort | None) -> str:
    """“3 of 5 days”, “12 of 16 cards”, “62 % recalled”; a dash where nothing is known."""
    if effort is None:
        return "–"
    match assignment.counts:
        case Assignment.Counts.DAYS:
            words = ngettext("%(n)d of %(all)d day", "%(n)d of %(all)d days", assignment.days_needed)
            return words % {"n": effort.days, "all": assignment.days_needed}
        case Assignment.Counts.INTRODUCED:
            words = ngettext("%(n)d of %(all)d card", "%(n)d of %(all)d cards", effort.cards)
            return words % {"n": effort.introduced, "all": effort.cards}
        case _:
            return _("%s recalled") % percent(effort.recall)


def state_words(place: Place) -> str:
    """The state of one student in the words of a table."""
    if place.late:
        return _("joined after it closed")
    if place.pending:
        return _("closed: being worked out") if place.state in OVER else _("being counted")
    return {
        State.NOT_OPEN: _("not open yet"),
        State.OPEN: _("not begun"),
        State.UNDER_WAY: _("under way"),
        State.SUBMITTED: _("pass mark reached"),
        State.CLOSED: _("closed: passed"),
        State.OVERDUE: _("closed: not passed"),
        State.EXCUSED: _("excused"),
    }[place.state]


def scope_words(assignment: Assignment, sections: list[str]) -> str:
    """The sections between commas, or that it is the whole deck."""
    return ", ".join(sections) or _("the whole deck")


def stage_words(assignment: Assignment, now: datetime) -> str:
    """Draft, not open yet, open, closed: for all but those with dates of their own."""
    if assignment.published_at is None:
        return _("draft")
    if now < assignment.opens_at:
        return _("not open yet")
    return _("open") if now < assignment.closes_at else _("closed")


def standing_sentence(places: Mapping[int, Place]) -> str:
    """“12 of 31 have reached the pass mark; 4 have not begun.” Who is excused is not among them."""
    counted = [place for place in places.values() if place.state is not State.EXCUSED]
    if not counted:
        return _("Nobody has to do this.")
    if all(place.state is State.NOT_OPEN for place in counted):
        return _("It has not opened yet; it is for %s.") % students_words(len(counted))
    reached = sum(place.state in REACHED for place in counted)
    words = ngettext(
        "%(n)d of %(all)d has reached the pass mark", "%(n)d of %(all)d have reached the pass mark", reached
    )
    said = [words % {"n": reached, "all": len(counted)}]
    if new := sum(is_new(place) for place in counted):
        said.append(ngettext("%d has not begun", "%d have not begun", new) % new)
    if pending := sum(place.pending for place in counted):
        words = ngettext("%d is still being worked out", "%d are still being worked out", pending)
        said.append(words % pending)
    return "; ".join(said) + "."


def is_new(place: Place) -> bool:
    """Whether nothing of it has been done, open or closed."""
    return place.state in (State.OPEN, State.OVERDUE) and not place.pending and not place.mark
