"""Learning steps as people write them (“1m 10m 1h 1d”) and as the scheduler takes them (minutes)."""

import re
from collections.abc import Sequence
from enum import StrEnum

MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0}
MOST_STEPS, LONGEST_DAYS = 10, 30
_STEP = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]*)")
_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
}


class StepFault(StrEnum):
    """What can be wrong with written steps."""

    UNREADABLE = "unreadable"
    NOTHING = "nothing"
    TOO_LONG = "too_long"
    NOT_RISING = "not_rising"
    TOO_MANY = "too_many"


class StepError(ValueError):
    """The steps cannot be used; `place` is the piece of the text that is to blame, `before` the step it must exceed."""

    def __init__(self, fault: StepFault, place: str = "", before: str = "") -> None:
        super().__init__(f"{fault}: {place}")
        self.fault, self.place, self.before = fault, place, before


def parse_steps(text: str) -> tuple[float, ...]:
    """Minutes from steps written with s, m, h or d, a number alone being minutes; none for an empty text.

    Steps must rise, be at most 10, and 30 days at the longest. Raises StepError.
    """
    steps: list[float] = []
    written = ""
    for piece in _pieces(text.lower().replace(";", " ").replace(", ", " ")):
        minutes = _minutes(piece)
        if steps and minutes <= steps[-1]:
            raise StepError(StepFault.NOT_RISING, piece, written)
        steps.append(minutes)
        written = piece
    if len(steps) > MOST_STEPS:
        raise StepError(StepFault.TOO_MANY, str(len(steps)))
    return tuple(steps)


def show_steps(steps: Sequence[float]) -> str:
    """The same in the largest unit that divides each: (1, 10, 60, 1440) is “1m 10m 1h 1d”."""
    return " ".join(_show(minutes) for minutes in steps)


def _pieces(text: str) -> list[str]:
    """Numbers with their units, also where a space stands between them: “10 min”."""
    joined = re.sub(r"(?<=\d)\s+(?=[a-z])", "", text)
    return joined.split()


def _minutes(piece: str) -> float:
    found = _STEP.fullmatch(piece)
    unit = _UNITS.get(found[2]) if found else None
    if found is None or unit is None:
        raise StepError(StepFault.UNREADABLE, piece)
    minutes = round(float(found[1]) * MINUTES[unit], 6)
    if minutes <= 0:
        raise StepError(StepFault.NOTHING, piece)
    if minutes > LONGEST_DAYS * MINUTES["d"]:
        raise StepError(StepFault.TOO_LONG, piece)
    return int(minutes) if minutes == int(minutes) else minutes


def _show(minutes: float) -> str:
    for unit in "dhm":
        if minutes % MINUTES[unit] == 0:
            return f"{minutes / MINUTES[unit]:.0f}{unit}"
    seconds = round(minutes * 60, 3)
    return f"{seconds:.0f}s" if seconds == int(seconds) else f"{seconds:g}s"
