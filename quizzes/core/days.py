"""Study days: a student's day begins at the rollover hour on the wall clock of their own time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

ONE_DAY = timedelta(days=1)
SOONEST_PREDICTED_DAYS = 1
"""Recall is predicted for today, but for tomorrow where the last answer is of today: at once it is near 1 whatever
was answered."""


def day_start(day: date, zone: tzinfo, rollover_hour: int) -> datetime:
    """The moment (UTC) at which the study day begins.

    Of an hour that exists twice, the first; an hour that the clock leaps over counts from where it leapt.
    """
    return datetime.combine(day, time(rollover_hour), zone).astimezone(UTC)


@lru_cache(maxsize=256)
def study_day(at: datetime, zone: tzinfo, rollover_hour: int) -> date:
    """The study day that the moment `at` (aware, else ValueError) belongs to."""
    if at.tzinfo is None:
        raise ValueError("the moment must have a time zone")
    day = at.astimezone(zone).date()
    if at < day_start(day, zone, rollover_hour):
        return day - ONE_DAY
    return day + ONE_DAY if at >= day_start(day + ONE_DAY, zone, rollover_hour) else day


def elapsed_days(last: date | None, today: date) -> int:
    """Study days from `last` to `today`: 0 if never, and 0 for a traveller whose calendar has gone back."""
    return 0 if last is None else max(0, (today - last).days)
