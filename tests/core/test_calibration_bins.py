import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.calibration_bins import STEPS, CalibrationBin, calibration_bins, calibration_error, spread
from quizzes.core.shares import wilson


def bins_of(predicted, right, **options):
    return calibration_bins(np.array(predicted, float), np.array(right, bool), **options)


def test_bins_hold_about_equal_counts_in_rising_order():
    chance = np.linspace(0.99, 0.5, 100)
    found = bins_of(chance, chance > 0.7)
    assert [one.n for one in found] == [17, 16, 17, 17, 16, 17]
    assert [one.predicted for one in found] == sorted(one.predicted for one in found)
    assert found[0].right == 0
    assert found[-1].share == 1


def test_a_bin_tells_mean_share_and_wilson_s_interval():
    (found,) = bins_of([0.8, 0.9, 1.0, 0.9], [True, False, True, True])
    assert found.predicted == pytest.approx(0.9)
    assert (found.right, found.n, found.share) == (3, 4, 0.75)
    assert found.interval == wilson(3, 4)


def test_equal_predictions_are_never_torn_apart():
    found = bins_of([0.9] * 70 + [0.5] * 30, [True] * 100)
    assert [(one.predicted, one.n) for one in found] == [(0.5, 30), (pytest.approx(0.9), 70)]


def test_nothing_has_no_bins_and_no_error():
    assert bins_of([], []) == []
    assert calibration_error([]) == 0.0


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=300))
def test_every_prediction_is_in_one_bin(pairs):
    predicted, right = [at / 20 for at, _ in pairs], [came for _, came in pairs]
    found = bins_of(predicted, right)
    assert sum(one.n for one in found) == len(pairs)
    assert sum(one.right for one in found) == sum(right)
    assert len(found) <= 10
    assert min(one.n for one in found) >= min(15, len(pairs))


def test_the_error_weighs_bins_by_their_size():
    assert calibration_error([CalibrationBin(0.9, 8, 10), CalibrationBin(0.5, 15, 30)]) == pytest.approx(0.025)


def test_a_bin_strays_where_chance_does_not_explain_it_and_less_easily_among_many():
    assert CalibrationBin(0.9, 70, 100).strays()
    assert not CalibrationBin(0.9, 88, 100).strays()
    assert CalibrationBin(0.9, 83, 100).strays()
    assert not CalibrationBin(0.9, 83, 100).strays(looks=10)


def test_the_spread_counts_each_prediction_once_ones_too():
    counts = spread(np.array([0.0, 0.024, 0.025, 0.99, 1.0]))
    assert (len(counts), counts[0], counts[1], counts[-1]) == (STEPS, 2, 1, 2)
