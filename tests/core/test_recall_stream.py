"""The memory model over whole logs, compared with the same formulas answer by answer."""

import random

import numpy as np
import pytest

from quizzes.core.gradients import Node
from quizzes.core.memory import (
    DEFAULT_PARAMETERS,
    Shift,
    chance_known,
    mixture,
    next_memory,
    retrievability,
)
from quizzes.core.recall_stream import loss, predict
from quizzes.core.review_arrays import Review, arrays_of
from quizzes.core.specs import ASSUMED_KNOWN

OTHER = tuple(value * 1.1 for value in DEFAULT_PARAMETERS)


def log(seed, *, cards=12, days=40, options=(0,), shifted=False):
    """A log of chance: some cards reviewed on some days, sometimes twice; `shifted`, each review with a shift."""
    dice = random.Random(seed)
    found = []
    for day in range(days):
        for card in range(cards):
            for moment in range(dice.choice([0, 0, 1, 2])):
                shift = (dice.uniform(-1, 1), dice.uniform(-3, 6)) if shifted else (0.0, 0.0)
                rating, among = dice.choice([1, 2, 3, 3, 4]), dice.choice(options)
                found.append(Review(card, day, moment, rating, among, ASSUMED_KNOWN, *shift))
    return found


def one_by_one(reviews, parameters):
    """The recall predicted before each review, from core.memory alone."""
    found, last = [], {}
    for one in sorted(reviews, key=lambda review: (review.day, review.moment)):
        state, day = last.get(one.card, (None, one.day))
        recall = 1.0 if state is None else retrievability(state, one.day - day, parameters)
        found.append(recall)
        shift = Shift(one.ln_stability, one.difficulty)
        if one.options and one.rating > 1:
            known = chance_known(ASSUMED_KNOWN if state is None else min(recall, 1 - 1e-6), one.options)
            good = next_memory(state, one.rating, one.day - day, parameters, shift)
            again = next_memory(state, 1, one.day - day, parameters, shift)
            after = mixture(good, again, known, parameters)
        else:
            after = next_memory(state, one.rating, one.day - day, parameters, shift)
        last[one.card] = after, one.day
    return found


@pytest.mark.parametrize("parameters", [DEFAULT_PARAMETERS, OTHER], ids=["defaults", "others"])
@pytest.mark.parametrize("options", [(0,), (0, 2, 4)], ids=["recall", "choices"])
@pytest.mark.parametrize("shifted", [False, True], ids=["usual", "shifted"])
def test_a_log_is_predicted_as_answer_by_answer(parameters, options, shifted):
    reviews = log("stream", options=options, shifted=shifted)
    assert predict(arrays_of(reviews), parameters) == pytest.approx(one_by_one(reviews, parameters), abs=2e-6)


def test_the_loss_is_that_of_what_came():
    arrays = arrays_of(log("loss"))
    judged = arrays.crosses_days.astype(float)
    chance = np.clip(predict(arrays, DEFAULT_PARAMETERS), 1e-6, 1 - 1e-6)
    by_hand = -(judged * np.log(np.where(arrays.passed > 0, chance, 1 - chance))).sum()
    assert float(loss(arrays, [Node(one) for one in DEFAULT_PARAMETERS], judged).value) == pytest.approx(by_hand)


def test_a_right_choice_among_two_tells_less_than_recall():
    def of(options):
        arrays = arrays_of([Review(0, 0, 0, 3), Review(0, 9, 0, 3, options)])
        return float(loss(arrays, [Node(one) for one in DEFAULT_PARAMETERS], np.ones(2)).value)

    assert 0 < of(2) < of(4) < of(0)
