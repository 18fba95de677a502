"""The pictures of a class: recall by section, recall and studying over weeks, who studied on which day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.estimates import LEAST_ANSWERS, Estimate, Figure, share_by_student
from quizzes.core.shares import wilson
from quizzes.formats.plots import Bar, Line, Plot, bars, level_bars, lines
from quizzes.selectors.study.days import cards_words, percent
from quizzes.selectors.teaching.figures import DAYS, WEEK, WEEKS, Figures, IntArray
from quizzes.selectors.teaching.wording import (
    TOO_FEW,
    SectionShare,
    range_words,
    spread_words,
    stands_out,
    students_words,
    weakest_of,
    weakest_words,
)


def recall_plot(shares: Sequence[SectionShare], when: str) -> Plot | None:
    """Predicted recall by section, of today or as `when` says; None while there are too few answers."""
    known = [one for one in shares if one.share is not None]
    if not known:
        return None
    title = _recall_title(known, when)
    columns = (_("Section"), _("Predicted recall"), _("95 % interval"), _("Cards learned"), _("Students"))
    return level_bars(title, [_recall_bar(one) for one in known], columns=columns)


def _recall_title(known: Sequence[SectionShare], when: str) -> str:
    if not stands_out(known):
        words = {"when": f" {when}" if when else "", "shares": spread_words(known)}
        return _("Predicted recall%(when)s is %(shares)s, and no section stands out as weak") % words
    weakest = weakest_words(weakest_of(known))
    if when:
        return _("Predicted recall %(when)s is weakest in %(section)s") % {"when": when, "section": weakest}
    return _("Predicted recall is weakest in %s") % weakest


def _recall_bar(one: SectionShare) -> Bar:
    share = one.share
    assert share is not None
    interval = TOO_FEW
    if share.low is not None and share.high is not None:
        interval = range_words(share.low, share.high)
    said = _("%(section)s: %(mean)s (%(interval)s), %(cards)s of %(students)s") % {
        "section": one.name,
        "mean": percent(share.mean),
        "interval": interval,
        "cards": cards_words(share.n),
        "students": students_words(share.students),
    }
    cells = (percent(share.mean), interval, f"{share.n:,}", str(share.students))
    return Bar(one.name, [share.mean], said, low=share.low, high=share.high, cells=cells)


def weekly_recall_plot(figures: Figures, today: date) -> Plot | None:
    """The share recalled at first answers of a day to cards met before, by week; None before the first such week."""
    asked, right = figures.week_asked.sum(axis=1), figures.week_right.sum(axis=1)
    weekly = [_share(right[:, ago], asked[:, ago]) for ago in range(WEEKS)]
    known = [(-ago, one) for ago, one in enumerate(weekly) if isinstance(one, Estimate)][::-1]
    if not known:
        return None
    plot = lines(
        _recall_finding(known),
        [
            Line(
                _("Recalled"),
                [(float(week), one.value) for week, one in known],
                dots=True,
                said=[_recall_said(one, _week_words(-week, today)) for week, one in known],
                ranges=[(one.low, one.high) for _week, one in known],
            )
        ],
        x_label=_("week beginning"),
        y_label=_("recalled"),
        show_x=lambda week: date_format(_week_start(-round(week), today), "j M"),
        x_ticks=[float(-ago) for ago in range(WEEKS - 1, -1, -1)][:: 1 + WEEKS // 6],
        span=(1.0 - WEEKS, 0.0),
    )
    columns = (_("Week beginning"), _("Recalled"), _("95 % interval"), _("Answers"))
    rows = [
        [_week_day(-week, today), percent(one.value), range_words(one.low, one.high), f"{one.n:,}"]
        for week, one in known
    ]
    return replace(plot, columns=columns, rows=rows)


def _share(right: IntArray, asked: IntArray) -> Figure:
    """With the interval that students make; that of one student is of their answers."""
    if len(asked) != 1 or asked[0] < LEAST_ANSWERS:
        return share_by_student(right.astype(np.float64), asked.astype(np.float64))
    return Estimate(float(right[0] / asked[0]), int(asked[0]), *wilson(int(right[0]), int(asked[0])))


def _recall_finding(known: Sequence[tuple[int, Estimate]]) -> str:
    first, last = known[0][1], known[-1][1]
    now = percent(last.value)
    if len(known) == 1:
        return _("At reviews %s are recalled") % now
    if first.low <= last.high and last.low <= first.high:
        return _("At reviews %s are recalled, with no clear change over the weeks") % now
    words = (
        _("Recall at reviews has risen from %(then)s to %(now)s")
        if last.value > first.value
        else _("Recall at reviews has fallen from %(then)s to %(now)s")
    )
    return words % {"then": percent(first.value), "now": now}


def _recall_said(one: Estimate, week: str) -> str:
    words = _("%(week)s: %(share)s (%(between)s) of %(n)d answers")
    return words % {"week": week, "share": percent(one.value), "between": range_words(one.low, one.high), "n": one.n}


def weekly_students_plot(figures: Figures, today: date) -> Plot | None:
    """How many students studied in each week; None while nobody has."""
    counts = figures.weeks.any(axis=1).sum(axis=0).tolist()
    if not any(counts):
        return None
    found = [
        Bar(
            _week_words(ago, today),
            [counts[ago]],
            f"{_week_words(ago, today)}: {students_words(counts[ago])}",
            short=date_format(_week_start(ago, today), "j M"),
        )
        for ago in range(WEEKS - 1, -1, -1)
    ]
    title = _("%(n)d of %(all)d studied in the last 7 days, %(before)d in the 7 before")
    said = title % {"n": counts[0], "all": len(figures.students), "before": counts[1]}
    return bars(said, found, x_label=_("week beginning"), y_label=_("students"), series=(_("Students"),), now=WEEKS - 1)


def daily_students_plot(figures: Figures, today: date) -> Plot | None:
    """How many students studied on each of the last days; None while nobody has."""
    counts = figures.studied.sum(axis=0).tolist()
    if not any(counts):
        return None
    days = [(ago, today - timedelta(days=ago)) for ago in range(DAYS - 1, -1, -1)]
    found = [
        Bar(
            date_format(day, "D j M"),
            [counts[ago]],
            f"{date_format(day, 'D j M')}: {students_words(counts[ago])}",
            short=_("today") if not ago else date_format(day, "j M"),
        )
        for ago, day in days
    ]
    usual = round(median(counts[1:]))
    title = _("On a usual day %(n)d of %(all)d study") % {"n": usual, "all": len(figures.students)}
    return bars(title, found, x_label=_("study day"), y_label=_("students"), series=(_("Students"),), now=DAYS - 1)


def often_words(figures: Figures) -> str:
    """How many studied on three or more of the last seven days."""
    days = figures.studied[:, :WEEK].sum(axis=1)
    often = int(np.count_nonzero(days >= WEEK // 2))
    return _("%(n)d of %(all)d studied on 3 or more of the last 7 days.") % {"n": often, "all": len(days)}


def _week_start(ago: int, today: date) -> date:
    return today - timedelta(days=WEEK * (ago + 1) - 1)


def _week_day(ago: int, today: date) -> str:
    return date_format(_week_start(ago, today), "j M Y")


def _week_words(ago: int, today: date) -> str:
    start = _week_start(ago, today)
    return f"{date_format(start, 'j M')}–{date_format(start + timedelta(days=WEEK - 1), 'j M')}"
