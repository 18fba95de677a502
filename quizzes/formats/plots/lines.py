"""Lines: something that changes along a number, such as recall over days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, text
from quizzes.formats.plots.scales import nice_ticks, number

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 40.0, WIDTH - 12.0, 22.0, 158.0, 182.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line through points (x, y) in rising x; `dots` marks its points, `style` is solid or dashed."""

    name: str
    points: Sequence[tuple[float, float]]
    dots: bool = False
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Reference:
    """A level to compare with, drawn across the plot; `name` stands above it."""

    name: str
    y: float


def percent(share: float) -> str:
    """A share from 0 to 1 as whole percent."""
    return f"{round(100 * share)} %"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand on the picture and how they are written: x from `start` to `end`, y from 0 to `top`."""

    start: float
    end: float
    top: float
    show_x: Callable[[float], str]
    show_y: Callable[[float], str]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point of the picture for a pair of values; y above the top stays on it."""
        across = (x - self.start) / (self.end - self.start)
        return _LEFT + across * (_RIGHT - _LEFT), _FLOOR - min(y, self.top) / self.top * (_FLOOR - _TOP)


def lines(
    title: str,
    found: Sequence[Line],
    *,
    x_label: str,
    y_label: str,
    show_x: Callable[[float], str] = number,
    show_y: Callable[[float], str] = percent,
    highest: float = 1.0,
    reference: Reference | None = None,
    x_ticks: Sequence[float] = (),
) -> Plot:
    """Up to five lines from y = 0 to `highest` or the next round value; points of all lines make the table's rows."""
    every_x = sorted({x for line in found for x, _y in line.points}) or [0.0]
    start, end = every_x[0], every_x[-1] if every_x[-1] > every_x[0] else every_x[0] + 1
    tops = [0.0, 0.25, 0.5, 0.75, 1.0] if highest == 1.0 else nice_ticks(highest, whole=False)
    scale = Scale(start, end, tops[-1], show_x, show_y)
    parts = [
        grid([(scale.place(start, top)[1], show_y(top)) for top in tops], left=_LEFT, right=_RIGHT),
        axis_labels(x_label, y_label, right=_RIGHT, bottom=_HEIGHT + 12),
        _reference(reference, scale) if reference else "",
        *_x_labels(x_ticks or [start + (end - start) * at / 4 for at in range(5)], scale),
        *(_path(line, place, scale) for place, line in enumerate(found, 1)),
        *_marks(found, scale),
    ]
    known = [dict(line.points) for line in found]
    rows = [[show_x(x), *(show_y(one[x]) if x in one else "" for one in known)] for x in every_x]
    names = [line.name for line in found]
    legend = [(f"t{place}", name) for place, name in enumerate(names, 1)] if len(names) > 1 else []
    return Plot(title, drawing(parts, height=_HEIGHT + 16, label=title), (x_label, *names), rows, legend)


def _reference(reference: Reference, scale: Scale) -> str:
    y = scale.place(scale.start, reference.y)[1]
    line = element("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="target")
    return line + text(reference.name, _RIGHT, y - 4, anchor="end", kind="note")


def _x_labels(ticks: Sequence[float], scale: Scale) -> list[str]:
    shown = [tick for tick in ticks if scale.start <= tick <= scale.end]
    return [text(scale.show_x(tick), scale.place(tick, 0)[0], _FLOOR + 16) for tick in shown]


def _path(line: Line, series: int, scale: Scale) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (scale.place(*point) for point in line.points))
    return element("polyline", points=points, class_=f"line t{series} {line.style}")


def _marks(found: Sequence[Line], scale: Scale) -> list[str]:
    marks: list[str] = []
    for series, line in enumerate(found, 1):
        for x, y in line.points:
            cx, cy = scale.place(x, y)
            dot = element("circle", cx=cx, cy=cy, r=9, class_="hit")
            dot += element("circle", cx=cx, cy=cy, r=3.5, class_=f"dot t{series}{'' if line.dots else ' quiet'}")
            marks.append(mark(f"{line.name}, {scale.show_x(x)}: {scale.show_y(y)}", dot, first=not marks))
    return marks
