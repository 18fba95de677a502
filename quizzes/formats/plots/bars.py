"""Upright bars over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, nothing, text
from quizzes.formats.plots.scales import nice_ticks, number, spaced

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 34.0, WIDTH - 2.0, 28.0, 164.0, 202.0
_MOST_LABELS = 6
_BETWEEN_SERIES = 1.0
_LETTER = 6.6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its values from the bottom up (one for each series), and what it says when looked at.

    `short` stands on the axis where `label` is too long. For lying bars: `low` and `high` bound an interval around
    the value, `figure` stands at the end instead of it, `cells` are the rest of its row in the table.
    """

    label: str
    values: Sequence[float]
    said: str
    short: str = ""
    low: float | None = None
    high: float | None = None
    cells: Sequence[str] = ()
    figure: str = ""


def bars(
    title: str,
    found: Sequence[Bar],
    *,
    x_label: str,
    y_label: str,
    series: Sequence[str],
    columns: Sequence[str] = (),
    empty: str = "",
    now: int | None = None,
) -> Plot:
    """Upright bars, stacked where there are several series (five at most), first series at the bottom.

    `empty` is said where no bar has a value; `now` is the place of the bar that is set off as today's.
    """
    ticks = nice_ticks(max((sum(bar.values) for bar in found), default=0))
    unit = (_FLOOR - _TOP) / ticks[-1]
    width = (_RIGHT - _LEFT) / max(1, len(found))
    anything = any(sum(bar.values) for bar in found)
    parts = [grid([(_FLOOR - tick * unit, number(tick)) for tick in ticks], left=_LEFT, right=_RIGHT)]
    parts.append(axis_labels(x_label, y_label, right=_RIGHT, bottom=_HEIGHT - 6))
    parts.append(_set_off(now, width) if now is not None else "")
    for at, bar in enumerate(found):
        parts.append(mark(bar.said, _stack(bar, _LEFT + at * width, width, unit), first=at == 0))
    for at in _labelled(found, width, now or 0):
        parts.append(_label(found[at].short or found[at].label, _LEFT + (at + 0.5) * width))
    parts.append("" if anything else nothing(empty, y=(_TOP + _FLOOR) / 2))
    rows = [[bar.label, *(number(value) for value in bar.values)] for bar in found]
    legend = [(f"t{place}", name) for place, name in enumerate(series, 1)] if len(series) > 1 else []
    return Plot(title, drawing(parts, height=_HEIGHT, label=title), columns or (x_label, *series), rows, legend)


def _set_off(now: int, width: float) -> str:
    return element("rect", x=_LEFT + now * width, y=_TOP, width=width, height=_FLOOR - _TOP, class_="today")


def _labelled(found: Sequence[Bar], width: float, now: int) -> list[int]:
    """Places of labels that do not touch each other, today's among them."""
    longest = max((len(bar.short or bar.label) for bar in found), default=0) * _LETTER + 2 * _LETTER
    step = spaced(len(found), max(1, min(_MOST_LABELS, int(len(found) * width / longest)) if longest else 1))
    step_size = step[1] if len(step) > 1 else max(1, len(found))
    return list(range(now % step_size, len(found), step_size))


def _label(said: str, x: float) -> str:
    """Under the axis, moved inwards where it would stand out."""
    half = len(said) * _LETTER / 2
    return text(said, min(max(x, half), WIDTH - half), _FLOOR + 16)


def _stack(bar: Bar, x: float, width: float, unit: float) -> str:
    gap = max(1.0, min(4.0, width * 0.2))
    base, parts = _FLOOR, [element("rect", x=x, y=_TOP, width=width, height=_FLOOR - _TOP, class_="hit")]
    for place, value in enumerate(bar.values, 1):
        height = value * unit
        base -= height
        if value:
            seam = _BETWEEN_SERIES if base + height < _FLOOR and height > 2 * _BETWEEN_SERIES else 0.0
            box: dict[str, Any] = {"x": x + gap / 2, "y": base, "width": width - gap, "height": height - seam}
            parts.append(element("rect", **box, rx=min(1.5, height / 2), class_=f"t{place}"))
    return "".join(parts)
