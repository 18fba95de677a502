"""Marks, points and states of grades in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.grades import Grade, Where, passes

NOTHING = "–"


def mark_words(mark: float | None) -> str:
    """A mark in percent, to the tenth where it is not whole: “66.7 %”; a dash for none."""
    return NOTHING if mark is None else f"{number_words(100 * mark)} %"


def number_words(number: float) -> str:
    """A number to the tenth, without the tenth where it is whole."""
    return f"{number:.1f}".removesuffix(".0").replace("-", "−")


def isolated(text: str) -> str:
    """A text of unknown direction, so that it leaves the words around it where they are."""
    return f"\u2068{text}\u2069"


def points_words(points: float | None) -> str:
    """“12 points”; empty for none."""
    return "" if points is None else _("%s points") % number_words(points)


def where_words(where: Where) -> str:
    """A state of a grade."""
    match where:
        case Where.NOT_OPEN:
            return _("not open yet")
        case Where.OPEN:
            return _("open")
        case Where.UNDER_WAY:
            return _("under way")
        case Where.MARKED:
            return _("marked")
        case Where.NO_MARK:
            return _("no mark: every question left out")
        case Where.PENDING:
            return _("being worked out")
        case Where.MISSING:
            return _("missing")
        case Where.JOINED_LATER:
            return _("joined after closing")
        case Where.EXCUSED:
            return _("excused")


def passed_words(mark: float | None, pass_mark: float | None) -> str:
    """“passed” or “not passed”; empty where there is nothing to pass, or no mark."""
    passed = passes(mark, pass_mark)
    return "" if passed is None else _("passed") if passed else _("not passed")


def state_words(grade: Grade, pass_mark: float | None) -> str:
    """The state of a grade with what was set by hand: “marked, not passed, set by hand”."""
    said = [where_words(grade.where), passed_words(grade.mark, pass_mark)]
    if grade.by_hand and grade.where is not Where.EXCUSED:
        said.append(_("set by hand"))
    return ", ".join(filter(None, said))


def moment_words(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment in the reader's zone: “Tue 10 Mar 2026, 11:00”; empty for none."""
    return date_format(moment.astimezone(zone), "D j M Y, H:i") if moment else ""


def minutes_words(seconds: float) -> str:
    """A length of time: “12 min 05 s”, “45 s”, “0.4 s”, “2 h 10 min”."""
    whole = round(seconds)
    if seconds < 10:
        return _("%s s") % number_words(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return _("%(h)d h %(m)02d min") % {"h": hours, "m": minutes}
    if minutes:
        return _("%(m)d min %(s)02d s") % {"m": minutes, "s": whole % 60}
    return _("%d s") % whole
