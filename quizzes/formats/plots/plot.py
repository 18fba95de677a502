"""What a plot is, and the few SVG pieces that all kinds share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

WIDTH = 360
"""All plots are drawn this wide, so that their text stays readable on a phone, and scaled up from there."""
_VALUE_LETTERS, _VALUE_LINE = 48, 14


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture with the same figures as a table beside it.

    `title` states the finding; `svg` is safe to print as it is; each of `rows` is as long as `columns`.
    """

    title: str
    svg: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    legend: Sequence[tuple[str, str]] = ()


def element(name: str, body: str = "", **attributes: object) -> str:
    """One SVG element; `body` is taken as it is, attributes are escaped, with dashes for `_` in their names."""
    named = {key.strip("_").replace("_", "-"): escape(_plain(value)) for key, value in attributes.items()}
    said = "".join(f' {key}="{value}"' for key, value in named.items())
    return f"<{name}{said}>{body}</{name}>" if body else f"<{name}{said}/>"


def text(said: str, x: float, y: float, *, anchor: str = "middle", kind: str = "tick") -> str:
    """A piece of text; `anchor` is start, middle or end."""
    return element("text", escape(said), x=x, y=y, text_anchor=anchor, class_=kind)


def mark(said: str, body: str, *, first: bool) -> str:
    """A mark whose value shows on hover, focus and tap; Tab stops at the first alone, arrow keys reach the rest.

    The value stands above the plot on the right, where the stylesheet puts it: a plot has hundreds of marks. What is
    too long for one line grows upwards.
    """
    value = element("text", _in_lines(said), class_="value")
    return element("g", body + value, class_="mark", tabindex=0 if first else -1, role="img", aria_label=said)


def lines_of(said: str, letters: int, most: int) -> list[str]:
    """The words in so many lines at most, each of so many letters at most; what is cut off ends in “…”."""
    return wrap(said, letters, max_lines=most, placeholder="…") or [""]


def _in_lines(said: str) -> str:
    lines = lines_of(said, _VALUE_LETTERS, 3)
    if len(lines) == 1:
        return escape(said)
    return "".join(
        element("tspan", escape(line), x=0, dy=_VALUE_LINE if at else -_VALUE_LINE * (len(lines) - 1))
        for at, line in enumerate(lines)
    )


def drawing(parts: Iterable[str], *, height: float, label: str) -> str:
    """The whole picture, named for screen readers."""
    return element(
        "svg", "".join(parts), viewBox=f"0 0 {WIDTH} {_plain(height)}", role="group", aria_label=label, class_="drawing"
    )


def axis_labels(x_label: str, y_label: str, *, right: float, bottom: float) -> str:
    """What the axes count and in which unit: y above its axis, x below the right end."""
    above = text(y_label, 0, 12, anchor="start", kind="axis above")
    return above + text(x_label, right, bottom, anchor="end", kind="axis")


def nothing(said: str, *, y: float) -> str:
    """What stands in the middle of a plot that has nothing to show yet."""
    return text(said, WIDTH / 2, y, kind="nothing") if said else ""


def grid(ticks: Iterable[tuple[float, str]], *, left: float, right: float) -> str:
    """Horizontal lines with their labels; each tick is (y, label)."""
    return "".join(
        element("line", x1=left, x2=right, y1=y, y2=y, class_="grid") + text(label, left - 5, y + 4, anchor="end")
        for y, label in ticks
    )


def _plain(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
