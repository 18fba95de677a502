"""How a class keeps facts, against counting by hand."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.estimates import Estimate, Untold
from quizzes.core.forgetting import FIRST_DAYS, chance_right, curve_sums, forgetting_curve_of
from quizzes.core.shares import wilson

reviews = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 400), st.booleans(), st.floats(0, 1)), max_size=60)


def columns(rows):
    fact, days, right, chance = zip(*rows, strict=True) if rows else ((),) * 4
    return np.array(fact, int), np.array(days, int), np.array(right, bool), np.array(chance, float)


def sums_of(rows, facts=3):
    return curve_sums(*columns(rows), facts=facts)


def test_a_right_answer_is_recalled_or_guessed():
    recall, options = np.array([0.8, 0.8, 0.0, 1.0]), np.array([0, 4, 5, 2])
    assert chance_right(recall, options) == pytest.approx([0.8, 0.85, 0.2, 1.0])


@given(reviews)
def test_the_curve_is_what_counting_by_hand_gives(rows):
    bins = defaultdict(list)
    for fact, days, right, chance in rows:
        if days:
            bins[fact, max(at for at, first in enumerate(FIRST_DAYS) if first <= days)].append((days, right, chance))
    sums = sums_of(rows)
    for fact in range(3):
        curve = forgetting_curve_of(sums, fact, least=3)
        assert len(curve) == max((at + 1 for of, at in bins if of == fact), default=0)
        for at, point in enumerate(curve):
            found = bins[fact, at]
            assert point.first_day == FIRST_DAYS[at]
            if len(found) < 3:
                assert (point.observed, point.predicted, point.days) == (Untold(len(found), 3), None, None)
                continue
            right, n = sum(one[1] for one in found), len(found)
            assert point.observed == Estimate(right / n, n, *wilson(right, n))
            assert point.predicted == pytest.approx(sum(one[2] for one in found) / n)
            assert point.days == pytest.approx(sum(one[0] for one in found) / n)


def test_bins_follow_each_other_without_a_gap_and_the_last_has_no_end():
    curve = forgetting_curve_of(sums_of([(0, 4000, True, 0.5)]), 0)
    assert [(point.first_day, point.last_day) for point in curve[:4]] == [(1, 1), (2, 3), (4, 7), (8, 15)]
    assert (curve[-1].first_day, curve[-1].last_day, curve[-1].observed) == (256, None, Untold(1, 10))


@given(reviews, reviews)
def test_sums_kept_by_a_worker_add_up(one, other):
    together, added = sums_of(one + other), sums_of(one) + sums_of(other)
    for name in ("n", "right", "predicted", "days"):
        assert getattr(together, name) == pytest.approx(getattr(added, name))


def test_a_fact_that_nobody_met_has_no_curve():
    assert forgetting_curve_of(sums_of([]), 2) == ()
