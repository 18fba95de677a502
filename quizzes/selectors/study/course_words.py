"""What memory parameters do to a typical card, in days and as a curve, and what fitting them changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from quizzes.core.parameter_effects import Course, course, differs, forgetting
from quizzes.core.phases import Config
from quizzes.formats.plots import Line, Plot, lines
from quizzes.models import ParameterSet
from quizzes.selectors.study.days import length_words, percent

CURVE_DAYS, CURVE_MARKS = 30, (0, 7, 14, 21, 30)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What the parameters do to a typical card: a table in days under its finding, and a curve."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    curve: Plot


def effects_of(config: Config, parent: ParameterSet | None) -> Effects:
    """What a student's settings do, beside what the parameters did that theirs were fitted from; no query."""
    now = course(config)
    if parent is None:
        return Effects(_means(now), (_("A card"), _("Comes back after")), _rows(now), _curve(config, now))
    earlier = replace(config, parameters=tuple(parent.values))
    before = course(earlier)
    return Effects(
        title=_changed(now, before),
        columns=(_("A card"), _before_name(parent), _("Now")),
        rows=_rows(before, now),
        curve=_curve(config, now, _line(_before_name(parent), before, earlier, style="dashed")),
    )


def _before_name(parent: ParameterSet) -> str:
    return _("Published") if parent.scope == ParameterSet.Scope.DEFAULT else _("Of your class")


def _means(now: Course) -> str:
    return _("A card that you learned today comes back after %(days)s") % {"days": length_words(now.first_days)}


def _changed(now: Course, before: Course) -> str:
    """The first of these that a reader would see change."""
    if not differs(now, before):
        return _("Fitting changed no date of a typical card")
    said = (
        (_("After three right answers a card now waits %(now)s instead of %(before)s"), 3),
        (_("A card that you learned today comes back after %(now)s instead of %(before)s"), 0),
        (_("A card that you forgot comes back after %(now)s instead of %(before)s"), 4),
    )
    for words, at in said:
        days = {"now": length_words(now.days[at]), "before": length_words(before.days[at])}
        if days["now"] != days["before"]:
            return words % days
    return _("Fitting changed the dates of a typical card a little")


def _rows(*courses: Course) -> list[Row]:
    names = (
        _("learned today"),
        _("then right once, when due"),
        _("right twice"),
        _("right three times"),
        _("forgotten the third time, learned again"),
    )
    days = zip(*(one.days for one in courses), strict=True)
    return [(name, *(length_words(day) for day in row)) for name, row in zip(names, days, strict=True)]


def _curve(config: Config, now: Course, *before: Line) -> Plot:
    found = [_line(_("Now"), now, config), *before]
    last = [line.points[-1][1] for line in found]
    words = {"n": CURVE_DAYS, "share": percent(last[0]), "before": percent(last[-1])}
    title = _("Left alone, %(share)s of what you learn today is there after %(n)d days instead of %(before)s")
    if len(found) == 1 or words["share"] == words["before"]:
        title = _("Left alone, %(share)s of what you learn today is there after %(n)d days")
    return lines(
        title % words,
        found,
        x_label=_("days without a review"),
        y_label=_("recall"),
        x_ticks=[float(day) for day in CURVE_MARKS],
    )


def _line(name: str, of: Course, config: Config, *, style: str = "solid") -> Line:
    every = [float(day) for day in range(CURVE_DAYS + 1)]
    path = forgetting(of.learned, every, config.parameters)
    return Line(name, [path[day] for day in CURVE_MARKS], style=style, path=path)
