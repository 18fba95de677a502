"""Parameters fitted to logs that a known memory made."""

import random

import numpy as np
import pytest

from quizzes.core import fitting, review_arrays
from quizzes.core.fitting import HIGHEST, LOWEST, MOST_STEPS, fit
from quizzes.core.memory import DEFAULT_PARAMETERS, next_memory, retrievability
from quizzes.core.review_arrays import Review, arrays_of

QUICK = tuple(value * (2.5 if at < 4 else 1) for at, value in enumerate(DEFAULT_PARAMETERS))


def answers(parameters, seed, *, cards=150, reviews=7):
    """A log of somebody who remembers by these parameters."""
    dice, found = random.Random(seed), []
    for card in range(cards):
        state, day = None, dice.randrange(30)
        for _ in range(reviews):
            gap = 0 if state is None else dice.choice([1, 2, 4, 9, 20])
            day += gap
            known = state is None or dice.random() < retrievability(state, gap, parameters)
            found.append(Review(card, day, card, 3 if known else 1))
            state = next_memory(state, found[-1].rating, gap, parameters)
    return arrays_of(found)


def test_a_fit_comes_closer_to_the_memory_that_made_the_log():
    found = fit(answers(QUICK, "fit", cards=900), DEFAULT_PARAMETERS)
    assert found.loss_after < found.loss_before - 0.003
    assert found.parameters[2] > DEFAULT_PARAMETERS[2] * 1.3
    held_out = answers(QUICK, "held out", cards=900)
    assert fit(held_out, found.parameters).loss_before < fit(held_out, DEFAULT_PARAMETERS).loss_before


def test_a_log_without_later_days_leaves_the_parents_parameters():
    found = fit(arrays_of([Review(card, 0, 0, 3) for card in range(9)]), QUICK)
    assert (found.parameters, found.reviews) == (QUICK, 0)


@pytest.mark.parametrize("rating", [1, 3, 4])
def test_one_sided_logs_stay_within_bounds_and_are_never_fitted_worse(rating):
    found = fit(arrays_of([Review(card, day, 0, rating) for card in range(5) for day in range(12)]), DEFAULT_PARAMETERS)
    assert np.isfinite(found.parameters).all()
    assert (found.parameters >= LOWEST).all()
    assert (found.parameters <= HIGHEST).all()
    assert found.loss_after <= found.loss_before


def test_a_few_answers_move_little():
    few = fit(answers(QUICK, "few", cards=3, reviews=3), DEFAULT_PARAMETERS)
    assert np.abs(np.array(few.parameters[4:]) - DEFAULT_PARAMETERS[4:]).max() < 0.5


def test_a_large_log_fitted_by_a_sample_and_in_parts_comes_to_the_same(monkeypatch):
    log = answers(QUICK, "large", cards=400)
    whole = fit(log, DEFAULT_PARAMETERS)
    monkeypatch.setattr(review_arrays, "PART", 500)
    monkeypatch.setattr(fitting, "SAMPLE", 900)
    found = fit(log, DEFAULT_PARAMETERS)
    assert found.loss_before == pytest.approx(whole.loss_before, rel=1e-9)
    assert found.loss_after == pytest.approx(whole.loss_after, abs=5e-4)


def test_late_answers_to_one_card_are_left_out():
    one = [Review(0, day, 0, 3) for day in range(3 * MOST_STEPS)]
    assert fit(arrays_of(one), DEFAULT_PARAMETERS).reviews == MOST_STEPS - 1


def test_a_search_that_begins_elsewhere_comes_to_the_same():
    log = answers(QUICK, "start")
    assert fit(log, DEFAULT_PARAMETERS, start=QUICK).loss_after == pytest.approx(
        fit(log, DEFAULT_PARAMETERS).loss_after, abs=1e-3
    )
