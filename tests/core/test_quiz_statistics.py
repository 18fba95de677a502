"""Spread and reliability of a quiz, against SciPy and plain loops."""

import math
from statistics import pvariance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, kurtosis, skew, ttest_1samp
from scipy.stats import quantile_test as theirs_of_median

from quizzes.core.estimates import Estimate, Untold
from quizzes.core.quiz_statistics import Reliability, quiz_spread, reliability

RNG = np.random.default_rng(5)


def answers(students, items):
    strength = RNG.normal(size=(students, 1))
    return (RNG.random((students, items)) < 1 / (1 + np.exp(-1.5 * strength))).astype(float)


@pytest.mark.parametrize("marks", [RNG.random(10), RNG.beta(5, 2, 31), RNG.integers(0, 21, 1000) / 20])
def test_the_spread_is_scipys(marks):
    found = quiz_spread(marks)
    interval = ttest_1samp(marks, 0).confidence_interval()
    assert (found.mean.value, found.mean.low, found.mean.high) == pytest.approx((marks.mean(), *interval))
    assert found.deviation.value == pytest.approx(marks.std(ddof=1))
    n, square = len(marks), marks.var(ddof=1)
    ends = [math.sqrt((n - 1) * square / chi2.ppf(level, n - 1)) for level in (0.975, 0.025)]
    assert [found.deviation.low, found.deviation.high] == pytest.approx(ends)
    assert found.skewness.value == pytest.approx(skew(marks, bias=False))
    assert found.kurtosis.value == pytest.approx(kurtosis(marks, bias=False))
    median = theirs_of_median(marks, q=np.median(marks), p=0.5).confidence_interval()
    assert found.median.value == np.median(marks)
    assert (found.median.low, found.median.high) == (median.low, median.high)


def test_the_errors_of_skewness_and_kurtosis_are_the_tabled_ones():
    """SES and SEK of 50 answers as every table of them has it: .337 and .662."""
    found = quiz_spread(RNG.random(50))
    assert (found.skewness.high - found.skewness.value) / 1.96 == pytest.approx(0.337, abs=5e-4)
    assert (found.kurtosis.high - found.kurtosis.value) / 1.96 == pytest.approx(0.662, abs=5e-4)


def test_the_histogram_counts_a_border_above_it_and_all_right_in_the_last_bin():
    assert quiz_spread(np.array([0.0, 0.1, 0.29, 0.3, 0.7, 0.95, 1.0, math.nan])).bins == (1, 1, 1, 1, 0, 0, 0, 1, 0, 2)
    assert quiz_spread(np.array([0.1 + 0.2, 1.0]), bins=4).bins == (0, 1, 0, 1)
    tenths = quiz_spread(np.arange(11) / 10).bins
    assert tenths == (*[1] * 9, 2)


def test_below_ten_marks_only_the_histogram_is_shown():
    found = quiz_spread(np.array([0.5] * 9 + [math.nan] * 20))
    assert (found.n, sum(found.bins)) == (9, 9)
    assert (found.mean, found.median, found.deviation, found.skewness, found.kurtosis) == (Untold(9, 10),) * 5
    assert quiz_spread(np.zeros(0)).bins == (0,) * 10


def test_equal_marks_have_a_mean_and_no_shape():
    found = quiz_spread(np.full(12, 0.7))
    assert found.mean.value == pytest.approx(0.7)
    assert found.deviation.value == 0
    assert found.skewness.all_alike
    assert found.kurtosis.all_alike


@given(st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 1.0]), max_size=40))
@settings(deadline=None)
def test_whatever_the_marks_no_figure_is_nan(marks):
    found = quiz_spread(np.array(marks, float))
    assert sum(found.bins) == found.n == len(marks)
    for figure in (found.mean, found.median, found.deviation, found.skewness, found.kurtosis):
        if isinstance(figure, Estimate):
            assert figure.low <= figure.value + 1e-9
            assert figure.value <= figure.high + 1e-9
            assert all(map(math.isfinite, (figure.low, figure.value, figure.high)))


def kr20(marks):
    """Of marks of 0 and 1, as Kuder and Richardson wrote it."""
    students, items = marks.shape
    shares = [sum(marks[:, at].tolist()) / students for at in range(items)]
    unlike = sum(share * (1 - share) for share in shares)
    return items / (items - 1) * (1 - unlike / pvariance(marks.sum(axis=1).tolist()))


@pytest.mark.parametrize(("students", "items"), [(30, 10), (55, 25), (400, 12)])
def test_alpha_of_right_and_wrong_is_kr20_and_the_error_follows_from_it(students, items):
    marks = answers(students, items)
    found = reliability(marks)
    assert found.alpha.value == pytest.approx(kr20(marks))
    spread = math.sqrt(pvariance(marks.mean(axis=1).tolist()))
    assert found.error.value == pytest.approx(spread * math.sqrt(1 - kr20(marks)))
    assert found.alpha.low < found.alpha.value < found.alpha.high < 1
    assert found.error.low < found.error.value < found.error.high
    assert found.error.high == pytest.approx(spread * math.sqrt(1 - found.alpha.low))


def test_alpha_of_partial_marks_is_that_of_their_covariances():
    """The same from the mean covariance of items: k c / (v + (k - 1) c)."""
    marks = np.round(answers(80, 11) * RNG.random((80, 11)), 2)
    table = np.cov(marks.T)
    variance = np.trace(table) / 11
    between = (table.sum() - np.trace(table)) / (11 * 10)
    assert reliability(marks).alpha.value == pytest.approx(11 * between / (variance + 10 * between))


def test_parallel_items_are_wholly_reliable_and_opposed_ones_less_than_not_at_all():
    once = answers(40, 1)
    found = reliability(np.tile(once, (1, 10)))
    assert (found.alpha.value, found.error.value) == pytest.approx((1, 0), abs=1e-7)
    opposed = np.hstack([np.tile(once, (1, 6)), np.tile(1 - once, (1, 5))])
    assert reliability(opposed).alpha.value < 0


def test_nothing_is_said_of_reliability_of_too_few_students_or_items():
    assert reliability(answers(29, 10)).alpha == reliability(answers(29, 10)).error == Untold(29, 30)
    assert reliability(answers(50, 9)) == Reliability(50, 9, None, None)
    assert reliability(np.zeros((0, 10))).alpha == Untold(0, 30)
    assert reliability(np.zeros((0, 0))) == Reliability(0, 0, None, None)
    assert reliability(answers(30, 10)).alpha.told


def test_only_students_with_every_mark_count_and_equal_totals_tell_nothing():
    marks = answers(31, 10)
    marks[0, 3] = math.nan
    assert reliability(marks) == reliability(marks[1:])
    assert reliability(np.ones((40, 10))).alpha.all_alike
    assert reliability(np.eye(40)).alpha.all_alike
