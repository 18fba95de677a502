"""Days and lengths of time as people say them, always from a reader's own study day."""

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def full_day(day: date) -> str:
    """“Tuesday 10 March 2026”."""
    return date_format(day, pgettext("a date in full", "l j F Y"))


def short_day(day: date) -> str:
    """“Tue 10 Mar”."""
    return date_format(day, pgettext("a date in short", "D j M"))


def day_of_month(day: date) -> str:
    """“10 Mar”."""
    return date_format(day, pgettext("a date on an axis", "j M"))


def coming_day(day: date, today: date) -> str:
    """“today”, “tomorrow”, “Thursday” within a week, then “on 21 March”; with the year in another year."""
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    if 1 < ahead < 7:
        return date_format(day, "l")
    return date_format(day, "j F") if day.year == today.year else date_format(day, "j F Y")


def due_words(day: date, today: date) -> str:
    """When a card is due: “3 days ago”, “today”, “tomorrow”, “in 12 days”."""
    ahead = (day - today).days
    if ahead < 0:
        return ago_words(day, today)
    if ahead < 2:
        return coming_day(day, today)
    return _("in %(length)s") % {"length": length_words(ahead)}


def ago_words(day: date, today: date) -> str:
    """When something was: “today”, “yesterday”, “12 days ago”."""
    ago = (today - day).days
    if ago < 2:
        return _("yesterday") if ago == 1 else _("today")
    return _("%(length)s ago") % {"length": length_words(ago)}


def length_words(days: float) -> str:
    """A length in days, months from two months on, years from two years on."""
    if days < 1:
        return _("less than a day")
    if days < 60:
        return ngettext("%d day", "%d days", round(days)) % round(days)
    if days < 730:
        return ngettext("%d month", "%d months", round(days / 30.44)) % round(days / 30.44)
    return ngettext("%d year", "%d years", round(days / 365.25)) % round(days / 365.25)


def about_days(days: float) -> str:
    """A stability in words: “about 12 days”."""
    return _("less than a day") if days < 1 else _("about %(length)s") % {"length": length_words(days)}


def percent(share: float) -> str:
    """A share from 0 to 1 as whole percent."""
    return f"{round(100 * share)} %"


def cards_words(count: int) -> str:
    """“1 card”, “12 cards”."""
    return ngettext("%d card", "%d cards", count) % count
