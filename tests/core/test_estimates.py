"""Intervals, compared with SciPy's and with what they must hold whatever the numbers."""

from math import isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, f, pearsonr, ttest_1samp, ttest_ind

from quizzes.core.estimates import (
    Estimate,
    Sample,
    Untold,
    feldt,
    fisher,
    most_likely_share,
    newcombe,
    share_by_student,
    welch,
)
from quizzes.core.shares import score_interval, wilson

RNG = np.random.default_rng(7)
counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def sample(values):
    return Sample.of_sums(len(values), float(np.sum(values)), float(np.sum(np.square(values))))


@given(counts)
def test_the_upper_bound_of_a_share_is_scipys_exact_one(given):
    right, n = given
    theirs = binomtest(right, n, alternative="less").proportion_ci(0.95, method="exact").high
    assert most_likely_share(right, n) == pytest.approx(theirs, abs=1e-9)


def test_what_nobody_chose_is_surely_rare_from_59_showings_on():
    assert [most_likely_share(0, n) < 0.05 for n in (58, 59)] == [False, True]
    assert most_likely_share(0, 0) == 1


@pytest.mark.parametrize("n", [5, 50, 1000])
def test_a_correlation_has_scipys_interval(n):
    for slope in (-1.0, 0.0, 0.3, 5.0):
        one = RNG.normal(size=n)
        found = pearsonr(one, slope * one + RNG.normal(size=n))
        assert fisher(found.statistic, n) == pytest.approx(tuple(found.confidence_interval()), abs=1e-12)


def test_a_perfect_correlation_is_certain_and_three_pairs_tell_nothing():
    assert fisher(1.0, 50) == (1.0, 1.0)
    assert fisher(-1.0, 50) == (-1.0, -1.0)
    assert fisher(0.5, 3) == (-1.0, 1.0)


@given(counts)
def test_an_interval_of_a_share_takes_counts_that_are_not_whole(given):
    right, n = given
    assert score_interval(right / n, n) == pytest.approx(wilson(right, n), abs=1e-12)
    low, high = score_interval(right / n, n + 0.5)
    assert low >= wilson(right, n)[0] - 1e-12
    assert high <= wilson(right, n)[1] + 1e-12


@pytest.mark.parametrize(("one", "other", "printed"), [(9, 3, (0.1705, 0.8090)), (10, 0, (0.6075, 1.0))])
def test_the_difference_of_two_shares_is_as_newcombe_printed_it(one, other, printed):
    """Contrasts (c) and (h) of the paper's second table, method 10."""
    assert newcombe(one / 10, other / 10, 10) == pytest.approx(printed, abs=5e-5)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 500))
def test_a_difference_lies_in_its_interval(one, other, n):
    low, high = newcombe(one, other, n)
    assert -1 <= low <= one - other + 1e-12
    assert one - other - 1e-12 <= high <= 1


@pytest.mark.parametrize(("n", "m"), [(5, 5), (8, 300), (200, 40)])
def test_means_and_their_differences_have_scipys_t_intervals(n, m):
    one, other = RNG.random(n), RNG.random(m) * 0.5
    theirs = ttest_1samp(one, 0).confidence_interval()
    estimate = sample(one).estimate()
    assert (estimate.low, estimate.high) == pytest.approx((max(0, theirs.low), min(1, theirs.high)))
    theirs = ttest_ind(one, other, equal_var=False).confidence_interval()
    assert welch(sample(one), sample(other)) == pytest.approx((theirs.low, theirs.high))


def test_several_comparisons_need_wider_intervals():
    one, other = sample(RNG.random(30)), sample(RNG.random(12))
    ends = [welch(one, other, comparisons=number) for number in (1, 2, 5)]
    assert ends[0][0] > ends[1][0] > ends[2][0]


def test_means_of_equal_values_differ_by_what_they_differ():
    assert welch(sample([0.5] * 5), sample([0.25] * 7)) == (0.25, 0.25)


def test_alpha_has_feldts_interval():
    assert feldt(0.8, 40, 12) == pytest.approx((1 - 0.2 * f.ppf(0.975, 39, 429), 1 - 0.2 * f.ppf(0.025, 39, 429)))


def test_a_figure_on_another_scale_keeps_its_n():
    assert Estimate(0.25, 60, 0.125, 0.5).times(100) == Estimate(25, 60, 12.5, 50)
    assert (Estimate(0.25, 60, 0.125, 0.5).told, Untold(3, 10).told) == (True, False)


def test_too_few_and_all_alike_are_told_apart():
    assert [Untold(n, 10).all_alike for n in (0, 9, 10, 80)] == [False, False, True, True]


def by_student(*students):
    return share_by_student(
        np.array([sum(one) for one in students], float), np.array([len(one) for one in students], float)
    )


def test_one_answer_a_student_gives_wilsons_interval():
    found = by_student(*([[1]] * 30), *([[0]] * 12))
    assert found.low == pytest.approx(wilson(30, 42)[0], abs=2e-3)
    assert found.low >= wilson(30, 42)[0] - 2e-3


def test_answers_that_hang_together_widen_the_interval():
    together = by_student(*([[1] * 10] * 6), *([[0] * 10] * 4))
    apart = by_student(*([[1] * 6 + [0] * 4] * 10))
    assert together.n == apart.n == 100
    assert (apart.low, apart.high) == pytest.approx(wilson(60, 100))
    assert (together.low, together.high) == pytest.approx(wilson(6, 10))


def test_the_interval_is_that_of_so_many_independent_answers_as_vary_like_these():
    """The ratio estimator's variance by hand: students with 3 of 4, 1 of 4, 4 of 4 and 2 of 8 right."""
    share = 10 / 20
    away = [3 - 4 * share, 1 - 4 * share, 4 - 4 * share, 2 - 8 * share]
    variance = sum(one**2 for one in away) * 4 / 3 / 20**2
    found = by_student([1, 1, 1, 0], [1, 0, 0, 0], [1] * 4, [1, 1] + [0] * 6)
    assert (found.low, found.high) == pytest.approx(score_interval(share, share * (1 - share) / variance))


def test_all_right_is_no_surer_than_its_students_are_many():
    found = by_student(*([[1] * 10] * 4))
    assert (found.value, found.high, found.n) == (1.0, 1.0, 40)
    assert found.low == pytest.approx(wilson(4, 4)[0])


@given(st.lists(st.lists(st.integers(0, 1), max_size=12), max_size=15))
def test_a_share_of_any_answers_is_told_or_not_and_never_nan(students):
    found, n = by_student(*students), sum(map(len, students))
    if n < 10:
        assert found == Untold(n, 10)
    else:
        assert found.value == pytest.approx(sum(map(sum, students)) / n)
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1
        assert all(map(isfinite, (found.value, found.low, found.high)))
