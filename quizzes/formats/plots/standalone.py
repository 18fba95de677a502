"""Plots as a file of their own: beside each other under their findings, with colours for light and dark inside."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from quizzes.formats.plots.plot import WIDTH, Plot, element

_MARGIN, _GAP, _HEAD, _LINE, _LETTERS = 24.0, 36.0, 40.0, 18.0, 48
_LIGHT = {"paper": "#ffffff", "ink": "#17211f", "soft": "#54625f", "line": "#d3dad8", "t1": "#0f6b62", "t2": "#b05a00"}
_DARK = {"paper": "#19211f", "ink": "#e8eeec", "soft": "#a9b7b3", "line": "#34403d", "t1": "#6cc7ba", "t2": "#f0a35a"}
_SHAPES = """
text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.head{font-size:18px;font-weight:600}.title,.figure{font-size:13px;font-weight:600}.name,.nothing{font-size:13px}
.drawing{overflow:visible}
.grid{stroke-width:1}.target{stroke-width:1.25;stroke-dasharray:3 2}.interval{stroke-width:1.5;fill:none}
.dot{stroke-width:1.5}.hit{fill:transparent}.mark{outline:none}
.value{visibility:hidden;pointer-events:none;font-weight:600;text-anchor:end;transform:translate(359px,12px)}
.mark:hover .value,.mark:focus .value{visibility:visible}
.drawing:has(.mark:hover) .above,.drawing:has(.mark:focus) .above{visibility:hidden}
"""


def standalone(head: str, plots: Sequence[Plot], *, note: str = "") -> str:
    """An SVG file of these plots in a row; it needs no stylesheet and reads well on light and dark paper."""
    titles = [wrap(plot.title, _LETTERS) for plot in plots]
    drawn_at = _MARGIN + _HEAD + _LINE * max((len(lines) for lines in titles), default=0)
    width = 2 * _MARGIN + len(plots) * WIDTH + max(0, len(plots) - 1) * _GAP
    tallest = max((_height(plot) for plot in plots), default=0.0)
    notes = wrap(note, int(width / 6.2))
    height = drawn_at + tallest + _MARGIN + _LINE * len(notes)
    parts = [
        element("title", escape(head)),
        element("style", _style()),
        element("rect", width=width, height=height, class_="paper"),
        element("text", escape(head), x=_MARGIN, y=_MARGIN + 14, class_="head"),
        *(_panel(plot, lines, at, drawn_at) for at, (plot, lines) in enumerate(zip(plots, titles, strict=True))),
        *(_note(line, drawn_at + tallest + _LINE * (at + 1)) for at, line in enumerate(notes)),
    ]
    body = "".join(parts)
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>\n'


def _panel(plot: Plot, lines: Sequence[str], at: int, drawn_at: float) -> str:
    x = _MARGIN + at * (WIDTH + _GAP)
    titles = (
        element("text", escape(line), x=x, y=_MARGIN + _HEAD + _LINE * row, class_="title")
        for row, line in enumerate(lines)
    )
    placed = f'<svg x="{x:g}" y="{drawn_at:g}" width="{WIDTH}" height="{_height(plot):g}" '
    return "".join(titles) + plot.svg.replace("<svg ", placed, 1)


def _note(line: str, y: float) -> str:
    return element("text", escape(line), x=_MARGIN, y=y, class_="note")


def _height(plot: Plot) -> float:
    return float(plot.svg.split('viewBox="', 1)[1].split('"', 1)[0].split()[3])


def _style() -> str:
    return f"{_SHAPES}{_colours(_LIGHT)}@media (prefers-color-scheme:dark){{{_colours(_DARK)}}}"


def _colours(tone: dict[str, str]) -> str:
    """Without variables, which many programs that draw SVG do not know."""
    return (
        f".paper{{fill:{tone['paper']}}}text{{fill:{tone['soft']}}}.head,.title,.name,.figure,.value{{fill:{tone['ink']}}}"
        f".value{{paint-order:stroke;stroke:{tone['paper']};stroke-width:4px;stroke-linejoin:round}}"
        f".grid{{stroke:{tone['line']}}}.target{{stroke:{tone['ink']}}}.interval{{stroke:{tone['soft']}}}"
        f".dot{{stroke:{tone['paper']}}}.track{{fill:{tone['line']}}}"
        f".t1{{fill:{tone['t1']}}}.t2{{fill:{tone['t2']}}}.t5{{fill:{tone['soft']}}}"
    )
