"""Bootstrap intervals, compared with SciPy's from other dice."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from quizzes.core import resampling
from quizzes.core.resampling import mean_intervals

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("n", [12, 40, 200])
def test_the_interval_is_scipys_but_for_the_dice(n):
    marks = np.column_stack([RNG.random(n), RNG.beta(2, 0.2, n), RNG.beta(0.3, 3, n)])
    low, high = mean_intervals(marks, "test")
    for at in range(3):
        theirs = bootstrap((marks[:, at],), np.mean, n_resamples=20_000, rng=5).confidence_interval
        near = 0.06 * (theirs.high - theirs.low)
        assert (low[at], high[at]) == pytest.approx((theirs.low, theirs.high), abs=near)


def test_the_same_marks_have_the_same_interval_and_other_dice_hardly_another():
    marks = RNG.random((30, 1))
    assert np.array_equal(mean_intervals(marks, "a"), mean_intervals(marks, "a"))
    assert not np.array_equal(mean_intervals(marks, "a"), mean_intervals(marks, "b"))
    assert np.allclose(mean_intervals(marks, "a"), mean_intervals(marks, "b"), atol=0.02)


def test_equal_marks_leave_no_doubt_and_no_columns_no_ends():
    low, high = mean_intervals(np.full((12, 1), 0.5), "test")
    assert (low[0], high[0]) == (0.5, 0.5)
    assert mean_intervals(np.zeros((12, 0)), "test")[0].size == 0


def test_one_different_mark_keeps_the_ends_within_the_marks():
    marks = np.array([[0.5]] + [[1.0]] * 11)
    low, high = mean_intervals(marks, "test")
    assert 0.5 <= low[0] < marks.mean() < high[0] <= 1


def test_two_students_far_below_all_others_move_both_ends_down_as_scipy_has_it(monkeypatch):
    """Resampled means are lopsided here; with so many that dice hardly matter, each of the corrections shows."""
    monkeypatch.setattr(resampling, "RESAMPLES", 40_000)
    marks = np.append(np.linspace(0.9, 1.0, 30), [0.0, 0.3])
    low, high = mean_intervals(marks[:, None], "test")
    theirs = bootstrap((marks,), np.mean, n_resamples=40_000, rng=5).confidence_interval
    assert (low[0], high[0]) == pytest.approx((theirs.low, theirs.high), abs=0.004)
