"""Arcs between names that stand under each other: which is connected with which, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.plots.plot import WIDTH, Plot, drawing, element, lines_of, mark, text

_ROW, _TOP, _LEFT, _LINE = 28.0, 24.0, 264.0, 14.0
_THINNEST, _THICKEST = 2.0, 9.0
_NARROWEST = 26.0
MOST_LETTERS = 36


@dataclass(frozen=True, slots=True)
class Arc:
    """Two names and how much connects them; `said` is shown on focus and read out, `cells` are its row of the table."""

    one: str
    other: str
    weight: float
    said: str
    cells: Sequence[str] = ()


def arcs(title: str, found: Sequence[Arc], *, columns: Sequence[str]) -> Plot:
    """Names down the left side, those of an arc near each other; an arc is the thicker the more it weighs."""
    names = _in_order(found)
    heaviest = max((one.weight for one in found), default=0.0) or 1.0
    parts = [part for at, name in enumerate(names) for part in _name(name, _y(at) + 4)]
    for number, arc in enumerate(found):
        places = sorted((names.index(arc.one), names.index(arc.other)))
        parts.append(mark(arc.said, _drawn(arc, places, len(names), heaviest), first=number == 0))
    rows = [[f"{arc.one} · {arc.other}", *arc.cells] for arc in found]
    return Plot(title, drawing(parts, height=_TOP + _ROW * max(1, len(names)), label=title), columns, rows)


def _in_order(found: Sequence[Arc]) -> list[str]:
    """Each name once: the other end of an arc right below the end that is there already."""
    names: list[str] = []
    for arc in found:
        first, second = (arc.other, arc.one) if arc.other in names else (arc.one, arc.other)
        if first not in names:
            names.append(first)
        if second not in names:
            names.insert(names.index(first) + 1, second)
    return names


def _y(at: int) -> float:
    return _TOP + _ROW * (at + 0.5)


def _name(name: str, y: float) -> list[str]:
    """In two lines where it is long; in a row there is no room for more."""
    lines = lines_of(name, MOST_LETTERS, 2)
    top = y - _LINE / 2 * (len(lines) - 1)
    return [text(line, 0, top + at * _LINE, anchor="start", kind="name") for at, line in enumerate(lines)]


def _drawn(arc: Arc, places: Sequence[int], names: int, heaviest: float) -> str:
    top, bottom = (_y(at) for at in places)
    wide = WIDTH - _THICKEST - _LEFT - _NARROWEST
    reach = _NARROWEST + wide * (places[1] - places[0] - 1) / max(1, names - 2)
    shape = f"M{_LEFT:g} {top:.1f}A{reach:.1f} {(bottom - top) / 2:.1f} 0 0 1 {_LEFT:g} {bottom:.1f}"
    thick = _THINNEST + (_THICKEST - _THINNEST) * arc.weight / heaviest
    ends = "".join(element("circle", cx=_LEFT - 3, cy=y, r=3.0, class_="t1") for y in (top, bottom))
    return element("path", d=shape, class_="hit") + element("path", d=shape, class_="arc", stroke_width=thick) + ends
