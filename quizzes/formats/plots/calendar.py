"""A calendar of days, darker where more was done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from quizzes.formats.plots.plot import Plot, drawing, element, mark, text

_LEFT, _TOP = 26.0, 36.0
_CELL, _BOX = 12.8, 10.8
"""The stylesheet gives each box this size, since a calendar has hundreds of them."""
_LEVELS = 4
_LETTER = 8.5
_DAYS_A_WEEK = 7


def calendar(
    title: str,
    counts: Mapping[date, int],
    *,
    until: date,
    weeks: int,
    say: Callable[[date, int], str],
    month: Callable[[date], str],
    weekdays: Sequence[str],
    week: str,
    less_more: tuple[str, str] = ("", ""),
) -> Plot:
    """Whole weeks (26 fill the width) up to the one of `until`, a column each, Monday on top.

    Days without a count are empty. `say` puts a day and its count into words; `weekdays` are seven short names from
    Monday; `week` heads the table's first column, the Mondays; `less_more` stand at the ends of the scale of colours.
    """
    monday = until - timedelta(days=until.weekday() + _DAYS_A_WEEK * (weeks - 1))
    days = [monday + timedelta(days=at) for at in range((until - monday).days + 1)]
    highest = max((counts.get(day, 0) for day in days), default=0)
    earliest = next((day for day in days if counts.get(day)), None)
    bottom = _TOP + _DAYS_A_WEEK * _CELL
    parts = [text(weekdays[row], _LEFT - 5, _TOP + row * _CELL + 9.5, anchor="end") for row in (0, 2, 4, 6)]
    parts += _months(monday, weeks, month)
    for at, day in enumerate(days):
        count = counts.get(day, 0)
        level = f"day l{_level(count, highest)}"
        place: dict[str, Any] = {"x": _LEFT + at // _DAYS_A_WEEK * _CELL, "y": _TOP + at % _DAYS_A_WEEK * _CELL}
        box = element("rect", **place, class_=level)
        parts.append(mark(say(day, count), box, first=day == earliest) if count else box)
    parts += _scale(less_more, bottom + 8) if all(less_more) else []
    rows = [_week(days[at : at + _DAYS_A_WEEK], counts) for at in range(0, len(days), _DAYS_A_WEEK)]
    height = bottom + (24 if all(less_more) else 2)
    return Plot(title, drawing(parts, height=height, label=title), (week, *weekdays), rows)


def _week(days: Sequence[date], counts: Mapping[date, int]) -> list[str]:
    cells = [str(counts.get(day, 0) or "") for day in days]
    return [days[0].isoformat(), *cells, *[""] * (_DAYS_A_WEEK - len(cells))]


def _level(count: int, highest: int) -> int:
    """From 0 for nothing to 4 for the busiest days."""
    return 0 if count == 0 else max(1, -(-count * _LEVELS // highest))


def _scale(less_more: tuple[str, str], y: float) -> list[str]:
    less, more = less_more
    start = _LEFT + len(less) * _LETTER
    boxes = [element("rect", x=start + at * _CELL, y=y, class_=f"day l{at}") for at in range(_LEVELS + 1)]
    end = start + (_LEVELS + 1) * _CELL + 3
    return [text(less, _LEFT, y + 9.5, anchor="start"), *boxes, text(more, end, y + 9.5, anchor="start")]


def _width(name: str) -> float:
    """What a name takes at most, with the space after it; the last may reach as far beyond the days as that space."""
    return len(name) * _LETTER


def _months(monday: date, weeks: int, month: Callable[[date], str]) -> list[str]:
    """Each month's name over its first whole week, if there is room for it before the next, however long it is."""
    starts = [month(monday + timedelta(days=_DAYS_A_WEEK * week)) for week in range(weeks)]
    firsts = [week for week in range(weeks) if week == 0 or starts[week] != starts[week - 1]]
    nexts = zip(firsts, [*firsts[1:], weeks], strict=True)
    roomy = [week for week, after in nexts if (after - week) * _CELL >= _width(starts[week])]
    return [text(starts[week], _LEFT + week * _CELL, _TOP - 7, anchor="start") for week in roomy]
