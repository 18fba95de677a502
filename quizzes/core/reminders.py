"""When a student is reminded of what is open: once a day at most, at an hour at which nobody sleeps."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo

SOON = timedelta(hours=48)
"""A reminder is sent for what closes within this time; it then lists all that is open."""
EARLIEST, USUAL, EVENING, LATEST = time(8), time(16), time(18), time(21)
"""On the student's own clock: none comes before the first or from the last on, most come at the second; what closes
before the third would hear of it too late then, and is told from the first on."""


def is_time_to_remind(now: datetime, zone: tzinfo, closings: Iterable[datetime]) -> bool:
    """Whether a student in this zone is to be reminded now of things that close at these moments (all aware).

    Whether they have been reminded on this day already is for the caller to know.
    """
    local = now.astimezone(zone)
    if not EARLIEST <= local.time() < LATEST:
        return False
    evening = datetime.combine(local.date(), EVENING, zone)
    before = evening if local.time() < USUAL else now + SOON
    return any(now < closing <= now + SOON and closing <= before for closing in closings)
