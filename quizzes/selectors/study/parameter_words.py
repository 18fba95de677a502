"""The parameters that a student's predictions are made from, in plain words: which, why, and what fitting changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import exp
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.parameter_effects import Course, course, differs, forgetting
from quizzes.core.phases import Config
from quizzes.formats.plots import Line, Plot, lines
from quizzes.models import ParameterSet
from quizzes.selectors.study.days import full_day, length_words, percent
from quizzes.selectors.study.students import Student

ENOUGH_REVIEWS = 400
CURVE_DAYS, CURVE_MARKS = 30, (0, 7, 14, 21, 30)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What the parameters do to a typical card: a table in days and a curve; `before` tells if something changed."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    curve: Plot


@dataclass(frozen=True, slots=True)
class ParameterPage:
    """Sentences on which parameters are in use and why, and what they do."""

    sentences: Sequence[str]
    effects: Effects


def parameter_page(student: Student, reviews: int) -> ParameterPage:
    """The parameters in use; `reviews` are the student's answers on later days, in all decks. One query."""
    used, tried = _read(student)
    parent = used.parent if used.scope != ParameterSet.Scope.DEFAULT else None
    sentences = [_which(used, student), *_why(used, tried, reviews, student), *_quality(used.quality)]
    return ParameterPage(sentences, _effects(student.config, parent))


def _read(student: Student) -> tuple[ParameterSet, ParameterSet | None]:
    """The set in use, and the last that was fitted to the student."""
    rows = ParameterSet.objects.filter(Q(pk=student.parameter_set_id) | Q(user_id=student.user_id))
    found = {row.pk: row for row in rows.select_related("parent").order_by("created_at", "pk")}
    own = [row for row in found.values() if row.user_id == student.user_id]
    return found[student.parameter_set_id], own[-1] if own else None


def _which(used: ParameterSet, student: Student) -> str:
    if used.scope == ParameterSet.Scope.DEFAULT:
        return _("They are made with the published numbers of the model FSRS-6, which come from many people's reviews.")
    words = {"version": used.version, "day": _day(used.created_at, student), "n": _count(used.fitted_on)}
    if used.scope == ParameterSet.Scope.CLASS:
        return (
            _("They are made with numbers fitted to your class: version %(version)d, of %(day)s, from %(n)s.") % words
        )
    return _("They are made with numbers of your own: version %(version)d, of %(day)s, from %(n)s.") % words


def _why(used: ParameterSet, tried: ParameterSet | None, reviews: int, student: Student) -> list[str]:
    if tried is not None and tried.pk != used.pk:
        words = {"day": _day(tried.created_at, student)}
        return [
            _("Numbers fitted to you were tried on %(day)s and predicted your later answers no better, so these stay.")
            % words
        ]
    if used.scope == ParameterSet.Scope.PERSON:
        return []
    if reviews < ENOUGH_REVIEWS:
        counts = {"n": reviews, "enough": ENOUGH_REVIEWS}
        return [
            ngettext(
                "You have %(n)d of about %(enough)d answers on later days that numbers of your own need.",
                "You have %(n)d of about %(enough)d answers on later days that numbers of your own need.",
                reviews,
            )
            % counts
        ]
    return [_("You have enough answers for numbers of your own. They are tried out by themselves, as time allows.")]


def _quality(quality: Mapping[str, Any]) -> list[str]:
    """What the held-out answers showed."""
    held, before, after = (quality.get(name) for name in ("held_out", "loss_parent", "loss_fitted"))
    if not held or before is None or after is None:
        return []
    words = {"n": f"{held:,}", "after": _tenths(exp(-after)), "before": _tenths(exp(-before))}
    return [
        _(
            "Tried on the last %(n)s answers, which they had not seen, they gave what really came a chance of "
            "%(after)s on average, the numbers before them %(before)s."
        )
        % words
    ]


def _count(fitted_on: Mapping[str, Any]) -> str:
    count = int(fitted_on.get("reviews", 0))
    return ngettext("%(n)s answer on a later day", "%(n)s answers on later days", count) % {"n": f"{count:,}"}


def _tenths(share: float) -> str:
    return f"{100 * share:.1f} %"


def _day(at: datetime, student: Student) -> str:
    return full_day(at.astimezone(student.zone).date())


def _effects(config: Config, parent: ParameterSet | None) -> Effects:
    now = course(config)
    if parent is None:
        return Effects(_means(now), (_("A card"), _("Comes back after")), _rows(now), _curve(config, now))
    earlier = replace(config, parameters=tuple(parent.values))
    before = course(earlier)
    columns = (_("A card"), _("Before"), _("Now"))
    return Effects(_changed(now, before), columns, _rows(before, now), _curve(config, now, earlier, before))


def _means(now: Course) -> str:
    return _("A card that you learned today comes back after %(days)s") % {"days": length_words(now.first_days)}


def _changed(now: Course, before: Course) -> str:
    if not differs(now, before):
        return _("Your numbers change no date of a typical card")
    words = {"now": length_words(now.right_days[2]), "before": length_words(before.right_days[2])}
    if words["now"] == words["before"]:
        words = {"now": length_words(now.first_days), "before": length_words(before.first_days)}
        return _("A card that you learned today comes back after %(now)s instead of %(before)s") % words
    return _("After three right answers a card now waits %(now)s instead of %(before)s") % words


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


def _curve(config: Config, now: Course, earlier: Config | None = None, before: Course | None = None) -> Plot:
    found = [_line(_("Now"), now, config)]
    if earlier is not None and before is not None:
        found.append(_line(_("Before"), before, earlier, style="dashed"))
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
