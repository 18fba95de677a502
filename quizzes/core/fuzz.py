"""Spreading intervals: a window around the exact length, and the day in it that is light and far from siblings."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from random import Random

LEAST_FUZZED_DAYS = 2.5
SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
SIBLING_DAY_WEIGHT, SIBLING_EVE_WEIGHT = 0.001, 0.1


def roll(seed: str) -> float:
    """The one throw (0 to 1) that places a repetition within its windows."""
    return Random(seed).random()


def fuzz_window(interval_days: float, lowest: int, highest: int) -> range:
    """The whole days that may stand for the interval, within `lowest` to `highest` (which wins where they cross)."""
    lowest = min(lowest, highest)
    exact = min(max(interval_days, lowest), highest)
    spread = _spread(exact)
    first, last = round(exact - spread), round(exact + spread)
    return range(min(max(first, lowest), highest), min(max(last, lowest), highest) + 1)


def choose_days(window: range, throw: float, today: date, load: Mapping[date, int], siblings: Collection[date]) -> int:
    """One interval of the window.

    `load` counts what is due on a day; `siblings` are the due days of the fact's other cards. Without either all days
    are equally likely; otherwise a day weighs less with the square of its load, and least on or beside a sibling's day.
    """
    if not load and not siblings:
        return window[int(throw * len(window))]
    taken = {(day - today).days for day in siblings}
    weights = [_weight(days, load.get(today + timedelta(days=days), 0), taken) for days in window]
    left = throw * sum(weights)
    for days, weight in zip(window, weights, strict=True):
        left -= weight
        if left < 0:
            return days
    return window[-1]


def _spread(interval_days: float) -> float:
    if interval_days < LEAST_FUZZED_DAYS:
        return 0.0
    return 1.0 + sum(share * max(0.0, min(interval_days, end) - start) for start, end, share in SHARES)


def _weight(days: int, load: int, taken: Collection[int]) -> float:
    weight = 1.0 / (1 + load) ** 2
    if days in taken:
        return weight * SIBLING_DAY_WEIGHT
    return weight * SIBLING_EVE_WEIGHT if days - 1 in taken or days + 1 in taken else weight
