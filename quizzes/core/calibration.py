"""The predicted recall put right for one person: what pages show where the scheduler has a bare prediction.

Five weights, learned from the person's own answers (running_calibration.py). Stability keeps its meaning: intervals
know nothing of them.
"""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

LEAST = 1e-4
TYPICAL_LOG_DAYS, TYPICAL_LOG_REPS, TYPICAL_LOG_LAPSES = 1.5, 2.0, 0.5
"""Taken off, so that the weights hardly depend on each other: 4.5 days, 6 reviews and less than one lapse."""


class Weights(NamedTuple):
    """What the log odds of recall are made of: a constant, the model's log odds, the logarithms of the days since the
    last review, of the card's earlier reviews and of its lapses."""

    constant: float = 0.0
    model: float = 1.0
    days: float = 0.0
    reps: float = 0.0
    lapses: float = 0.0


NEUTRAL = Weights()
"""Of somebody whose answers are not known yet: the model's own prediction."""
SPREAD = (0.5, 0.3, 0.2, 0.2, 0.2)
"""How far the five weights of a person are expected from NEUTRAL (standard deviation)."""


def calibrated(
    recall: Number, *, elapsed_days: Number, reps: Number, lapses: Number, weights: Weights, decay: float
) -> Number:
    """The recall that the model predicts as `recall` after `elapsed_days`, as this person's answers put it right.

    `reps` and `lapses` are the card's so far, `decay` (parameter 20) the model's. Numbers, or arrays of one length. The
    weight of the days is held down so that recall never rises while nothing is reviewed.
    """
    if weights == NEUTRAL:
        return recall
    held = weights._replace(days=steady(weights, decay))
    found = chance(features(recall, elapsed_days, reps, lapses) @ np.array(held))
    return found if isinstance(recall, np.ndarray) else float(found)


def calibrated_many(
    recall: NDArray[np.float64],
    rows: NDArray[np.float64],
    *,
    weights: NDArray[np.float64],
    decay: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The same for cards of many people, given their `features`: `weights` has a row of five for each card, `decay` a
    number."""
    held = weights.copy()
    held[:, 2] = np.minimum(held[:, 2], decay * np.maximum(held[:, 1], 0.0))
    found: NDArray[np.float64] = chance(np.einsum("ij,ij->i", rows, held))
    return np.where((weights == np.array(NEUTRAL)).all(axis=1), recall, found)


def steady(weights: Weights, decay: float) -> float:
    """The weight of the days, no more than leaves recall falling: log odds fall by `decay` or more for each e-fold of
    days under the forgetting curve."""
    return min(weights.days, decay * max(weights.model, 0.0))


def features(recall: Number, elapsed_days: Number, reps: Number, lapses: Number) -> NDArray[np.float64]:
    """What the weights are for; a row of five for each prediction."""
    days = np.log(np.maximum(elapsed_days, 1.0)) - TYPICAL_LOG_DAYS
    counts = np.log1p(reps) - TYPICAL_LOG_REPS, np.log1p(lapses) - TYPICAL_LOG_LAPSES
    return np.stack(np.broadcast_arrays(1.0, log_odds(recall), days, *counts), axis=-1)


def log_odds(recall: Number) -> NDArray[np.float64]:
    """ln(p / (1 - p)), of chances within .0001 to .9999."""
    inside = np.clip(recall, LEAST, 1 - LEAST)
    return np.asarray(np.log(inside / (1 - inside)), np.float64)


def chance(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of these log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)
