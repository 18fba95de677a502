"""Fits that have to show on later answers that they predict better: on simulated people, and on absurd logs."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core import fitting
from quizzes.core.fitting import HIGHEST, LOWEST, losses
from quizzes.core.guarded_fit import ENOUGH_REVIEWS, Verdict, guarded_fit
from quizzes.core.memory import DEFAULT_PARAMETERS, next_memory, retrievability
from quizzes.core.review_arrays import Review, arrays_of

QUICK = tuple(value * (3.0 if at < 4 else 1) for at, value in enumerate(DEFAULT_PARAMETERS))
FORGETFUL = tuple(value * (0.3 if at < 4 or at == 8 else 1) for at, value in enumerate(DEFAULT_PARAMETERS))


def answers(parameters, seed, *, cards=120, reviews=7, options=(0,)):
    """A log of somebody who remembers by these parameters, card by card in order of days."""
    dice, found = random.Random(seed), []
    for card in range(cards):
        state, day = None, dice.randrange(60)
        for _ in range(reviews):
            gap = 0 if state is None else dice.choice([1, 2, 4, 9, 20])
            day, k = day + gap, dice.choice(options)
            recall = 0.3 if state is None else retrievability(state, gap, parameters)
            right = dice.random() < recall + (1 - recall) * (1 / k if k else 0)
            found.append(Review(card, day, len(found), 3 if right else 1, k))
            state = next_memory(state, found[-1].rating, gap, parameters)
    return arrays_of(found)


def later_loss(reviews, parameters):
    """The mean loss of the last third of the reviews that cross days."""
    judged = np.flatnonzero(reviews.crosses_days)
    return losses(reviews, parameters)[judged[len(judged) * 2 // 3 :]].mean()


def fitted_to_the_first_two_thirds(reviews, parent=DEFAULT_PARAMETERS):
    judged = np.flatnonzero(reviews.crosses_days)
    return guarded_fit(reviews.until(int(judged[len(judged) * 2 // 3])), parent)


@pytest.mark.parametrize("who", [FORGETFUL, QUICK], ids=["forgetful", "quick"])
def test_somebody_unlike_most_is_predicted_better_afterwards(who):
    reviews = answers(who, "unlike", cards=200)
    found = fitted_to_the_first_two_thirds(reviews)
    assert found.accepted
    assert found.loss_fitted < found.loss_parent == found.loss_current
    assert later_loss(reviews, found.parameters) < later_loss(reviews, DEFAULT_PARAMETERS) - 0.005


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("options", [(0,), (0, 4)], ids=["recall", "choices"])
def test_somebody_like_most_is_never_predicted_worse_afterwards(seed, options):
    reviews = answers(DEFAULT_PARAMETERS, seed, options=options)
    found = fitted_to_the_first_two_thirds(reviews)
    assert later_loss(reviews, found.parameters) <= later_loss(reviews, DEFAULT_PARAMETERS)


def test_who_is_fitted_already_keeps_the_parameters_in_use():
    found = guarded_fit(answers(FORGETFUL, "in use"), DEFAULT_PARAMETERS, current=FORGETFUL)
    assert (found.verdict, found.parameters) == (Verdict.IN_USE, FORGETFUL)
    assert found.loss_current < found.loss_parent


def test_parameters_that_have_become_wrong_are_left_for_the_parents():
    found = guarded_fit(answers(DEFAULT_PARAMETERS, "changed"), DEFAULT_PARAMETERS, current=FORGETFUL)
    assert (found.verdict, found.parameters) == (Verdict.PARENT, DEFAULT_PARAMETERS)


def test_a_short_log_keeps_what_is_in_use_however_it_looks():
    short = arrays_of([Review(card, day, 0, 1) for card in range(40) for day in range(11)][: ENOUGH_REVIEWS + 36])
    found = guarded_fit(short, DEFAULT_PARAMETERS, current=QUICK)
    assert (found.verdict, found.parameters, found.accepted) == (Verdict.TOO_FEW, QUICK, False)
    assert (found.held_out, found.loss_fitted) == (0, None)
    assert guarded_fit(short, DEFAULT_PARAMETERS, current=QUICK, enough=100).verdict is not Verdict.TOO_FEW


def test_an_empty_log_keeps_what_is_in_use():
    assert guarded_fit(arrays_of([]), QUICK).parameters == QUICK


def log_of(rate, cards=60, days=12, step=1):
    return [Review(card, day * step, card, rate(card, day)) for card in range(cards) for day in range(days)]


ABSURD = {
    "all again": log_of(lambda card, day: 1),
    "all good": log_of(lambda card, day: 3),
    "all easy": log_of(lambda card, day: 4),
    "turn and turn about": log_of(lambda card, day: 1 if day % 2 else 4),
    "again at first, then easy": log_of(lambda card, day: 1 if day < 9 else 4),
    "easy at first, then again": log_of(lambda card, day: 4 if day < 9 else 1),
    "years between": log_of(lambda card, day: 1 + 2 * (day % 2), step=1500),
    "one card 5,000 times": [Review(7, day, 0, 3 if day % 9 else 1) for day in range(5000)],
    "the same second": [Review(card, day, 0, 3 if card % 9 else 1) for card in range(50) for day in range(10)] * 3,
    "ten cards 500 times": log_of(lambda card, day: 3 if (card + day) % 9 else 1, cards=10, days=500),
}


@pytest.mark.parametrize("name", ABSURD)
def test_an_absurd_log_gives_numbers_within_bounds_and_nothing_worse_on_later_answers(name, monkeypatch):
    monkeypatch.setattr(fitting, "MOST_ROUNDS", 15)
    reviews = arrays_of(ABSURD[name])
    found = guarded_fit(reviews, DEFAULT_PARAMETERS)
    assert np.isfinite(found.parameters).all()
    assert (np.array(found.parameters) >= LOWEST).all()
    assert (np.array(found.parameters) <= HIGHEST).all()
    if found.accepted:
        assert found.loss_fitted < found.loss_parent


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(Review, st.integers(0, 9), st.integers(0, 99), st.just(0.0), st.integers(1, 4),
                          st.sampled_from([0, 2, 4])), max_size=150))  # fmt: skip
def test_whatever_the_log_the_answers_held_out_are_predicted_no_worse(rows):
    reviews = arrays_of(rows)
    found = guarded_fit(reviews, DEFAULT_PARAMETERS, enough=8)
    assert np.isfinite(found.parameters).all()
    assert not found.accepted or found.loss_fitted < min(found.loss_parent, found.loss_current)
    if not found.accepted:
        assert found.parameters == DEFAULT_PARAMETERS


def test_between_the_steps_a_fit_can_be_ended():
    def enough():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        guarded_fit(answers(QUICK, "ended"), DEFAULT_PARAMETERS, between=enough)
