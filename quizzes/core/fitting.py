"""Parameters of FSRS-6 fitted to a review log: maximum likelihood, weights drawn towards a parent set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from quizzes.core.gradients import Node, gradient
from quizzes.core.recall_stream import LEAST_RECALL, guess, loss, predict
from quizzes.core.review_arrays import Floats, ReviewArrays

PULL = 2.0
"""How strongly weights are drawn to the parent's: twice what a normal prior with SPREAD would do."""
MOST_ROUNDS = 60
SAMPLE, ROUNDS_ON_ALL = 60_000, 8
"""Of a log with more reviews, a sample is fitted first, and all of it from there in a few rounds."""
MOST_STEPS = 64
"""Later reviews of one card are left out: they tell little, and each costs as much as the same step of all cards."""
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


Part = tuple[ReviewArrays, Floats]
"""Some cards' reviews, and how much each is judged."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Parameters, and the mean loss of the reviews they were fitted to: with the parent's and with these."""

    parameters: tuple[float, ...]
    reviews: int
    loss_before: float
    loss_after: float


def fit(
    reviews: ReviewArrays,
    parent: Sequence[float],
    *,
    start: Sequence[float] | None = None,
    between: Callable[[], None] = lambda: None,
) -> Fitted:
    """The parameters that make these reviews likely without going far from the parent's.

    Judged are reviews that cross days; with none the parent's come back. The search begins at `start`, where the
    answer is guessed to be near; `between` its steps is the time to show progress, or to give up by raising.
    """
    used = usable(reviews)
    pull, judged = np.array(parent, dtype=np.float64), int(used.crosses_days.sum())
    if not judged:
        return Fitted(tuple(parent), 0, float("nan"), float("nan"))
    at, rounds = np.array(parent if start is None else start, dtype=np.float64), MOST_ROUNDS
    if len(used) > SAMPLE:
        if start is None:
            at = _search(_parts(used.thinned(SAMPLE)), pull, at, MOST_ROUNDS, between)
        rounds = ROUNDS_ON_ALL
    parts = _parts(used)
    found = _search(parts, pull, at, rounds, between)
    before, after = (_loss(parts, one) / judged for one in (pull, found))
    better = found if after <= before else pull
    return Fitted(tuple(float(value) for value in better), judged, before, min(before, after))


def usable(reviews: ReviewArrays) -> ReviewArrays:
    """The reviews without those that are too late among their card's to be looked at."""
    early = reviews.step < MOST_STEPS
    return reviews if early.all() else reviews.taken(early)


def losses(reviews: ReviewArrays, parameters: Sequence[float]) -> Floats:
    """Of each review, -ln of the chance that was given to what came."""
    recall = np.clip(predict(reviews, parameters), LEAST_RECALL, 1 - LEAST_RECALL)
    right = recall + (1 - recall) * guess(reviews.options)
    found: Floats = -np.log(np.where(reviews.rating > 1, right, 1 - right))
    return found


def _parts(reviews: ReviewArrays) -> list[Part]:
    taken = [reviews.taken(part) for part in reviews.parts()]
    return [(one, one.crosses_days.astype(np.float64)) for one in taken]


def _search(parts: Sequence[Part], pull: Floats, start: Floats, rounds: int, between: Callable[[], None]) -> Floats:
    """The parameters with the least penalised loss, searched for from `start`."""
    found = minimize(
        lambda at: _penalised(parts, at, pull, between),
        np.clip(start, LOWEST, HIGHEST),
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(LOWEST, HIGHEST, strict=True)),
        options={"maxiter": rounds},
    )
    at: Floats = found.x
    return at


def _penalised(parts: Sequence[Part], at: Floats, pull: Floats, between: Callable[[], None]) -> tuple[float, Floats]:
    """The loss with the pull to the parent, and how it changes with each parameter."""
    away = (at - pull) / SPREAD
    whole, slope = PULL * float(away @ away) / 2, PULL * away / SPREAD
    for reviews, weights in parts:
        between()
        nodes = [Node(value) for value in at]
        total = loss(reviews, nodes, weights)
        whole += float(total.value)
        slope = slope + np.array([float(one) for one in gradient(total, nodes)])
    return whole, slope


def _loss(parts: Sequence[Part], at: Floats) -> float:
    return sum(float(loss(reviews, [Node(value) for value in at], weights).value) for reviews, weights in parts)
