import json
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path

import fsrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from quizzes.core.memory import (
    DEFAULT_PARAMETERS,
    Memory,
    Shift,
    chance_known,
    forgetting_curve,
    interval_days,
    mixture,
    next_memory,
    next_memory_after_choice,
    recall_of_many,
    retrievability,
)
from quizzes.core.mixtures import mixed_stabilities, mixed_stability

SEQUENCES = json.loads((Path(__file__).parent / "vectors" / "fsrs6_sequences.json").read_text())["sequences"]
SECONDS_PER_DAY = 86_400
START = datetime(2026, 3, 2, 12, tzinfo=UTC)

memories = st.builds(Memory, st.floats(0.01, 5_000), st.floats(1, 10))
scales = st.lists(st.floats(0.8, 1.2), min_size=21, max_size=21)


@pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda sequence: sequence["id"])
def test_it_agrees_with_the_published_sequences(sequence):
    state = None
    for seconds, rating, stability, difficulty, recall in sequence["reviews"]:
        days = seconds // SECONDS_PER_DAY
        if state is not None:
            assert retrievability(state, days, DEFAULT_PARAMETERS) == pytest.approx(recall, rel=1e-4)
        state = next_memory(state, rating, days, DEFAULT_PARAMETERS)
        assert state.stability == pytest.approx(stability, rel=1e-4)
        assert state.difficulty == pytest.approx(difficulty, rel=1e-4)


def test_there_are_sixty_published_sequences():
    assert len(SEQUENCES) == 60


def within_bounds(scale):
    lower, upper = fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
    scaled = [w * factor for w, factor in zip(DEFAULT_PARAMETERS, scale, strict=True)]
    return tuple(min(max(w, low), high) for w, low, high in zip(scaled, lower, upper, strict=True))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(scales, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), min_size=1, max_size=12))
def test_it_agrees_with_the_library_for_any_parameters_and_answers(scale, answers):
    parameters = within_bounds(scale)
    oracle = fsrs.Scheduler(parameters=parameters, enable_fuzzing=False)
    card, state, at = fsrs.Card(card_id=1, due=START), None, START
    for days, rating in answers:
        at += timedelta(days=days)
        card, _ = oracle.review_card(card, fsrs.Rating(rating), at)
        state = next_memory(state, rating, days, parameters)
        assert (state.stability, state.difficulty) == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        later = at + timedelta(days=30)
        assert retrievability(state, 30, parameters) == pytest.approx(oracle.get_card_retrievability(card, later))


def test_an_evening_and_the_next_morning_are_one_study_day_apart():
    evening = next_memory(None, 3, 0, DEFAULT_PARAMETERS)
    assert next_memory(evening, 3, 1, DEFAULT_PARAMETERS).stability == pytest.approx(7.32, abs=0.005)
    assert next_memory(evening, 3, 0, DEFAULT_PARAMETERS).stability == pytest.approx(2.31, abs=0.005)


@given(memories)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_recall_is_certain_at_once_and_nine_tenths_after_the_stability(state):
    assert retrievability(state, 0, DEFAULT_PARAMETERS) == 1
    assert retrievability(state, state.stability, DEFAULT_PARAMETERS) == pytest.approx(0.9)


@given(memories, st.floats(0.70, 0.99))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_an_interval_ends_when_recall_has_fallen_to_the_desired_retention(state, retention):
    days = interval_days(state.stability, retention, DEFAULT_PARAMETERS)
    assert retrievability(state, days, DEFAULT_PARAMETERS) == pytest.approx(retention)


def test_the_curve_takes_arrays_as_well_as_numbers():
    elapsed, stability = np.array([0.0, 3.0, 30.0]), np.array([1.0, 10.0, 20.0])
    one_by_one = [forgetting_curve(t, s, DEFAULT_PARAMETERS) for t, s in zip(elapsed, stability, strict=True)]
    assert forgetting_curve(elapsed, stability, DEFAULT_PARAMETERS).tolist() == pytest.approx(one_by_one)


@pytest.mark.parametrize("retention", [0.69, 0.995, 0, 1])
def test_a_desired_retention_out_of_range_is_refused(retention):
    with pytest.raises(ValueError, match="desired retention"):
        interval_days(10, retention, DEFAULT_PARAMETERS)


@pytest.mark.parametrize(("rating", "days"), [(0, 1), (5, 1), (3, -1)])
def test_an_impossible_answer_is_refused(rating, days):
    with pytest.raises(ValueError, match="rating must be"):
        next_memory(Memory(10, 5), rating, days, DEFAULT_PARAMETERS)


def test_parameters_of_another_model_are_refused():
    with pytest.raises(ValueError, match="21 parameters"):
        next_memory(None, 3, 0, DEFAULT_PARAMETERS[:19])


@pytest.mark.parametrize(
    ("recall", "k", "chance"), [(0.3, 4, 12 / 19), (0.9, 4, 36 / 37), (0.9, 2, 18 / 19), (1, 3, 1), (0, 3, 0)]
)
def test_the_chance_that_a_right_choice_was_known_follows_from_recall_and_options(recall, k, chance):
    assert chance_known(recall, k) == pytest.approx(chance)


@pytest.mark.parametrize(("recall", "k"), [(0.5, 1), (-0.1, 4), (1.1, 4)])
def test_a_choice_without_alternatives_or_an_impossible_recall_is_refused(recall, k):
    with pytest.raises(ValueError, match="recall must be"):
        chance_known(recall, k)


