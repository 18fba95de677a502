"""When something set for a class is open to one student, when their attempt ends, and what state it is in for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=10)
"""How long after an attempt's end an answer still counts that was on its way."""


class State(StrEnum):
    """What an assignment or a quiz is to one student at one moment."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    UNDER_WAY = "under_way"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    OVERDUE = "overdue"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `opens_at` on, closed from `closes_at` on; both aware."""

    opens_at: datetime
    closes_at: datetime

    def own(self, opens_at: datetime | None, closes_at: datetime | None) -> "Window":
        """The window of a student with dates of their own; None leaves the date of all."""
        return Window(opens_at or self.opens_at, closes_at or self.closes_at)

    def has_opened(self, now: datetime) -> bool:
        """Whether it is open or was."""
        return now >= self.opens_at

    def is_open(self, now: datetime) -> bool:
        """Whether it is open: the first moment belongs to it, the last does not."""
        return self.opens_at <= now < self.closes_at


def state_of(window: Window, now: datetime, *, begun: bool, done: bool, excused: bool = False) -> State:
    """What it is to a student at `now`.

    `begun`: an attempt is under way, or some of the work is done. `done`: an attempt was submitted and none is under
    way, or the pass mark is reached. Closed is what was done in time, overdue what was not.
    """
    if excused:
        return State.EXCUSED
    if not window.has_opened(now):
        return State.NOT_OPEN
    if not window.is_open(now):
        return State.CLOSED if done else State.OVERDUE
    if done:
        return State.SUBMITTED
    return State.UNDER_WAY if begun else State.OPEN


def attempt_end(
    started_at: datetime, window: Window, limit_minutes: float | None, extra_time_percent: float = 0
) -> datetime:
    """When an attempt ends by the clock: after its time limit, lengthened by the student's extra time, but never after
    the student's own closing. Without a limit, with the closing; never before it began, though the closing be put there
    later."""
    closes_at = max(started_at, window.closes_at)
    if limit_minutes is None:
        return closes_at
    minutes = limit_minutes * (1 + extra_time_percent / 100)
    return min(started_at + timedelta(minutes=minutes), closes_at)


def still_counts(now: datetime, due_at: datetime) -> bool:
    """Whether an answer that arrives at `now` counts in an attempt that ends at `due_at`."""
    return now < due_at + GRACE
