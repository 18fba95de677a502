"""Measures of predictions, compared with slow and simple ones."""

import random

import numpy as np
import pytest

from quizzes.core.predictions import auc, bins, log_loss, quality, rmse_bins
from quizzes.core.review_arrays import Review, arrays_of

DICE = random.Random("predictions")
CHANCES = np.array([round(DICE.random(), 2) * 0.98 + 0.01 for _ in range(60)])
PASSED = np.array([float(DICE.random() < chance) for chance in CHANCES])


def test_log_loss_is_the_mean_of_minus_the_logarithm():
    assert log_loss(np.array([0.5, 0.9]), np.array([1.0, 0.0])) == pytest.approx((np.log(2) + np.log(10)) / 2)


def test_auc_counts_pairs():
    passes, fails = CHANCES[PASSED > 0], CHANCES[PASSED == 0]
    pairs = [(a, b) for a in passes for b in fails]
    assert auc(CHANCES, PASSED) == pytest.approx(np.mean([(a > b) + (a == b) / 2 for a, b in pairs]))
    assert np.isnan(auc(CHANCES, np.ones(60)))


def test_bins_widen_as_srs_benchmark_has_them():
    days = [0, 1, 5, 20, 80]
    reviews = arrays_of([Review(0, day, 0, rating) for day, rating in zip(days, (3, 1, 1, 3, 3), strict=True)])
    assert bins(reviews, np.arange(1, 5)).tolist() == [[2.48, 2, 0], [8.98, 4, 2], [32.5, 4, 3], [117.65, 7, 3]]


def test_rmse_compares_means_of_bins_by_their_size():
    places = np.array([[1, 0, 0]] * 3 + [[2, 0, 0]])
    found = rmse_bins(np.array([0.8, 0.8, 0.8, 0.5]), np.array([1.0, 1, 0, 1]), places)
    assert found == pytest.approx(np.sqrt((3 * (0.8 - 2 / 3) ** 2 + 0.5**2) / 4))


def test_a_certain_prediction_that_fails_costs_much_but_not_everything():
    reviews = arrays_of([Review(0, 0, 0, 3), Review(0, 1, 0, 1)])
    found = quality(np.array([1.0]), reviews, np.array([1]))
    assert (found.n, round(found.log_loss, 3)) == (1, 13.816)
