import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from quizzes.core.statistics import LEAST_MEMORIES, pooled_share


def pooled(*students):
    """Each student's values."""
    return pooled_share(np.array([sum(s) for s in students], float), np.array([len(s) for s in students]))


def test_the_mean_is_over_all_values_whosever_they_are():
    share = pooled([0.9] * 12, [0.3] * 4)
    assert share.mean == pytest.approx(0.75)
    assert (share.n, share.students) == (16, 2)


def test_too_few_values_give_no_share():
    assert pooled([0.9] * (LEAST_MEMORIES - 1)) is None
    assert pooled([0.9] * LEAST_MEMORIES).mean == pytest.approx(0.9)
    assert pooled() is None


def test_students_without_values_do_not_count():
    assert pooled([0.9] * 10, [], []).students == 1


def test_two_students_give_no_interval_and_three_do():
    assert pooled([0.9] * 10, [0.8] * 10).low is None
    share = pooled([0.9] * 10, [0.8] * 10, [0.7] * 10)
    assert share.low < 0.8 < share.high


def test_with_as_many_values_each_the_interval_is_that_of_the_students_means():
    means = [0.62, 0.7, 0.55, 0.81, 0.66]
    share = pooled(*([mean] * 20 for mean in means))
    expected = ttest_1samp(means, 0).confidence_interval()
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high))


def test_more_values_of_the_same_students_do_not_narrow_the_interval():
    few, many = (pooled(*([mean] * n for mean in (0.5, 0.6, 0.7))) for n in (5, 500))
    assert few.high - few.low == pytest.approx(many.high - many.low)


@given(st.lists(st.lists(st.floats(0, 1), max_size=20), min_size=1, max_size=12))
def test_a_share_lies_in_its_interval_and_both_between_0_and_1(students):
    share = pooled(*students)
    if share is not None and share.low is not None:
        assert 0 <= share.low <= share.mean + 1e-9
        assert share.mean - 1e-9 <= share.high <= 1
