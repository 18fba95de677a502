"""Moments at which things set for a class open and close, as they are said in a reader's own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.dateformat import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.selectors.study.days import coming_day


def moment_words(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """“today, 18:00”, “Thursday, 23:59” within a week, “21 March, 23:59”, with the year in another year."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return _("%(day)s, %(time)s") % {"day": coming_day(local.date(), today), "time": time_format(local, "H:i")}


def exact_moment(at: datetime, zone: ZoneInfo) -> str:
    """“Thursday 12 March 2026, 23:59 (Europe/Berlin)”."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'l j F Y, H:i')} ({zone.key})"


def exam_words(exam_on: date | None, today: date) -> str:
    """“Exam on 12 June, in 14 days”; empty without one."""
    if exam_on is None:
        return ""
    ahead = (exam_on - today).days
    if ahead < 0:
        return _("The exam was on %s.") % _day(exam_on, today)
    if ahead < 2:
        return _("Exam today.") if ahead == 0 else _("Exam tomorrow.")
    words = ngettext("Exam on %(day)s, in %(n)d day.", "Exam on %(day)s, in %(n)d days.", ahead)
    return words % {"day": _day(exam_on, today), "n": ahead}


def _day(day: date, today: date) -> str:
    return date_format(day, "j F") if day.year == today.year else date_format(day, "j F Y")
