"""Pictures of how a class answers: right at first and later, forgetting, all questions at a glance."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.estimates import Estimate, Figure
from quizzes.core.forgetting import CurvePoint, CurveSums, forgetting_curve_of
from quizzes.formats.plots import Bar, Dot, Line, Plot, dots, level_bars, lines
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.figure_words import decimal, interval_of

MOST_DOTS = 250
TELLING = 0.2
"""From here on discrimination is called fair."""


def answers_words(n: int) -> str:
    """“1 answer”, “12 answers”."""
    return ngettext("%s answer", "%s answers", n) % f"{n:,}"


def curve_plot(sums: CurveSums, title: str, independent: Sequence[float] = ()) -> Plot | None:
    """The forgetting curve of a class beside what was predicted; None until two of its points can be told.

    `title` takes the last point: %(share)s of reviews after %(days)s. `independent` as forgetting_curve_of has it.
    """
    curve = forgetting_curve_of(sums, 0, independent=independent)
    told = [(at, one) for at, one in enumerate(curve) if isinstance(one.observed, Estimate)]
    if len(told) < 2:
        return None
    labels = {at: _days(one) for at, one in told}
    observed = Line(
        _("Right"),
        [(at, _told(one).value) for at, one in told],
        dots=True,
        said=[f"{_after(one)}: {_said(one)}" for _at, one in told],
        ranges=[(_told(one).low, _told(one).high) for _at, one in told],
    )
    known = [(at, one.predicted) for at, one in told if one.predicted is not None]
    predicted = Line(
        _("Predicted"),
        known,
        style="dashed",
        said=[_("%(after)s: %(share)s predicted") % {"after": _after(told[place][1]), "share": percent(y)}
              for place, (_at, y) in enumerate(known)],
    )  # fmt: skip
    last = told[-1][1]
    plot = lines(
        title % {"share": percent(_told(last).value), "days": _days_words(last)},
        [observed, predicted],
        x_label=_("days since the last review"),
        y_label=_("right answers"),
        show_x=lambda at: labels.get(round(at), ""),
        x_ticks=[float(at) for at, _one in told],
    )
    columns = (_("Days"), _("Right"), _("95 % interval"), _("Predicted"), _("Answers"))
    return replace(plot, columns=columns, rows=[_row(one) for _at, one in told])


def _told(one: CurvePoint) -> Estimate:
    assert isinstance(one.observed, Estimate)
    return one.observed


def _said(one: CurvePoint) -> str:
    figure = _told(one)
    return _("%(share)s right (%(interval)s), %(n)s") % {
        "share": percent(figure.value),
        "interval": interval_of(figure),
        "n": answers_words(figure.n),
    }


def _row(one: CurvePoint) -> list[str]:
    figure = _told(one)
    predicted = "–" if one.predicted is None else percent(one.predicted)
    return [_days(one), percent(figure.value), interval_of(figure), predicted, f"{figure.n:,}"]


def _days(one: CurvePoint) -> str:
    """“1”, “2–3”, “256+”."""
    if one.last_day is None:
        return f"{one.first_day}+"
    return str(one.first_day) if one.first_day == one.last_day else f"{one.first_day}–{one.last_day}"


def _days_words(one: CurvePoint) -> str:
    return _("1 day") if one.last_day == 1 else _("%s days") % _days(one)


def _after(one: CurvePoint) -> str:
    return _("after %s") % _days_words(one)


def first_and_later(first: Figure, later: Figure, *, options: int = 0) -> Plot | None:
    """Two bars: right at the first meeting, and later; None where neither can be told."""
    both = [(_("At first"), first), (_("Later"), later)]
    told = [(name, figure) for name, figure in both if isinstance(figure, Estimate)]
    if not told:
        return None
    said = ", ".join(
        _("%(when)s %(share)s") % {"when": name.lower(), "share": percent(one.value)} for name, one in told
    )
    title = _("Right: %s") % said
    columns = (_("When"), _("Right"), _("95 % interval"), _("Answers"))
    guessing = {"target": 1 / options, "target_name": _("by guessing alone")} if options else {}
    return level_bars(title, [_bar(name, one) for name, one in told], columns=columns, **guessing)  # type: ignore[arg-type]


def _bar(name: str, one: Estimate) -> Bar:
    said = _("%(name)s: %(share)s (%(interval)s), %(n)s") % {
        "name": name, "share": percent(one.value), "interval": interval_of(one), "n": answers_words(one.n),
    }  # fmt: skip
    cells = (percent(one.value), interval_of(one), f"{one.n:,}")
    return Bar(name, [one.value], said, low=one.low, high=one.high, cells=cells)


def sections_plot(found: Sequence[tuple[str, Figure, Figure]]) -> Plot | None:
    """Sections by how many answers are right later, or at first where later cannot be told yet."""
    by_later = sum(isinstance(later, Estimate) for _name, _first, later in found) >= 2
    shown = [
        (name, figure) for name, first, later in found if isinstance(figure := later if by_later else first, Estimate)
    ]
    if not shown:
        return None
    weakest = min(shown, key=lambda one: one[1].value if isinstance(one[1], Estimate) else 1.0)[0]
    title = _("Later answers are wrong most often in %s") if by_later else _("First answers are wrong most often in %s")
    columns = (_("Section"), _("Right"), _("95 % interval"), _("Answers"))
    bars = [_bar(name, figure) for name, figure in shown if isinstance(figure, Estimate)]
    return level_bars(title % weakest, bars, columns=columns)


def scatter(found: Sequence[tuple[str, float, float, int, bool]], *, telling: bool) -> Plot | None:
    """All questions by right at first and, if `telling`, discrimination; else right later. None for fewer than two.

    Each is (question, right at first, the other figure, first answers, whether to look at it); of too many for a
    picture those to look at and those with most answers are drawn.
    """
    drawn = sorted(found, key=lambda one: (not one[4], -one[3]))[:MOST_DOTS]
    if len(drawn) < 2:
        return None
    other = _("Tells strong from weak") if telling else _("Right later")
    show = decimal if telling else percent
    plotted = [
        Dot(stem, x, y, f"{_short(stem)}: {percent(x)}, {show(y)}", (percent(x), show(y), f"{n:,}"), set_off=look)
        for stem, x, y, n, look in drawn
    ]
    y_ticks = (-0.5, -0.25, 0.0, 0.25, 0.5, 0.75) if telling else (0.0, 0.25, 0.5, 0.75, 1.0)
    return dots(
        _title([one[2] for one in found], telling=telling),
        plotted,
        x_label=_("right at first"),
        y_label=other.lower(),
        columns=(_("Question"), _("Right at first"), other, _("First answers")),
        names=(_("in order"), _("needs a look")),
        y_ticks=y_ticks,
        show_y=show,
        level=TELLING if telling else None,
    )


def _title(values: Sequence[float], *, telling: bool) -> str:
    if telling:
        fair = sum(value >= TELLING for value in values)
        return _("%(n)d of %(all)d questions tell strong from weak students") % {"n": fair, "all": len(values)}
    kept = sum(value >= 0.7 for value in values)
    return _("%(n)d of %(all)d questions are right later 7 times of 10") % {"n": kept, "all": len(values)}


def _short(stem: str) -> str:
    return stem if len(stem) <= 40 else f"{stem[:39]}…"
