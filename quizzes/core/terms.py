"""Dates moved from one term into another, at the same time of day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def first_day(opens: Iterable[datetime], zone: ZoneInfo) -> date | None:
    """The day on which the first of these moments lies where the zone is; None if there are none."""
    return min((moment.astimezone(zone).date() for moment in opens), default=None)


def moved(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day in the zone, that many days later, whatever the clocks do in between."""
    local = moment.astimezone(zone)
    return (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone, fold=local.fold)


def moved_window(opens_at: datetime, closes_at: datetime, days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both ends of a window; if a change of the clocks would turn them round, it is as long as it was."""
    opens, closes = moved(opens_at, days, zone), moved(closes_at, days, zone)
    return opens, closes if closes.timestamp() > opens.timestamp() else opens + (closes_at - opens_at)
