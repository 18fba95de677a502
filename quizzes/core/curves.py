"""A card's forgetting curve through its answers and beyond, as points to draw. Days count from today."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from quizzes.core.memory import Memory, forgetting_curve, interval_days

POINTS_OF_A_STRETCH = 16
Point = tuple[float, float]


class Stretch(NamedTuple):
    """The memory that a card had from the last answer of one study day to the first of the next."""

    since: date
    memory: Memory


def past_curve(stretches: Sequence[Stretch], today: date, parameters: Sequence[float]) -> list[Point]:
    """(day, recall) up to today in rising days: falling from 1 after each answer to what the next one met."""
    ends = [stretch.since for stretch in stretches[1:]] + [today]
    points: list[Point] = []
    for stretch, end in zip(stretches, ends, strict=True):
        first, last = float((stretch.since - today).days), float((end - today).days)
        points += _falling(stretch, first, last, today, parameters)
    return points


def coming_curve(stretch: Stretch, today: date, until: float, parameters: Sequence[float]) -> list[Point]:
    """(day, recall) from today to the day `until` if nothing is reviewed."""
    return _falling(stretch, 0.0, until, today, parameters)


def recall_on(stretch: Stretch, day: float, today: date, parameters: Sequence[float]) -> float:
    """The predicted recall on a day from today."""
    elapsed = max(0.0, day - (stretch.since - today).days)
    return forgetting_curve(elapsed, stretch.memory.stability, parameters)


def falls_below(stretch: Stretch, target: float, today: date, parameters: Sequence[float]) -> float:
    """The day from today, past ones negative, on which recall falls to `target` (.70 to .99, else ValueError)."""
    return (stretch.since - today).days + interval_days(stretch.memory.stability, target, parameters)


def _falling(stretch: Stretch, first: float, last: float, today: date, parameters: Sequence[float]) -> list[Point]:
    """Closer together where the curve is steep: at the beginning."""
    shares = [(at / POINTS_OF_A_STRETCH) ** 2 for at in range(POINTS_OF_A_STRETCH + 1)] if last > first else [0.0]
    days = [first + share * (last - first) for share in shares]
    return [(day, recall_on(stretch, day, today, parameters)) for day in days]
