"""The pictures of a student's page for their instructor."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.phases import Phase
from quizzes.core.shares import score_interval
from quizzes.core.statistics import LEAST_CARDS
from quizzes.formats.plots import Bar, Plot, bars, calendar, level_bars
from quizzes.models import Card, CardProgress, ReviewLog
from quizzes.selectors.study.days import cards_words, percent
from quizzes.selectors.teaching.class_plots import weekly_recall_plot
from quizzes.selectors.teaching.figures import DAYS, Figures
from quizzes.selectors.teaching.wording import range_words, section_names

WEEKS_SHOWN, DAYS_AHEAD = 26, 14


def student_shares(figures: Figures) -> list[tuple[str, float | None, int]]:
    """Name, predicted recall (None for fewer than LEAST_CARDS) and cards learned, by section."""
    names = section_names(figures.sections)
    learned, sums = figures.learned[0], figures.recall[0]
    return [
        (name, float(sums[at] / learned[at]) if learned[at] >= LEAST_CARDS else None, int(learned[at]))
        for at, name in enumerate(names)
    ]


def student_plots(
    figures: Figures, answers: QuerySet[ReviewLog, Any], decks: Sequence[int], today: date, when: str = ""
) -> list[list[Plot]]:
    """In two columns: study days and what is to come, recall by section; nothing before the first answer."""
    if not figures.introduced.any():
        return []
    done = [_calendar(figures, answers, today), _forecast(figures, decks, today)]
    return [done, [plot for plot in (_recall_plot(figures, when), weekly_recall_plot(figures, today)) if plot]]


def _calendar(figures: Figures, answers: QuerySet[ReviewLog, Any], today: date) -> Plot:
    since = today - timedelta(weeks=WEEKS_SHOWN)
    counted = answers.filter(study_day__gt=since).order_by().values_list("study_day").annotate(n=Count("seq"))
    title = _("Studied on %(n)d of the last %(days)d days") % {"n": int(figures.studied[0].sum()), "days": DAYS}
    return calendar(
        title,
        dict(counted),
        until=today,
        weeks=WEEKS_SHOWN,
        say=_answers_on,
        month=lambda day: date_format(day, "M"),
        weekdays=[str(WEEKDAYS_ABBR[at]) for at in range(7)],
        week=_("Week from"),
    )


def _answers_on(day: date, count: int) -> str:
    words = ngettext("%(day)s: %(n)d answer", "%(day)s: %(n)d answers", count)
    return words % {"day": date_format(day, "D j M"), "n": count}


def _recall_plot(figures: Figures, when: str) -> Plot | None:
    known = [(name, share, learned) for name, share, learned in student_shares(figures) if share is not None]
    if not known:
        return None
    lowest = min(known, key=lambda one: one[1])
    weakest = f"{lowest[0]}, {percent(lowest[1])}"
    said = _("Predicted recall %(when)s is weakest in %(section)s") % {"when": when, "section": weakest}
    title = said if when else _("Predicted recall is weakest in %s") % weakest
    found = [
        Bar(
            name,
            [share],
            _("%(section)s: %(share)s (%(between)s) of %(cards)s")
            % {"section": name, "share": percent(share), "between": range_words(*edges), "cards": cards_words(learned)},
            low=edges[0],
            high=edges[1],
            cells=(percent(share), range_words(*edges), str(learned)),
        )
        for name, share, learned in known
        for edges in [score_interval(share, learned)]
    ]
    columns = (_("Section"), _("Predicted recall"), _("95 % interval"), _("Cards learned"))
    return level_bars(title, found, columns=columns)


def _forecast(figures: Figures, decks: Sequence[int], today: date) -> Plot:
    """Cards due on each of the coming days, what waits already on the first."""
    last = today + timedelta(days=DAYS_AHEAD - 1)
    rows = CardProgress.objects.filter(
        user_id=figures.students[0].user_id,
        card__deck__in=decks,
        card__status=Card.Status.ACTIVE,
        suspended=False,
        due_on__lte=last,
    ).exclude(phase=Phase.NEW)
    counts = [0] * DAYS_AHEAD
    for due_on, count in rows.order_by().values_list("due_on").annotate(n=Count("card_id")):
        counts[max(0, (due_on - today).days)] += count
    days = [today + timedelta(days=at) for at in range(DAYS_AHEAD)]
    found = [
        Bar(
            date_format(day, "D j M"),
            [count],
            ngettext("%(day)s: %(n)d card", "%(day)s: %(n)d cards", count)
            % {"day": date_format(day, "D j M"), "n": count},
            short=_("today") if day == today else date_format(day, "j M"),
        )
        for day, count in zip(days, counts, strict=True)
    ]
    title = ngettext(
        "%(n)d review waits in the next two weeks, %(today)d of them today",
        "%(n)d reviews wait in the next two weeks, %(today)d of them today",
        sum(counts),
    ) % {"n": sum(counts), "today": counts[0]}
    return bars(title, found, x_label=_("study day"), y_label=_("cards due"), series=(_("Cards due"),))
