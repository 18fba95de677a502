"""Dots: two figures of each of many things."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.formats.plots.levels import whole_percent
from quizzes.formats.plots.lines import Scale
from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, nothing, text

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 40.0, WIDTH - 12.0, 28.0, 224.0, 262.0
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing: its place, what it says when looked at, and the rest of its row in the table.

    One that is `set_off` is a diamond in the second colour, in front of the others.
    """

    label: str
    x: float
    y: float
    said: str
    cells: Sequence[str] = ()
    set_off: bool = False


def dots(
    title: str,
    found: Sequence[Dot],
    *,
    x_label: str,
    y_label: str,
    columns: Sequence[str],
    names: tuple[str, str],
    x_ticks: Sequence[float] = _SHARES,
    y_ticks: Sequence[float] = _SHARES,
    show_x: Callable[[float], str] = whole_percent,
    show_y: Callable[[float], str] = whole_percent,
    level: float | None = None,
    empty: str = "",
) -> Plot:
    """A dot for each thing, within the first and last tick; `names` are those of plain dots and of those set off.

    `level` is a y to compare with, drawn across.
    """
    scale = Scale(x_ticks[0], x_ticks[-1], y_ticks, show_x, show_y, floor=_FLOOR)
    in_order = sorted(found, key=lambda one: one.set_off)
    parts = [
        grid([(scale.place(scale.start, tick)[1], show_y(tick)) for tick in y_ticks], left=_LEFT, right=_RIGHT),
        axis_labels(x_label, y_label, right=_RIGHT, bottom=_HEIGHT - 6),
        *(text(show_x(tick), scale.place(tick, 0)[0], _FLOOR + 16) for tick in x_ticks),
        _level(level, scale) if level is not None else "",
        *(mark(one.said, _shape(one, scale), first=at == 0) for at, one in enumerate(in_order)),
        "" if found else nothing(empty, y=(_TOP + _FLOOR) / 2),
    ]
    used = [one.set_off for one in found]
    legend = [("t1", names[0]), ("t2", names[1])] if any(used) and not all(used) else []
    rows = [[one.label, *one.cells] for one in reversed(in_order)]
    return Plot(title, drawing(parts, height=_HEIGHT, label=title), columns, rows, legend)


def _level(level: float, scale: Scale) -> str:
    y = scale.place(scale.start, level)[1]
    return element("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="target")


def _shape(one: Dot, scale: Scale) -> str:
    x, y = scale.place(min(max(one.x, scale.start), scale.end), one.y)
    hit = element("circle", cx=x, cy=y, r=7, class_="hit")
    if one.set_off:
        return hit + element("path", d=f"M{x - 5.5:.1f} {y:.1f}l5.5-5.5 5.5 5.5-5.5 5.5z", class_="dot t2")
    return hit + element("circle", cx=x, cy=y, r=3.5, class_="dot t1")
