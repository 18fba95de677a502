"""Lines: something that changes along a number, such as recall over days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.formats.plots.levels import whole_percent
from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, nothing, text
from quizzes.formats.plots.scales import nice_ticks, number, ticks_within

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 40.0, WIDTH - 12.0, 28.0, 164.0, 202.0
_SHARES, _UPPER_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0), (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line through points (x, y) in rising x.

    `dots` marks its points; `style` is solid, dashed, or none for points alone. `path` is drawn instead of straight
    lines from point to point, where more is known than should be read out. `said` are words for each point, `ranges`
    its interval, low and high.
    """

    name: str
    points: Sequence[tuple[float, float]]
    dots: bool = False
    style: str = "solid"
    path: Sequence[tuple[float, float]] = ()
    said: Sequence[str] = ()
    ranges: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A level to compare with, drawn across the plot and named above the plot."""

    name: str
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand on the picture and how they are written: x from `start` to `end`, y by its `ticks`."""

    start: float
    end: float
    ticks: Sequence[float]
    show_x: Callable[[float], str]
    show_y: Callable[[float], str]
    floor: float = _FLOOR

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point of the picture for a pair of values; y beyond the ticks stays at the edge."""
        across = (x - self.start) / (self.end - self.start)
        lowest, top = self.ticks[0], self.ticks[-1]
        up = (min(max(y, lowest), top) - lowest) / (top - lowest)
        return _LEFT + across * (_RIGHT - _LEFT), self.floor - up * (self.floor - _TOP)


def lines(
    title: str,
    found: Sequence[Line],
    *,
    x_label: str,
    y_label: str,
    show_x: Callable[[float], str] = number,
    show_y: Callable[[float], str] = whole_percent,
    highest: float = 1.0,
    reference: Reference | None = None,
    x_ticks: Sequence[float] = (),
    empty: str = "",
    now: float | None = None,
    span: tuple[float, float] | None = None,
) -> Plot:
    """Up to five lines from y = 0 to `highest` or the next round value; points of all lines make the table's rows.

    Shares (`highest` 1) that are all above a half are shown from a half on.

    `empty` is said where there is no point; `now` is the x at which the present is marked; `span` is shown of x,
    otherwise from the first point to the last.
    """
    scale = _scale(found, highest, span, show_x, show_y)
    parts = [
        grid([(scale.place(scale.start, tick)[1], show_y(tick)) for tick in scale.ticks], left=_LEFT, right=_RIGHT),
        axis_labels(x_label, y_label, right=_RIGHT, bottom=_HEIGHT - 6),
        _present(now, scale) if now is not None else "",
        *_x_labels(x_ticks or ticks_within(scale.start, scale.end), scale),
        *(_path(line, place, scale) for place, line in enumerate(found, 1)),
        _reference(reference, scale) if reference else "",
        *(_marks(found, scale) or [nothing(empty, y=(_TOP + _FLOOR) / 2)]),
    ]
    known = [dict(line.points) for line in found]
    every_x = sorted({x for one in known for x in one})
    rows = [[show_x(x), *(show_y(one[x]) if x in one else "" for one in known)] for x in every_x]
    names = [line.name for line in found]
    legend = [(f"t{place}", name) for place, name in enumerate(names, 1)] if len(names) > 1 else []
    return Plot(title, drawing(parts, height=_HEIGHT, label=title), (x_label, *names), rows, legend)


def _scale(
    found: Sequence[Line],
    highest: float,
    span: tuple[float, float] | None,
    show_x: Callable[[float], str],
    show_y: Callable[[float], str],
) -> Scale:
    every_x = [x for line in found for x, _y in (*line.points, *line.path)] or [0.0]
    start, end = span or (min(every_x), max(every_x))
    return Scale(start, end if end > start else start + 1, _ticks(found, highest), show_x, show_y)


def _ticks(found: Sequence[Line], highest: float) -> Sequence[float]:
    if highest != 1.0:
        return nice_ticks(highest, whole=False)
    every_y = [y for line in found for _x, y in (*line.points, *line.path)]
    every_y += [low for line in found for low, _high in line.ranges]
    return _UPPER_SHARES if every_y and min(every_y) >= _UPPER_SHARES[0] else _SHARES


def _present(now: float, scale: Scale) -> str:
    x = scale.place(now, 0)[0]
    return element("line", x1=x, x2=x, y1=_TOP, y2=_FLOOR, class_="present")


def _reference(reference: Reference, scale: Scale) -> str:
    y = scale.place(scale.start, reference.y)[1]
    line = element("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="target")
    return line + text(f"┄ {reference.name}", _RIGHT, 12, anchor="end", kind="axis above")


def _x_labels(ticks: Sequence[float], scale: Scale) -> list[str]:
    shown = [tick for tick in ticks if scale.start <= tick <= scale.end]
    return [text(scale.show_x(tick), scale.place(tick, 0)[0], _FLOOR + 16) for tick in shown]


def _path(line: Line, series: int, scale: Scale) -> str:
    if line.style == "none":
        return ""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (scale.place(*point) for point in line.path or line.points))
    return element("polyline", points=points, class_=f"line t{series} {line.style}")


def _marks(found: Sequence[Line], scale: Scale) -> list[str]:
    marks: list[str] = []
    for series, line in enumerate(found, 1):
        for at, (x, y) in enumerate(line.points):
            said = line.said[at] if line.said else f"{line.name}, {scale.show_x(x)}: {scale.show_y(y)}"
            kind = f"dot t{series}{'' if line.dots else ' quiet'}"
            dot = (_range(x, line.ranges[at], scale) if line.ranges else "") + _dot(*scale.place(x, y), series, kind)
            marks.append(mark(said, dot, first=not marks))
    return marks


def _dot(x: float, y: float, series: int, kind: str) -> str:
    """A circle, or for every second series a diamond, so that colour is not all that tells them apart."""
    hit = element("circle", cx=x, cy=y, r=9, class_="hit")
    if series % 2:
        return hit + element("circle", cx=x, cy=y, r=3.5, class_=kind)
    return hit + element("path", d=f"M{x - 5:.1f} {y:.1f}l5-5 5 5-5 5z", class_=kind)


def _range(x: float, ends: tuple[float, float], scale: Scale) -> str:
    across, bottom = scale.place(x, ends[0])
    top = scale.place(x, ends[1])[1]
    return element("path", d=f"M{across - 3:.1f} {bottom:.1f}h6m-3 0V{top:.1f}m-3 0h6", class_="interval")
