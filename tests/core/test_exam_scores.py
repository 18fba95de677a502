"""Expected scores, against throwing dice and against SciPy's distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, ttest_1samp

from quizzes.core.exam_scores import class_score, exam_scores

RNG = np.random.default_rng(31)


def expected_score(recall, guess, *, guesses, doubt=0.0):
    """The score of a class of one; None if there are no cards."""
    nobody_else = np.zeros(len(recall), int)
    scores = exam_scores(nobody_else, recall, guess, students=1, guesses=guesses, doubt=doubt)
    return scores and scores.of(0)


def test_cards_begun_give_recall_and_a_guess_and_the_others_a_guess():
    guesses = np.array([0.25, 0.25, 0.5, 0.0, 0.25])
    score = expected_score(np.array([0.8, 0.6]), np.array([0.25, 0.0]), guesses=guesses)
    assert score.value == pytest.approx((0.85 + 0.6 + 0.25 + 0.5 + 0.25) / 5)
    assert score.n == 5


def test_the_interval_holds_what_nineteen_of_twenty_exams_would_give():
    recall, guesses = RNG.beta(5, 2, 100), np.full(140, 0.25)
    score = expected_score(recall, guesses[:100], guesses=guesses)
    chance = np.concatenate([recall + (1 - recall) / 4, guesses[100:]])
    exams = (RNG.random((20_000, 140)) < chance).mean(axis=1)
    assert score.value == pytest.approx(exams.mean(), abs=0.002)
    assert (score.low, score.high) == pytest.approx(score.value + norm.ppf([0.025, 0.975]) * exams.std(), abs=0.003)
    assert ((score.low <= exams) & (exams <= score.high)).mean() == pytest.approx(0.95, abs=0.015)


def test_doubt_about_the_predictions_widens_the_interval_and_moves_nothing():
    recall, guesses = np.full(100, 0.8), np.full(140, 0.25)
    sure = expected_score(recall, guesses[:100], guesses=guesses)
    unsure = expected_score(recall, guesses[:100], guesses=guesses, doubt=4.0)
    wider = ((unsure.high - unsure.low) / 3.92) ** 2 - ((sure.high - sure.low) / 3.92) ** 2
    assert wider**0.5 == pytest.approx(4.0 / 140, rel=1e-3)
    assert unsure.value == sure.value


def test_with_doubt_the_interval_holds_what_exams_of_people_who_differ_so_would_give():
    guesses = np.full(60, 1 / 3)
    recall, off = RNG.beta(6, 2, 60), RNG.normal(0, 0.4, 20_000)
    odds = np.log(recall / (1 - recall))
    slope = (recall * (1 - recall) * 2 / 3).sum()
    score = expected_score(recall, guesses, guesses=guesses, doubt=0.4 * slope)
    known = 1 / (1 + np.exp(-odds - off[:, None]))
    exams = (RNG.random((20_000, 60)) < known + (1 - known) / 3).mean(axis=1)
    assert ((score.low <= exams) & (exams <= score.high)).mean() == pytest.approx(0.95, abs=0.015)


def test_somebody_who_has_not_begun_would_guess_and_no_cards_make_no_exam():
    nothing = np.zeros(0)
    assert expected_score(nothing, nothing, guesses=np.full(20, 0.25)).value == pytest.approx(0.25)
    assert expected_score(nothing, nothing, guesses=nothing) is None


def test_cards_without_a_prediction_are_not_begun():
    guesses = np.full(3, 0.25)
    score = expected_score(np.array([np.nan, 0.9]), np.array([0.25, 0.25]), guesses=guesses)
    assert score == expected_score(np.array([0.9]), np.array([0.25]), guesses=guesses)


def test_each_student_of_a_class_gets_their_own_score():
    guesses = np.full(12, 0.25)
    cards = [RNG.random(size) for size in (12, 0, 5)]
    student = np.repeat(np.arange(3), [len(one) for one in cards])
    order = RNG.permutation(len(student))
    recall = np.concatenate(cards)
    scores = exam_scores(student[order], recall[order], np.full(17, 0.25), students=3, guesses=guesses)
    assert scores.begun.tolist() == [12, 0, 5]
    for at, own in enumerate(cards):
        alone, found = expected_score(own, guesses[: len(own)], guesses=guesses), scores.of(at)
        assert (found.value, found.low, found.high) == pytest.approx((alone.value, alone.low, alone.high))


def test_the_class_is_the_mean_of_its_students_those_who_have_not_begun_included():
    recall, guesses = np.array([0.9] * 10 + [0.5] * 10), np.full(10, 0.0)
    scores = exam_scores(np.repeat([0, 1], 10), recall, np.zeros(20), students=3, guesses=guesses)
    share = class_score(scores)
    expected = ttest_1samp([0.9, 0.5, 0.0], 0).confidence_interval()
    assert (share.mean, share.students) == (pytest.approx(1.4 / 3), 3)
    assert (share.low, share.high) == pytest.approx((max(0, expected.low), min(1, expected.high)))
    nobody = exam_scores(np.zeros(0, int), np.zeros(0), np.zeros(0), students=0, guesses=guesses)
    assert class_score(nobody) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 0.25, 0.5, 1.0])), max_size=20), st.floats(0, 1))
def test_a_score_lies_in_its_interval_and_both_between_0_and_1(cards, doubt):
    recall, guess = (np.array([one[at] for one in cards], float) for at in (0, 1))
    score = expected_score(recall, guess, guesses=np.append(guess, 0.25), doubt=doubt)
    assert 0 <= score.low <= score.value + 1e-9
    assert score.value - 1e-9 <= score.high <= 1
