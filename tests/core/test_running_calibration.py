"""Predictions put right as answers come."""

import numpy as np

from quizzes.core.predictions import log_loss
from quizzes.core.review_arrays import Review, arrays_of
from quizzes.core.running_calibration import Calibration, calibrated, features_of

DICE = np.random.default_rng(20260310)


def stream(days=600, cards=4):
    """A log in which each card is reviewed every day, and its day-crossing reviews."""
    truth = DICE.uniform(0.5, 0.95, days * cards)
    ratings = np.where(DICE.random(days * cards) < truth, 3, 1)
    rows = [Review(card, day, card, int(ratings[day * cards + card])) for day in range(days) for card in range(cards)]
    reviews = arrays_of(rows)
    return reviews, truth, np.flatnonzero(reviews.crosses_days)


def shifted(chance, by):
    return 1 / (1 + np.exp(-(np.log(chance / (1 - chance)) + by)))


def test_somebody_who_does_better_than_predicted_is_soon_predicted_better():
    reviews, truth, judged = stream()
    low = shifted(truth, -1.0)
    found = calibrated(reviews, low, low, judged)
    later = judged[len(judged) // 2 :]
    passed, half = reviews.passed[later], found[len(judged) // 2 :]
    assert log_loss(half, passed) < log_loss(low[later], passed) - 0.05
    assert log_loss(half, passed) < log_loss(truth[later], passed) + 0.01


def test_right_predictions_are_left_nearly_alone():
    reviews, truth, judged = stream()
    found = calibrated(reviews, truth, truth, judged)
    assert log_loss(found, reviews.passed[judged]) < log_loss(truth[judged], reviews.passed[judged]) + 0.005


def test_a_prediction_knows_nothing_of_what_comes():
    reviews, truth, judged = stream(days=30)
    whole = calibrated(reviews, truth, truth, judged)
    assert np.array_equal(calibrated(reviews, truth, truth, judged[:20]), whole[:20])


def test_before_any_answer_the_prediction_is_near_the_models():
    reviews, truth, judged = stream(days=3)
    first = Calibration.start().predict(features_of(reviews, truth, truth)[judged[0]])
    assert abs(first - truth[judged[0]]) < 0.06
