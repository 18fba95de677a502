import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from quizzes.core.shares import Share, wilson


@given(st.integers(1, 500), st.data())
def test_the_interval_is_the_one_that_scipy_gives(n, data):
    right = data.draw(st.integers(0, n))
    theirs = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(right, wrong):
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= Share(right, right + wrong).value <= high <= 1 or not right + wrong


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share(0, 0).value == 0
    assert not Share(0, 0).tells


def test_ten_are_enough_to_say_something():
    assert [Share(5, n).tells for n in (9, 10)] == [False, True]


def test_shares_add_up_by_their_counts():
    assert Share(1, 2) + Share(3, 3) == Share(4, 5)


@pytest.mark.parametrize(("right", "n"), [(3, 2), (-1, 2), (1, -1)])
def test_more_right_than_there_are_is_no_share(right, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(right, n)
