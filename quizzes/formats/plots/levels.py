"""Lying bars that compare shares or amounts, each under its name."""

from collections.abc import Callable, Sequence
from typing import Any

from quizzes.formats.plots.bars import Bar
from quizzes.formats.plots.plot import WIDTH, Plot, drawing, element, lines_of, mark, nothing, text

_ROW, _LEFT, _TOP, _THICK = 42.0, 1.0, 20.0, 10.0
_LENGTH = WIDTH - 2 * _LEFT
_LETTERS, _MOST_LINES, _LINE = 44, 3, 16.0


def whole_percent(share: float) -> str:
    """A share from 0 to 1 as whole percent."""
    return f"{round(100 * share)} %"


def level_bars(
    title: str,
    found: Sequence[Bar],
    *,
    columns: Sequence[str],
    target: float | None = None,
    target_name: str = "",
    highest: float = 1.0,
    show: Callable[[float], str] = whole_percent,
    empty: str = "",
) -> Plot:
    """Lying bars from 0 to `highest` under their labels, with an interval where known and a tick at the target."""
    unit = _LENGTH / (highest or 1.0)
    parts, bottom = [], _TOP
    for at, bar in enumerate(found):
        lines = lines_of(bar.label, _LETTERS, _MOST_LINES)
        parts.append(mark(bar.said, _level(bar, lines, bottom, unit, target, show), first=at == 0))
        bottom += _ROW + _LINE * (len(lines) - 1)
    bottom = max(bottom, _TOP + _ROW)
    parts += [] if found else [nothing(empty, y=_TOP + _ROW / 2)]
    parts += _scale(bottom + 12, unit, highest, show)
    if target is not None and target_name:
        parts.append(text(f"┆ {target_name}", 0, 12, anchor="start", kind="axis above"))
    rows = [[bar.label, *bar.cells] for bar in found]
    return Plot(title, drawing(parts, height=bottom + 16, label=title), columns, rows)


def _scale(y: float, unit: float, highest: float, show: Callable[[float], str]) -> list[str]:
    places = ((0.0, "start"), (highest / 2, "middle"), (highest, "end"))
    return [text(show(value), _LEFT + value * unit, y, anchor=anchor) for value, anchor in places]


def _level(
    bar: Bar, lines: Sequence[str], top: float, unit: float, target: float | None, show: Callable[[float], str]
) -> str:
    """`lines` of the label from `top` down, and the bar below; the figure stands at the last line."""
    value, more = bar.values[0], _LINE * (len(lines) - 1)
    y = top + more
    box: dict[str, Any] = {"x": _LEFT, "y": y + 19, "height": _THICK, "rx": _THICK / 2}
    parts = [
        element("rect", x=0, y=top - 2, width=WIDTH, height=_ROW - 6 + more, rx=3, class_="hit"),
        *(text(line, _LEFT, top + 13 + at * _LINE, anchor="start", kind="name") for at, line in enumerate(lines)),
        text(bar.figure or show(value), _LEFT + _LENGTH, y + 13, anchor="end", kind="figure"),
        element("rect", **box, width=_LENGTH, class_="track"),
        element("rect", **box, width=max(_THICK / 2, value * unit), class_="t1") if value else "",
    ]
    if bar.low is not None and bar.high is not None:
        low, high = (_LEFT + min(max(0.0, edge * unit), _LENGTH) for edge in (bar.low, bar.high))
        parts.append(element("path", d=f"M{low:.1f} {y + 31:g}v4m0-2H{high:.1f}m0-2v4", class_="interval"))
    if target is not None:
        x = _LEFT + target * unit
        parts.append(element("line", x1=x, x2=x, y1=y + 17, y2=y + 21 + _THICK, class_="target"))
    return "".join(parts)
