"""Cards of known hardness, answered as the memory model says, and what is found out about them."""

from random import Random

import numpy as np
import pytest

from quizzes.core.card_shifts import MOST_LN_STABILITY, learn_shifts
from quizzes.core.memory import DEFAULT_PARAMETERS, Shift, next_memory, retrievability
from quizzes.core.review_arrays import Review, arrays_of

GAPS = (2, 4, 9, 20)


def studied(cards, students, *, seed="class", levels=None, logged=(0.0, 0.0), reached=lambda student, card: True):
    """The log of students whose memories start shifted as `cards` say, and by the student's own level."""
    dice, found = Random(seed), []
    for student in range(students):
        level = levels[student] if levels else 0.0
        for card, (ln_stability, difficulty) in enumerate(cards):
            if reached(student, card):
                shift, number = Shift(ln_stability + level, difficulty), student * len(cards) + card
                found += reviews_of(number, student / 1000, shift, logged, dice)
    return found


def reviews_of(number, moment, shift, logged, dice):
    state, day = next_memory(None, 3, 0, DEFAULT_PARAMETERS, shift), 0
    yield Review(number, day, moment, 3, 0, 0.3, *logged)
    for gap in GAPS:
        day += gap
        rating = 3 if dice.random() < retrievability(state, gap, DEFAULT_PARAMETERS) else 1
        yield Review(number, day, moment, rating, 0, 0.3, *logged)
        state = next_memory(state, rating, gap, DEFAULT_PARAMETERS)


def learned(reviews, cards, *, told_apart=True):
    rows = sorted(reviews, key=lambda one: (one.day, one.moment))
    number = np.array([one.card for one in rows], dtype=np.int64)
    return learn_shifts(arrays_of(rows), number % cards, (number // cards) * told_apart)


MIXED = [(-1.5 if card % 2 else 0.8, 2.0 if card % 2 else 0.0) for card in range(12)]


def test_cards_that_are_forgotten_sooner_start_with_less():
    found = learned(studied(MIXED, 40), 12)
    assert found.ln_stability[1::2].max() < -0.3 < 0.3 < found.ln_stability[::2].min()
    assert found.difficulty[1::2].mean() > found.difficulty[::2].mean()


def test_the_more_students_the_more_a_card_is_moved():
    def apart(students):
        found = learned(studied(MIXED, students), 12).ln_stability
        return found[::2].mean() - found[1::2].mean()

    assert 0 < apart(2) < apart(8) < apart(40)


def test_cards_that_do_not_differ_are_hardly_moved():
    found = learned(studied([(0.0, 0.0)] * 40, 30), 40)
    assert np.abs(found.ln_stability).mean() < 0.15
    assert found.spread[0] < 0.45 < learned(studied(MIXED, 30), 12).spread[0]


def test_how_well_all_students_remember_moves_no_card():
    found = learned(studied([(0.0, 0.0)] * 20, 30, levels=[-1.0] * 30), 20)
    assert abs(found.ln_stability.mean()) < 0.05


def test_cards_that_only_good_students_reach_hardly_look_easy():
    levels = [-1.5, 1.5] * 8
    reviews = studied([(0.0, 0.0)] * 60, 16, levels=levels, reached=lambda who, card: card < 30 or levels[who] > 0)

    def apart(**students):
        found = learned(reviews, 60, **students).ln_stability
        return found[30:].mean() - found[:30].mean()

    assert abs(apart()) < 0.05 < apart(told_apart=False)


def test_what_was_known_before_plays_no_part():
    before, after = (learned(studied(MIXED, 10, logged=shift), 12) for shift in ((0.0, 0.0), (-1.0, 3.0)))
    assert after.ln_stability == pytest.approx(before.ln_stability)


def test_a_card_without_answers_on_a_later_day_is_not_moved():
    rows = [*studied(MIXED, 5), Review(5 * 12, 0, 0, 3)]
    found = learned([one for one in rows if one.card % 12 != 3 or one.day == 0], 12)
    assert (found.ln_stability[3], found.difficulty[3]) == (0, 0)
    assert found.ln_stability[1] < 0


def test_nothing_is_learned_from_nothing():
    found = learned([Review(0, 0, 0, 3)], 1)
    assert found.ln_stability.tolist() == [0]


def test_no_card_is_moved_beyond_all_bounds():
    hopeless = [(-8.0, 8.0), *[(1.0, 0.0)] * 6]
    found = learned(studied(hopeless, 100), 7)
    assert np.abs(found.ln_stability).max() <= MOST_LN_STABILITY
