"""Bars: upright ones over time, and lying ones that compare shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, text
from quizzes.formats.plots.scales import nice_ticks, number, spaced

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 34.0, WIDTH - 4.0, 22.0, 158.0, 182.0
_MOST_LABELS = 6
_ROW, _BAR_LEFT = 40.0, 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its values from the bottom up (one for each series), and what it says when looked at.

    `short` stands on the axis where `label` is too long; `low` and `high` bound an interval around a share; `cells`
    are the rest of its row in the table of lying bars.
    """

    label: str
    values: Sequence[float]
    said: str
    short: str = ""
    low: float | None = None
    high: float | None = None
    cells: Sequence[str] = ()


def bars(
    title: str, found: Sequence[Bar], *, x_label: str, y_label: str, series: Sequence[str], columns: Sequence[str] = ()
) -> Plot:
    """Upright bars, stacked where there are several series (five at most), first series at the bottom."""
    ticks = nice_ticks(max((sum(bar.values) for bar in found), default=0))
    unit = (_FLOOR - _TOP) / ticks[-1]
    width = (_RIGHT - _LEFT) / max(1, len(found))
    parts = [grid([(_FLOOR - tick * unit, number(tick)) for tick in ticks], left=_LEFT, right=_RIGHT)]
    parts.append(axis_labels(x_label, y_label, right=_RIGHT, bottom=_HEIGHT + 12))
    for at, bar in enumerate(found):
        parts.append(mark(bar.said, _stack(bar, _LEFT + at * width, width, unit), first=at == 0))
    for at in spaced(len(found), _MOST_LABELS):
        parts.append(text(found[at].short or found[at].label, _LEFT + (at + 0.5) * width, _FLOOR + 16))
    rows = [[bar.label, *(number(value) for value in bar.values)] for bar in found]
    legend = [(f"t{place}", name) for place, name in enumerate(series, 1)] if len(series) > 1 else []
    return Plot(title, drawing(parts, height=_HEIGHT + 16, label=title), columns or (x_label, *series), rows, legend)


def _stack(bar: Bar, x: float, width: float, unit: float) -> str:
    gap = min(3.0, width * 0.2)
    base, parts = _FLOOR, [element("rect", x=x, y=_TOP, width=width, height=_FLOOR - _TOP, class_="hit")]
    for place, value in enumerate(bar.values, 1):
        height = value * unit
        base -= height
        parts.append(element("rect", x=x + gap / 2, y=base, width=width - gap, height=height, class_=f"t{place}"))
    return "".join(parts)


def level_bars(title: str, found: Sequence[Bar], *, columns: Sequence[str], target: float | None = None) -> Plot:
    """Lying bars of shares from 0 to 1 under their labels, with an interval where known and a line at the target."""
    length = WIDTH - 2 * _BAR_LEFT
    parts, bottom = [], 4 + _ROW * len(found)
    for at, bar in enumerate(found):
        parts.append(mark(bar.said, _level(bar, 4 + at * _ROW, length), first=at == 0))
    if target is not None:
        x = _BAR_LEFT + target * length
        parts.append(element("line", x1=x, x2=x, y1=4, y2=bottom, class_="target"))
    parts += [text(said, _BAR_LEFT + at * length, bottom + 14, anchor=anchor) for said, at, anchor in _PERCENT]
    rows = [[bar.label, *bar.cells] for bar in found]
    return Plot(title, drawing(parts, height=bottom + 18, label=title), columns, rows)


_PERCENT = (("0 %", 0.0, "start"), ("50 %", 0.5, "middle"), ("100 %", 1.0, "end"))


def _level(bar: Bar, y: float, length: float) -> str:
    value = bar.values[0]
    parts = [
        text(bar.label, _BAR_LEFT, y + 13, anchor="start", kind="name"),
        text(f"{value:.0%}".replace("%", " %"), _BAR_LEFT + length, y + 13, anchor="end", kind="figure"),
        element("rect", x=_BAR_LEFT, y=y + 19, width=length, height=10, rx=5, class_="track"),
        element("rect", x=_BAR_LEFT, y=y + 19, width=max(2.0, value * length), height=10, rx=5, class_="t1"),
    ]
    if bar.low is not None and bar.high is not None:
        low, high = _BAR_LEFT + bar.low * length, _BAR_LEFT + bar.high * length
        parts.append(element("line", x1=low, x2=high, y1=y + 24, y2=y + 24, class_="interval"))
    return "".join(parts)