@pytest.mark.parametrize(("chance", "good", "again"), [(0.25, 10, 2), (0.95, 800, 3), (0.5, 4, 4), (0.02, 30, 0.001)])
def test_what_may_have_been_guessed_falls_to_90_percent_when_the_mixture_of_both_curves_does(chance, good, again):
    found = mixture(Memory(good, 2), Memory(again, 8), chance, DEFAULT_PARAMETERS)
    known, guessed = (forgetting_curve(found.stability, one, DEFAULT_PARAMETERS) for one in (good, again))
    assert chance * known + (1 - chance) * guessed == pytest.approx(0.9, abs=1e-12)
    assert found.difficulty == pytest.approx(chance * 2 + (1 - chance) * 8)


@given(st.floats(0, 1), st.floats(1e-3, 1e5), st.floats(1e-3, 1e5), st.floats(0.1, 0.8))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_mixture_is_never_beyond_what_it_is_mixed_of_and_agrees_with_a_root_finder(chance, good, again, decay):
    parameters = (*DEFAULT_PARAMETERS[:20], decay)
    found = mixture(Memory(good, 5), Memory(again, 5), chance, parameters).stability
    low, high = min(good, again), max(good, again)

    def mixed(days):
        recall = forgetting_curve(days, good, parameters), forgetting_curve(days, again, parameters)
        return chance * recall[0] + (1 - chance) * recall[1] - 0.9

    wanted = low if mixed(low) <= 0 else high if mixed(high) >= 0 else brentq(mixed, low, high, xtol=1e-12 * low)
    assert low <= found <= high
    assert found == pytest.approx(wanted, rel=1e-6)


def test_many_mixtures_are_those_of_each_however_early_they_settle():
    dice = np.random.default_rng(6)
    chance, good, again = dice.random(200), 10 ** dice.uniform(-1, 3, 200), 10 ** dice.uniform(-3, 1, 200)
    each = [mixed_stability(*one, 0.1542) for one in zip(chance, good, again, strict=True)]
    assert mixed_stabilities(chance, good, again, 0.1542) == pytest.approx(each, rel=1e-9)


def test_a_first_right_choice_mixes_the_first_memories_of_good_and_again():
    chance = chance_known(0.3, 4)
    state = next_memory_after_choice(None, chance, 0, DEFAULT_PARAMETERS)
    mixed = mixture(Memory(2.3065, 1), Memory(0.212, 1), chance, DEFAULT_PARAMETERS)
    assert state.stability == mixed.stability
    assert state.difficulty == pytest.approx((12 * 2.118104 + 7 * 6.4133) / 19, rel=1e-6)


@given(memories, st.integers(0, 400))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_choice_is_exactly_good_if_surely_known_and_exactly_again_if_surely_guessed(state, days):
    known = next_memory_after_choice(state, 1, days, DEFAULT_PARAMETERS)
    guessed = next_memory_after_choice(state, 0, days, DEFAULT_PARAMETERS)
    assert known == next_memory(state, 3, days, DEFAULT_PARAMETERS)
    assert guessed == next_memory(state, 1, days, DEFAULT_PARAMETERS)


def test_a_lapse_never_strengthens_a_memory_however_long_forgotten():
    assert next_memory(Memory(0.1, 1), 1, 400, DEFAULT_PARAMETERS).stability == pytest.approx(0.0952, abs=5e-5)


@given(memories, st.integers(0, 400))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_better_rating_never_leaves_a_weaker_memory(state, days):
    after = [next_memory(state, rating, days, DEFAULT_PARAMETERS) for rating in (1, 2, 3, 4)]
    assert [m.stability for m in after] == sorted(m.stability for m in after)
    assert [m.difficulty for m in after] == sorted((m.difficulty for m in after), reverse=True)


def test_many_memories_fade_as_each_does_with_its_own_decay():
    elapsed, stability, decay = np.array([0.0, 3.0, 40.0]), np.array([1.0, 5.0, 30.0]), np.array([0.1542, 0.3, 0.1])
    expected = [
        forgetting_curve(t, s, [*DEFAULT_PARAMETERS[:-1], d])
        for t, s, d in zip(elapsed.tolist(), stability.tolist(), decay.tolist(), strict=True)
    ]
    assert recall_of_many(elapsed, stability, decay).tolist() == pytest.approx(expected)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.sampled_from([None, Memory(5, 5)]), st.floats(-2.5, 2.5), st.floats(-4, 4))
def test_a_shift_keeps_the_order_of_ratings_and_moves_the_first_memory_alone(state, ln_stability, difficulty):
    shift = Shift(ln_stability, difficulty)
    after = [next_memory(state, rating, 3, DEFAULT_PARAMETERS, shift) for rating in (1, 2, 3, 4)]
    assert [one.stability for one in after] == sorted({one.stability for one in after})
    assert [one.difficulty for one in after] == sorted([one.difficulty for one in after], reverse=True)
    usual = [next_memory(state, rating, 3, DEFAULT_PARAMETERS) for rating in (1, 2, 3, 4)]
    if state is None:
        ratios = [one.stability / other.stability for one, other in zip(after, usual, strict=True)]
        assert ratios == pytest.approx([exp(ln_stability)] * 4)
    else:
        assert after == usual


def test_a_shift_moves_the_first_difficulty_within_its_scale():
    found = [next_memory(None, 3, 0, DEFAULT_PARAMETERS, Shift(0, by)).difficulty for by in (-4, 0, 1.5, 20)]
    assert found == pytest.approx([1, 2.1181, 3.6181, 10], abs=1e-4)


def test_a_right_choice_of_a_new_card_lies_between_shifted_memories():
    shift = Shift(-0.5, 1)
    good, again = (next_memory(None, rating, 0, DEFAULT_PARAMETERS, shift) for rating in (3, 1))
    found = next_memory_after_choice(None, 0.25, 0, DEFAULT_PARAMETERS, shift)
    assert found == mixture(good, again, 0.25, DEFAULT_PARAMETERS)
