"""Predicted chances against what came: on the diagonal they agree. Below, how many predictions there are where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from quizzes.core.calibration_bins import STEPS, CalibrationBin
from quizzes.formats.plots.levels import whole_percent
from quizzes.formats.plots.plot import WIDTH, Plot, axis_labels, drawing, element, grid, mark, nothing, text
from quizzes.formats.plots.scales import number

_LEFT, _RIGHT, _TOP, _FLOOR = 40.0, WIDTH - 12.0, 28.0, 228.0
_STRIP_TOP, _STRIP_FLOOR, _HEIGHT = 246.0, 274.0, 310.0
_TENTHS = 10
_ROOM = 0.5
"""How much of the scale is shown at least, so that small differences do not look large."""


@dataclass(frozen=True, slots=True)
class CalibrationWords:
    """What a calibration plot says; `columns` name prediction, share, interval and number."""

    x_label: str
    y_label: str
    diagonal: str
    observed: str
    counts: str
    columns: tuple[str, str, str, str]
    say: Callable[[CalibrationBin], str]
    between: Callable[[str, str], str]
    empty: str = ""
    show: Callable[[float], str] = whole_percent


def calibration(
    title: str,
    found: Sequence[CalibrationBin],
    counts: Sequence[int],
    *,
    words: CalibrationWords,
    lowest: float | None = None,
) -> Plot:
    """Bins as dots with their intervals, `counts` (STEPS equal steps from 0 to 1) as bars below.

    The scale, the same on both axes, begins at `lowest`, without it where the lowest bin asks for; see `lowest_shown`.
    """
    scale = _Scale(lowest_shown(found) if lowest is None else lowest)
    tall = max(counts, default=0)
    parts = [
        grid([(scale.up(tick), words.show(tick)) for tick in scale.ticks], left=_LEFT, right=_RIGHT),
        axis_labels(words.x_label, words.y_label, right=_RIGHT, bottom=_HEIGHT - 6),
        element("line", x1=_LEFT, y1=_FLOOR, x2=_RIGHT, y2=_TOP, class_="target"),
        text(f"┄ {words.diagonal}", _RIGHT, 12, anchor="end", kind="axis above"),
        *(_under(words.show(tick), scale.across(tick)) for tick in scale.ticks),
        text(number(tall), _LEFT - 5, _STRIP_TOP + 8, anchor="end") if tall else "",
        *(_count(at, count, tall, scale) for at, count in enumerate(counts) if count),
        *(mark(words.say(one), _dot(one, scale), first=at == 0) for at, one in enumerate(found)),
        "" if found else nothing(words.empty, y=(_TOP + _FLOOR) / 2),
    ]
    rows = [_row(one, words) for one in found]
    legend = [("t1", words.observed), ("t5", words.counts)] if found else []
    return Plot(title, drawing(parts, height=_HEIGHT, label=title), words.columns, rows, legend)


def lowest_shown(found: Sequence[CalibrationBin]) -> float:
    """The tenth that a scale has to begin at to show these bins and their intervals; .5 at most."""
    least = min((edge for one in found for edge in (one.predicted, one.interval[0])), default=_ROOM)
    return min(_ROOM, floor(least * _TENTHS + 1e-9) / _TENTHS)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Both axes run from `lowest` to 1."""

    lowest: float

    @property
    def ticks(self) -> list[float]:
        """Tenths, every second one on a long scale."""
        first, step = round(self.lowest * _TENTHS), 1 if self.lowest >= _ROOM else 2
        return [tenth / _TENTHS for tenth in range(_TENTHS, first - 1, -step)]

    def across(self, value: float) -> float:
        return _LEFT + self._share(value) * (_RIGHT - _LEFT)

    def up(self, value: float) -> float:
        return _FLOOR - self._share(value) * (_FLOOR - _TOP)

    def _share(self, value: float) -> float:
        return min(max((value - self.lowest) / (1 - self.lowest), 0.0), 1.0)


def _under(said: str, x: float) -> str:
    """A label of the lower axis, moved inwards at its right end."""
    return text(said, WIDTH, _STRIP_FLOOR + 16, anchor="end") if x > _RIGHT - 1 else text(said, x, _STRIP_FLOOR + 16)


def _dot(one: CalibrationBin, scale: _Scale) -> str:
    x, y = scale.across(one.predicted), scale.up(one.share)
    low, high = (scale.up(edge) for edge in one.interval)
    return "".join(
        [
            element("rect", x=x - 9, y=high - 4, width=18, height=low - high + 8, rx=3, class_="hit"),
            element("path", d=f"M{x - 2:.1f} {low:.1f}h4m-2 0V{high:.1f}m-2 0h4", class_="interval"),
            element("circle", cx=x, cy=y, r=4, class_="dot t1"),
        ]
    )


def _count(at: int, count: int, tall: int, scale: _Scale) -> str:
    """A bar of the strip; what lies below the scale is left out."""
    left, right = scale.across(at / STEPS), scale.across((at + 1) / STEPS)
    height = max(1.0, count / tall * (_STRIP_FLOOR - _STRIP_TOP))
    if right <= left:
        return ""
    return element("rect", x=left + 0.5, y=_STRIP_FLOOR - height, width=right - left - 1, height=height, class_="t5")


def _row(one: CalibrationBin, words: CalibrationWords) -> list[str]:
    low, high = one.interval
    return [
        words.show(one.predicted),
        words.show(one.share),
        words.between(words.show(low), words.show(high)),
        number(one.n),
    ]
