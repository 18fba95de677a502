"""How the weights that put predictions right are learned, answer by answer: logistic regression as a filter.

Each answer moves a normal belief about the weights by one step of Newton's method (an extended Kalman filter; West,
Harrison & Migon 1985), from a belief that trusts the model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration import NEUTRAL, SPREAD, Weights, chance, features, log_odds, steady
from quizzes.core.review_arrays import Floats, Ints, ReviewArrays

DRIFT = 1e-5
"""How much the variance of each weight grows with an answer, since people change."""
LATELY_HALF_LIFE = 10
"""After how many reviews an answer counts half in how somebody has done lately."""
LATELY_SCALE = 4.0
LEAST_SLOPE = 1e-3


@dataclass(slots=True)
class Belief:
    """A normal belief about weights: mean and covariance."""

    mean: Floats
    covariance: NDArray[np.float64]

    @classmethod
    def of(cls, mean: tuple[float, ...], spread: tuple[float, ...]) -> "Belief":
        """Independent weights with these means and standard deviations."""
        return cls(np.array(mean), np.diag(np.square(spread)))

    @property
    def weights(self) -> Weights:
        """What is believed of them."""
        return Weights(*map(float, self.mean))

    def learn(self, row: Floats, passed: float, guess: float = 0.0) -> None:
        """Move the belief by an answer: right (1) or not (0), when a guess is right by a chance of `guess`."""
        self.covariance[np.diag_indices(len(self.mean))] += DRIFT
        known = float(chance(row @ self.mean))
        right = known + (1 - known) * guess
        slope = max((1 - guess) * known * (1 - known), LEAST_SLOPE)
        curvature = slope * slope / max(right * (1 - right), LEAST_SLOPE)
        along = self.covariance @ row
        gain = along / (1 / curvature + row @ along)
        self.mean += gain * ((passed - right) / slope)
        self.covariance -= np.outer(gain, along)


def belief_after(reviews: ReviewArrays, predicted: Floats) -> Belief:
    """What all reviews that cross days have led to believe of the weights, the model having predicted them so."""
    belief, rows = Belief.of(NEUTRAL, SPREAD), _rows(reviews, predicted)
    passed, guess = reviews.passed, _guess(reviews)
    for at in np.flatnonzero(reviews.crosses_days):
        belief.learn(rows[at], passed[at], guess[at])
    return belief


def running(reviews: ReviewArrays, predicted: Floats, decay: float, judged: Ints) -> Floats:
    """The predictions for the reviews `judged` (in order of time) put right, each by those before it alone."""
    belief, rows = Belief.of(NEUTRAL, SPREAD), _rows(reviews, predicted)
    passed, guess, found = reviews.passed, _guess(reviews), np.zeros(len(judged))
    for number, at in enumerate(judged):
        held = belief.mean.copy()
        held[2] = steady(Weights(*held), decay)
        found[number] = chance(rows[at] @ held)
        belief.learn(rows[at], passed[at], guess[at])
    return found


def running_with_defaults(reviews: ReviewArrays, fitted: Floats, default: Floats, judged: Ints) -> Floats:
    """The same from two predictions, trusted 7 to 3 at first, and from how the person has done lately: the difference
    between outcome and prediction, averaged with less and less weight on older reviews."""
    plain = _rows(reviews, fitted)
    rows = np.column_stack([plain, log_odds(default), np.zeros(len(reviews))])
    belief = Belief.of((0.0, 0.7, 0.0, 0.0, 0.0, 0.3, 0.3), (*SPREAD, 0.3, 0.2))
    passed, guess, found, lately = reviews.passed, _guess(reviews), np.zeros(len(judged)), 0.0
    fade = 0.5 ** (1 / LATELY_HALF_LIFE)
    for number, at in enumerate(judged):
        rows[at, -1] = LATELY_SCALE * lately
        found[number] = chance(rows[at] @ belief.mean)
        belief.learn(rows[at], passed[at], guess[at])
        right = fitted[at] + (1 - fitted[at]) * guess[at]
        lately = fade * lately + (1 - fade) * float(passed[at] - right)
    return found


def _rows(reviews: ReviewArrays, predicted: Floats) -> NDArray[np.float64]:
    return features(predicted, reviews.elapsed, reviews.step.astype(np.float64), reviews.lapses.astype(np.float64))


def _guess(reviews: ReviewArrays) -> Floats:
    return np.where(reviews.options > 0, 1.0 / np.maximum(reviews.options, 1), 0.0)
