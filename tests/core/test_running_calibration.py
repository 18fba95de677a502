"""Predictions put right as answers come."""

import numpy as np
import pytest

from quizzes.core.calibration import NEUTRAL
from quizzes.core.predictions import log_loss
from quizzes.core.review_arrays import Review, arrays_of
from quizzes.core.running_calibration import belief_after, running, running_with_defaults

DICE = np.random.default_rng(20260310)
DECAY = 0.15


def stream(days=600, cards=4, options=0):
    """A log in which each card is reviewed every day, and its day-crossing reviews."""
    truth = DICE.uniform(0.5, 0.95, days * cards)
    right = truth + (1 - truth) / options if options else truth
    ratings = np.where(DICE.random(days * cards) < right, 3, 1)
    rows = [
        Review(card, day, card, int(ratings[day * cards + card]), options)
        for day in range(days)
        for card in range(cards)
    ]
    reviews = arrays_of(rows)
    return reviews, truth, np.flatnonzero(reviews.crosses_days)


def shifted(chance, by):
    return 1 / (1 + np.exp(-(np.log(chance / (1 - chance)) + by)))


def of_one(reviews, predicted, judged):
    return running(reviews, predicted, DECAY, judged)


def of_two(reviews, predicted, judged):
    return running_with_defaults(reviews, predicted, predicted, judged)


both = pytest.mark.parametrize("model", [of_one, of_two])


@both
def test_somebody_who_does_better_than_predicted_is_soon_predicted_better(model):
    reviews, truth, judged = stream()
    low = shifted(truth, -1.0)
    found = model(reviews, low, judged)
    later = judged[len(judged) // 2 :]
    passed, half = reviews.passed[later], found[len(judged) // 2 :]
    assert log_loss(half, passed) < log_loss(low[later], passed) - 0.05
    assert log_loss(half, passed) < log_loss(truth[later], passed) + 0.01


@both
def test_right_predictions_are_left_nearly_alone(model):
    reviews, truth, judged = stream()
    found = model(reviews, truth, judged)
    assert log_loss(found, reviews.passed[judged]) < log_loss(truth[judged], reviews.passed[judged]) + 0.005


@both
def test_a_prediction_knows_nothing_of_what_comes(model):
    reviews, truth, judged = stream(days=30)
    whole = model(reviews, truth, judged)
    assert np.array_equal(model(reviews, truth, judged[:20]), whole[:20])


@both
def test_before_any_answer_the_prediction_is_the_models(model):
    reviews, truth, judged = stream(days=3)
    assert model(reviews, truth, judged)[0] == pytest.approx(truth[judged[0]], abs=1e-9)


def test_right_guesses_among_options_do_not_pass_for_knowledge():
    reviews, truth, judged = stream(options=2)
    found = running(reviews, truth, DECAY, judged)
    of_guesses = np.mean((1 - truth[judged]) / 2)
    assert abs(np.mean(found - truth[judged])) < of_guesses / 3


def test_the_weights_after_a_log_are_those_that_the_next_answer_meets():
    reviews, truth, _judged = stream(days=60)
    low = shifted(truth, -1.0)
    assert belief_after(reviews.until(1), low).weights == NEUTRAL
    assert belief_after(reviews, low).weights.constant > 0.2
