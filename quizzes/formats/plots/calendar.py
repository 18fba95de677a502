"""A calendar of days, darker where more was done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from quizzes.formats.plots.plot import WIDTH, Plot, drawing, element, mark, text

_LEFT, _TOP, _GAP = 26.0, 34.0, 2.0
_LEVELS = 4
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
    columns: Sequence[str],
) -> Plot:
    """Whole weeks up to the one of `until`, a column each, Monday on top; days without a count are empty.

    `say` puts a day and its count into words; `weekdays` are seven short names from Monday.
    """
    monday = until - timedelta(days=until.weekday() + _DAYS_A_WEEK * (weeks - 1))
    size = (WIDTH - _LEFT) / weeks
    highest = max((counts.get(monday + timedelta(days=at), 0) for at in range(weeks * _DAYS_A_WEEK)), default=0)
    parts = [text(weekdays[row], _LEFT - 4, _TOP + (row + 0.75) * size, anchor="end") for row in (0, 2, 4, 6)]
    parts += _months(monday, weeks, size, month)
    days = [monday + timedelta(days=at) for at in range(weeks * _DAYS_A_WEEK)]
    days = [day for day in days if day <= until]
    for at, day in enumerate(days):
        count = counts.get(day, 0)
        box = element(
            "rect",
            x=_LEFT + at // _DAYS_A_WEEK * size,
            y=_TOP + at % _DAYS_A_WEEK * size,
            width=size - _GAP,
            height=size - _GAP,
            rx=2,
            class_=f"day l{_level(count, highest)}",
        )
        parts.append(mark(say(day, count), box, first=at == 0))
    rows = [[day.isoformat(), str(counts[day])] for day in days if counts.get(day)]
    return Plot(title, drawing(parts, height=_TOP + _DAYS_A_WEEK * size + 2, label=title), columns, rows)


def _level(count: int, highest: int) -> int:
    """From 0 for nothing to 4 for the busiest days."""
    return 0 if count == 0 else max(1, -(-count * _LEVELS // highest))


def _months(monday: date, weeks: int, size: float, month: Callable[[date], str]) -> list[str]:
    parts, last = [], ""
    for week in range(weeks):
        name = month(monday + timedelta(days=_DAYS_A_WEEK * week))
        if name != last and week < weeks - 1:
            parts.append(text(name, _LEFT + week * size, _TOP - 6, anchor="start"))
        last = name
    return parts
