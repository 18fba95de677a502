"""Parameters of FSRS-6 fitted to a review log: maximum likelihood, weights drawn towards a parent set."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from quizzes.core.gradients import Node, gradient
from quizzes.core.recall_stream import loss
from quizzes.core.review_arrays import Floats, ReviewArrays

PULL = 2.0
"""How strongly weights are drawn to the parent's: twice what a normal prior with SPREAD would do."""
MOST_ROUNDS = 60
LOWEST = np.array([*[0.001] * 4, 1.0, *[0.001] * 3, 0.0, 0.0, *[0.001] * 4, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1])
HIGHEST = np.array([*[100.0] * 4, 10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8])
SPREAD = np.array(
    [
        *(6.43, 9.66, 17.58, 27.85),
        *(0.57, 0.28, 0.6, 0.12),
        *(0.39, 0.18, 0.33),
        *(0.3, 0.09, 0.16, 0.57),
        *(0.25, 1.03),
        *(0.31, 0.32, 0.14),
        0.27,
    ]
)
"""How far people's own parameters lie from the defaults (standard deviation), in the order of the parameters; published
with srs-benchmark."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Parameters, and the mean loss of the reviews they were fitted to: with the parent's and with these."""

    parameters: tuple[float, ...]
    reviews: int
    loss_before: float
    loss_after: float


def fit(reviews: ReviewArrays, parent: Sequence[float]) -> Fitted:
    """The parameters that make these reviews likely without going far from the parent's.

    Judged are reviews that cross days; with none the parent's come back.
    """
    weights, start = reviews.crosses_days.astype(np.float64), np.array(parent, dtype=np.float64)
    judged = int(weights.sum())
    if not judged:
        return Fitted(tuple(parent), 0, float("nan"), float("nan"))

    found = minimize(
        lambda at: _penalised(reviews, weights, at, start),
        np.clip(start, LOWEST, HIGHEST),
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(LOWEST, HIGHEST, strict=True)),
        options={"maxiter": MOST_ROUNDS},
    )
    before, after = (_loss(reviews, weights, at) / judged for at in (start, found.x))
    better = found.x if after <= before else start
    return Fitted(tuple(float(value) for value in better), judged, before, min(before, after))


def _penalised(reviews: ReviewArrays, weights: Floats, at: Floats, start: Floats) -> tuple[float, Floats]:
    """The loss with the pull to the start, and how it changes with each parameter."""
    nodes = [Node(value) for value in at]
    total = loss(reviews, nodes, weights)
    away = (at - start) / SPREAD
    slope = np.array([float(one) for one in gradient(total, nodes)])
    return float(total.value) + PULL * float(away @ away) / 2, slope + PULL * away / SPREAD


def _loss(reviews: ReviewArrays, weights: Floats, at: Floats) -> float:
    return float(loss(reviews, [Node(value) for value in at], weights).value)
