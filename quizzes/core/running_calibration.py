"""Predictions put right by how earlier ones of the same person came out: a logistic regression learned as answers come.

Each answer moves a normal belief about the weights by one step of Newton's method (an extended Kalman filter; West,
Harrison & Migon 1985). Before the first answer it trusts the fitted model by seven tenths and the defaults by three.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.review_arrays import Floats, Ints, ReviewArrays

MEAN = np.array([0.0, 0.7, 0.3, 0.0, 0.0, 0.0])
SPREAD = np.array([0.5, 0.3, 0.3, 0.2, 0.2, 0.2])
CENTRES = np.array([1.5, 1.5, 0.5])
DRIFT = 1e-5
"""How much the variance of each weight grows with an answer, since people change."""
LEAST = 1e-4


@dataclass(slots=True)
class Calibration:
    """What is believed of the weights: of one, of the log odds fitted and by default, of days, reviews and lapses."""

    mean: Floats
    covariance: NDArray[np.float64]

    @classmethod
    def start(cls) -> "Calibration":
        """Before any answer."""
        return cls(MEAN.copy(), np.diag(SPREAD**2))

    def predict(self, features: Floats) -> float:
        """The chance of recall, the uncertainty of the weights allowed for (MacKay 1992)."""
        spread = features @ self.covariance @ features
        return _chance(float(features @ self.mean) / float(np.sqrt(1 + np.pi * spread / 8)))

    def learn(self, features: Floats, passed: float) -> None:
        """Move the belief by what came."""
        self.covariance[np.diag_indices(len(self.mean))] += DRIFT
        chance = _chance(float(features @ self.mean))
        curvature = max(chance * (1 - chance), 1e-3)
        along = self.covariance @ features
        gain = along / (1 / curvature + features @ along)
        self.mean += gain * ((passed - chance) / curvature)
        self.covariance -= np.outer(gain, along)


def calibrated(reviews: ReviewArrays, fitted: Floats, default: Floats, judged: Ints) -> Floats:
    """The predictions for the reviews `judged`, in order of time, each from those before it alone."""
    features, passed, belief = features_of(reviews, fitted, default), reviews.passed, Calibration.start()
    found = np.zeros(len(judged))
    for number, at in enumerate(judged):
        found[number] = belief.predict(features[at])
        belief.learn(features[at], float(passed[at]))
    return found


def features_of(reviews: ReviewArrays, fitted: Floats, default: Floats) -> NDArray[np.float64]:
    """What each review is predicted by, a row of six."""
    counts = [np.log(np.maximum(reviews.elapsed, 1)), np.log1p(reviews.earlier), np.log1p(reviews.lapses)]
    return np.column_stack([np.ones(len(reviews)), _log_odds(fitted), _log_odds(default), np.array(counts).T - CENTRES])


def _log_odds(chance: Floats) -> Floats:
    inside = np.clip(chance, LEAST, 1 - LEAST)
    found: Floats = np.log(inside / (1 - inside))
    return found


def _chance(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-log_odds)))
