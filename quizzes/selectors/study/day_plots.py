"""A student's days as plots, each under its finding: what was done, what comes. From counts made; reads nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.standing import Forecast
from quizzes.formats.plots import Bar, Plot, bars, calendar
from quizzes.selectors.study.days import cards_words, coming_day, day_of_month, full_day, percent, short_day
from quizzes.selectors.study.standing import Day, last_days

NO_DAY = Day()
MONDAY = date(2024, 1, 1)


def forecast_plot(ahead: Forecast, today: date) -> Plot:
    """Cards due on each of the coming days, what is left over from before apart."""
    days = [today + timedelta(days=at) for at in range(len(ahead.due))]
    found = [
        Bar(full_day(day), (due, over), _due_said(day, due, over), short=day_of_month(day) if at else _("today"))
        for at, (day, due) in enumerate(zip(days, ahead.due, strict=True))
        for over in [ahead.overdue if at == 0 else 0]
    ]
    return bars(
        forecast_finding(ahead, today),
        found,
        x_label=_("Day"),
        y_label=_("Cards due"),
        series=(_("due that day"), _("left over from before")),
        empty=_("Nothing is due"),
        now=0,
    )


def forecast_finding(ahead: Forecast, today: date) -> str:
    """The day with most work, today's left-overs included."""
    work = [ahead.today, *ahead.due[1:]]
    most = max(work)
    if not most:
        return _("Nothing falls due in the next %(days)d days") % {"days": len(work)}
    cards = cards_words(most)
    when = coming_day(today + timedelta(days=work.index(most)), today)
    return _("Most work %(when)s: %(cards)s") % {"when": _on(when, work.index(most)), "cards": cards}


def _on(when: str, ahead: int) -> str:
    return when if ahead < 2 else _("on %(day)s") % {"day": when}


def _due_said(day: date, due: int, over: int) -> str:
    if over:
        return _("%(day)s: %(due)d due, %(over)d left over") % {"day": short_day(day), "due": due, "over": over}
    return cards_said(day, due)


def cards_said(day: date, due: int) -> str:
    """What is due on a day, in words."""
    return _("%(day)s: %(cards)s due") % {"day": short_day(day), "cards": cards_words(due)}


def days_plot(done: Mapping[date, Day], today: date, *, days: int) -> Plot:
    """Answers of the last days, right and wrong."""
    shown = last_days(today, days)
    found = [
        Bar(full_day(day), (one.right, one.wrong), day_said(day, one), short=day_of_month(day))
        for day in shown
        for one in [done.get(day, NO_DAY)]
    ]
    return bars(
        days_finding([done.get(day, NO_DAY) for day in shown]),
        found,
        x_label=_("Day"),
        y_label=_("Answers"),
        series=(_("right"), _("wrong")),
        empty=_("No answers in these days"),
    )


def day_said(day: date, done: Day) -> str:
    """One day in words: answers, and how many were right."""
    if not done.answers:
        return _("%(day)s: nothing") % {"day": short_day(day)}
    said = _("%(day)s: %(right)d right, %(wrong)d wrong") % {
        "day": short_day(day),
        "right": done.right,
        "wrong": done.wrong,
    }
    return f"{said}, {_('%d told later') % done.waits}" if done.waits else said


def days_finding(done: Sequence[Day]) -> str:
    """On how many of these days there was study, and how much of it was right."""
    studied, answers = sum(day.answers > 0 for day in done), sum(day.answers for day in done)
    if not answers:
        return _("No answers in the last %(days)d days") % {"days": len(done)}
    told = sum(day.told for day in done)
    if not told:
        return _("Studied on %(studied)d of the last %(days)d days") % {"studied": studied, "days": len(done)}
    words = _("Studied on %(studied)d of the last %(days)d days, %(percent)s of the answers right")
    share = percent(sum(day.right for day in done) / told)
    return words % {"studied": studied, "days": len(done), "percent": share}


def calendar_plot(done: Mapping[date, Day], today: date, *, weeks: int) -> Plot:
    """Half a year of days, darker where more was answered."""
    since = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    counts = {day: one.answers for day, one in done.items() if day >= since}
    title = ngettext("%(n)d day of study in half a year", "%(n)d days of study in half a year", len(counts))
    return calendar(
        title % {"n": len(counts)},
        counts,
        until=today,
        weeks=weeks,
        say=_answers_said,
        month=lambda day: date_format(day, "M"),
        weekdays=[date_format(MONDAY + timedelta(days=at), "D")[:2] for at in range(7)],
        week=_("Week from"),
        less_more=(_("fewer"), _("more")),
    )


def _answers_said(day: date, count: int) -> str:
    words = ngettext("%(day)s: %(n)d answer", "%(day)s: %(n)d answers", count)
    return words % {"day": day_of_month(day), "n": count}


def doing_plot(done: Mapping[date, Day], ahead: Forecast, today: date, *, days: int) -> Plot:
    """The last days' answers and the coming days' work in one row, for the home page."""
    past, coming = last_days(today, days), [today + timedelta(days=at) for at in range(len(ahead.due))]
    found = []
    for day in [*past, *coming[1:]]:
        one = done.get(day, NO_DAY)
        due = 0 if day < today else (ahead.today if day == today else ahead.due[(day - today).days])
        said = cards_said(day, due) if day > today else day_said(day, one)
        said = _("today: %(n)d answered, %(due)d due") % {"n": one.answers, "due": due} if day == today else said
        short = _("today") if day == today else day_of_month(day)
        found.append(Bar(full_day(day), (one.right, one.wrong, due), said, short=short))
    return bars(
        doing_finding([done.get(day, NO_DAY) for day in past], ahead, today),
        found,
        x_label=_("Day"),
        y_label=_("Answers, cards due"),
        series=(_("right"), _("wrong"), _("due")),
        now=len(past) - 1,
        empty=_("Nothing yet"),
    )


def doing_finding(done: Sequence[Day], ahead: Forecast, today: date) -> str:
    """How often there was study, and when the most work comes."""
    words = {"studied": sum(day.answers > 0 for day in done), "days": len(done)}
    said = _("Studied on %(studied)d of the last %(days)d days") % words
    return f"{said} · {forecast_finding(ahead, today)}"
