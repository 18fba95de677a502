"""Doubt about predictions, against throwing dice for the weights."""

import numpy as np
import pytest

from quizzes.core.calibration import SPREAD, Weights, chance, features
from quizzes.core.prediction_doubt import MISFIT, TRIANGLE, doubt_of_sums

RNG = np.random.default_rng(7)
WEIGHTS = Weights(0.2, 0.9, -0.05, 0.1, -0.1)


def predictions(n):
    """Features of some cards, and their recall by the weights."""
    rows = features(
        RNG.beta(8, 2, n), RNG.integers(1, 30, n).astype(float), RNG.integers(1, 9, n), RNG.integers(0, 3, n)
    )
    return rows, chance(rows @ np.array(WEIGHTS))


def of_one(recall, factor, rows, covariance):
    """Without the misfit that is there even when the weights are known."""
    found = doubt_of_sums(np.zeros(len(recall), np.int64), recall, factor, rows, [covariance])
    return (found[0] ** 2 - (MISFIT * factor.sum()) ** 2) ** 0.5


def test_it_is_how_far_the_sum_strays_when_the_weights_are_drawn():
    rows, recall = predictions(90)
    factor, mixed = RNG.choice([1, 0.75, 2 / 3], 90), RNG.normal(size=(5, 5))
    covariance = mixed @ mixed.T * 0.002
    drawn = RNG.multivariate_normal(WEIGHTS, covariance, 40_000)
    sums = chance(drawn @ rows.T) @ factor
    assert of_one(recall, factor, rows, covariance[TRIANGLE].tolist()) == pytest.approx(sums.std(), rel=0.03)


def test_of_somebody_unknown_the_weights_are_as_far_off_as_peoples_are():
    rows, recall = predictions(40)
    known = np.diag(np.square(SPREAD))[TRIANGLE].tolist()
    assert of_one(recall, np.ones(40), rows, ()) == pytest.approx(of_one(recall, np.ones(40), rows, known))


def test_each_student_has_their_own_and_who_has_begun_nothing_none():
    rows, recall = predictions(30)
    student, factor = np.array([2] * 10 + [0] * 20), np.full(30, 0.75)
    small = (np.eye(5) * 1e-6)[TRIANGLE].tolist()
    found = doubt_of_sums(student, recall, factor, rows, [small, (), ()])
    assert found[1] == 0
    assert found[0] == pytest.approx(MISFIT * 15, rel=0.01)
    alone = doubt_of_sums(np.zeros(10, np.int64), recall[:10], factor[:10], rows[:10], [()])
    assert found[2] == pytest.approx(alone[0])
    assert found[2] > 2 * MISFIT * 7.5
