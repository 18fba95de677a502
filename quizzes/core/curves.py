"""A card's forgetting curve through its answers and beyond, as points to draw. Days count from today."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from quizzes.core.forecasting import Forecaster
from quizzes.core.memory import Memory

POINTS_OF_A_STRETCH = 16
Point = tuple[float, float]


class Stretch(NamedTuple):
    """The memory that a card had from the last answer of one study day to the first of the next, and how often it had
    been answered and forgotten by then."""

    since: date
    memory: Memory
    reps: int = 1
    lapses: int = 0


def past_curve(stretches: Sequence[Stretch], today: date, forecaster: Forecaster) -> list[Point]:
    """(day, recall) up to today in rising days: falling from 1 after each answer to what the next one met."""
    ends = [stretch.since for stretch in stretches[1:]] + [today]
    points: list[Point] = []
    for stretch, end in zip(stretches, ends, strict=True):
        first, last = float((stretch.since - today).days), float((end - today).days)
        points += _falling(stretch, first, last, today, forecaster)
    return points


def coming_curve(stretch: Stretch, today: date, until: float, forecaster: Forecaster) -> list[Point]:
    """(day, recall) from today to the day `until` if nothing is reviewed."""
    return _falling(stretch, 0.0, until, today, forecaster)


def recall_on(stretch: Stretch, day: float, today: date, forecaster: Forecaster) -> float:
    """The predicted recall on a day from today."""
    elapsed = max(0.0, day - (stretch.since - today).days)
    return forecaster.recall(elapsed, stretch.memory.stability, float(stretch.reps), float(stretch.lapses))


def falls_below(stretch: Stretch, target: float, today: date, forecaster: Forecaster) -> float:
    """The day from today, past ones negative, on which recall falls to `target` (.70 to .99, else ValueError)."""
    days = forecaster.days_until(target, stretch.memory.stability, float(stretch.reps), float(stretch.lapses))
    return (stretch.since - today).days + days


def _falling(stretch: Stretch, first: float, last: float, today: date, forecaster: Forecaster) -> list[Point]:
    """Closer together where the curve is steep: at the beginning."""
    shares = [(at / POINTS_OF_A_STRETCH) ** 2 for at in range(POINTS_OF_A_STRETCH + 1)] if last > first else [0.0]
    days = [first + share * (last - first) for share in shares]
    return [(day, recall_on(stretch, day, today, forecaster)) for day in days]
