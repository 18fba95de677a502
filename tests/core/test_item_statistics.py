"""Figures of items, against SciPy and against plain loops that follow the definitions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr

from quizzes.core.estimates import Estimate, Untold, newcombe
from quizzes.core.exposures import IN_A_FORM, IN_SPACED_STUDY, Exposures, rest_scores
from quizzes.core.item_statistics import item_statistics
from quizzes.core.shares import wilson
from tests.forms_of_quizzes import of_form

RNG = np.random.default_rng(11)
ORDER = np.random.default_rng(12)


def form(students, items, *, partial=False, missing=0.0, rng=RNG):
    """Marks of students of unlike strength in items of unlike ease."""
    strength, ease = rng.normal(size=(students, 1)), rng.normal(size=items)
    chance = 1 / (1 + np.exp(-strength - ease))
    marks = (rng.random((students, items)) < chance).astype(float)
    if partial:
        marks = np.round((marks + rng.integers(0, 3, (students, items)) / 2) / 2, 2)
    marks[rng.random((students, items)) < missing] = np.nan
    return marks


def shuffled(met):
    order = ORDER.permutation(len(met))
    return Exposures(met.student[order], met.item[order], met.mark[order])


def by_hand(marks, at, least):
    """Marks and rest scores of those who have both, by plain loops."""
    pairs = []
    for row in marks.tolist():
        others = [mark for item, mark in enumerate(row) if item != at and not math.isnan(mark)]
        if not math.isnan(row[at]) and len(others) >= least:
            pairs.append((row[at], round(sum(others) / len(others), 9)))
    return [mark for mark, _ in pairs], [rest for _, rest in pairs]


def covariance(one, other):
    means = sum(one) / len(one), sum(other) / len(other)
    return sum((a - means[0]) * (b - means[1]) for a, b in zip(one, other, strict=True)) / len(one)


def tail_mean(marks, rest, sign):
    """The mean mark of the 27 % with the highest (1) or lowest (-1) rest score: whole students first, then of those
    who tie at the border each the same part."""
    left, total = 0.27 * len(marks), 0.0
    for score in sorted(set(rest), key=lambda value: -sign * value):
        tied = [mark for mark, other in zip(marks, rest, strict=True) if other == score]
        taken = min(left, len(tied))
        total += taken * sum(tied) / len(tied)
        left -= taken
    return total / (0.27 * len(marks))


@pytest.mark.parametrize(
    ("marks", "least"),
    [
        (form(60, 12), IN_A_FORM),
        (form(300, 40), IN_A_FORM),
        (form(80, 15, partial=True), IN_A_FORM),
        (form(200, 30, missing=0.4), IN_SPACED_STUDY),
        (form(120, 25, missing=0.2, partial=True), IN_SPACED_STUDY),
    ],
)
def test_every_figure_is_what_plain_loops_and_scipy_make_of_it(marks, least):
    items = marks.shape[1]
    for at, found in enumerate(item_statistics(shuffled(of_form(marks)), items=items, least_others=least)):
        mark, rest = by_hand(marks, at, least)
        theirs = pearsonr(mark, rest)
        expected = (theirs.statistic, *theirs.confidence_interval())
        r = found.discrimination
        assert (r.value, r.low, r.high) == pytest.approx(expected, abs=1e-9)
        assert r.n == len(mark)
        efficiency = 100 * covariance(mark, rest) / covariance(sorted(mark), sorted(rest))
        assert found.efficiency.value == pytest.approx(efficiency, abs=1e-9)
        assert found.efficiency.high <= 100
        upper, lower = tail_mean(mark, rest, 1), tail_mean(mark, rest, -1)
        difference = (upper - lower, *newcombe(upper, lower, 0.27 * len(mark)))
        upper_lower = found.upper_lower
        assert (upper_lower.value, upper_lower.low, upper_lower.high) == pytest.approx(difference, abs=1e-9)


def test_in_a_form_the_score_of_the_others_is_their_total():
    """The same correlation with the total of the other items, as the definition has it."""
    marks = form(90, 20)
    for at, found in enumerate(item_statistics(of_form(marks), items=20, least_others=IN_A_FORM)):
        total = np.delete(marks, at, axis=1).sum(axis=1)
        assert found.discrimination.value == pytest.approx(np.corrcoef(marks[:, at], total)[0, 1])
        assert found.index.value == pytest.approx(100 * np.corrcoef(marks[:, at], total)[0, 1])


def test_the_facility_of_plain_marks_has_wilsons_interval():
    marks = form(70, 10)
    for at, found in enumerate(item_statistics(of_form(marks), items=10, least_others=IN_A_FORM)):
        right = int(marks[:, at].sum())
        assert found.facility == Estimate(right / 70, 70, *wilson(right, 70))


def test_the_facility_of_partial_marks_is_resampled_and_the_same_each_time():
    marks = np.column_stack([form(40, 3, partial=True), form(40, 2)])
    once, again = (item_statistics(of_form(marks), items=5, least_others=IN_A_FORM) for _ in range(2))
    assert once == again
    for at, found in enumerate(once[:3]):
        error = marks[:, at].std(ddof=1) / 40**0.5
        assert found.facility.high - found.facility.low == pytest.approx(3.92 * error, rel=0.1)
        assert found.facility.low < marks[:, at].mean() < found.facility.high


def test_partial_marks_that_are_all_alike_are_not_taken_for_certain():
    found = item_statistics(of_form(np.full((12, 3), 0.5)), items=3, least_others=IN_A_FORM)[0].facility
    assert found.value == 0.5
    assert found.low < 0.3 < 0.7 < found.high


def test_nothing_is_told_of_too_few():
    for n, told in ((9, False), (10, True)):
        assert item_statistics(of_form(form(n, 4)), items=4, least_others=1)[0].facility.told is told
    for n, told in ((49, False), (50, True)):
        found = item_statistics(of_form(form(n, 8)), items=8, least_others=1)[0]
        assert [one.told for one in (found.discrimination, found.index, found.efficiency, found.upper_lower)] == (
            [told] * 4
        )
        if not told:
            assert found.discrimination == Untold(49, 50)


def test_in_spaced_study_ten_other_cards_are_needed_for_a_rest_score():
    marks = np.ones((2, 12))
    marks[0, 11] = np.nan
    marks[1, 10:] = np.nan
    rest = rest_scores(of_form(marks), IN_SPACED_STUDY)
    assert np.isnan(rest).tolist() == [False] * 11 + [True] * 10


def test_where_nobody_differs_correlations_are_undefined_and_differences_nothing():
    marks = form(60, 12)
    marks[:, 0] = 1.0
    found = item_statistics(of_form(marks), items=12, least_others=1)[0]
    assert (found.discrimination, found.index, found.efficiency) == (Untold(60, 50),) * 3
    assert found.discrimination.all_alike
    assert found.upper_lower.value == 0
    alike = np.tile([1.0, 0.0, 1.0], (60, 1))
    alike[:30, 0] = 0.0
    found = item_statistics(of_form(alike), items=3, least_others=1)[0]
    assert (found.discrimination, found.upper_lower.value) == (Untold(60, 50), 0.0)


def test_students_who_tie_at_the_border_are_in_the_groups_in_part():
    """A hundred students, 20 with all others right, 60 with half, 20 with none: 7 of each tail are from the middle."""
    others = np.repeat([[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]], [20, 60, 20], axis=0)
    mark = np.repeat([1.0, 0.0, 1.0, 0.0], [20, 30, 30, 20])
    found = item_statistics(of_form(np.column_stack([mark, others])), items=3, least_others=1)[0]
    assert found.upper_lower.value == pytest.approx((20 + 3.5) / 27 - 3.5 / 27)


def test_the_order_of_rows_changes_nothing():
    met = of_form(form(60, 10, missing=0.1))
    plain, mixed = (item_statistics(one, items=10, least_others=1) for one in (met, shuffled(met)))
    assert [one.upper_lower.value for one in plain] == pytest.approx([one.upper_lower.value for one in mixed])


def test_a_perfect_item_has_full_efficiency_though_its_correlation_is_less():
    strength = np.arange(60) // 6
    others = (strength[:, None] > np.arange(10)).astype(float)
    marks = np.column_stack([(strength >= 5).astype(float), others])
    found = item_statistics(of_form(marks), items=11, least_others=1)[0]
    assert (found.efficiency.value, found.efficiency.high) == (pytest.approx(100), 100)
    assert found.index.value < 90
    assert found.upper_lower.value == 1.0


marks_of = st.sampled_from([0.0, 1.0, 0.5, math.nan])
forms = st.tuples(st.integers(0, 12), st.integers(1, 5)).flatmap(
    lambda size: st.lists(st.lists(marks_of, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


@given(forms, st.sampled_from([1, 6]))
@settings(deadline=None)
def test_whatever_the_marks_no_figure_is_nan(rows, copies):
    """Also six times over, so that there are enough students for every figure."""
    items = len(rows[0]) if rows else 3
    marks = np.array(rows * copies, float).reshape(-1, items)
    found = item_statistics(of_form(marks), items=items, least_others=IN_A_FORM)
    assert len(found) == items
    for one in found:
        for figure in (one.facility, one.discrimination, one.index, one.efficiency, one.upper_lower):
            if isinstance(figure, Estimate):
                assert figure.low <= figure.value + 1e-9
                assert figure.value <= figure.high + 1e-9
                assert all(map(math.isfinite, (figure.low, figure.value, figure.high)))


def test_nobody_and_items_that_nobody_met_have_no_figures():
    assert item_statistics(of_form(np.zeros((0, 3))), items=3, least_others=1)[2].facility == Untold(0, 10)
    met = of_form(form(60, 4))
    found = item_statistics(met, items=6, least_others=1)
    assert (found[5].facility, found[5].discrimination) == (Untold(0, 10), Untold(0, 50))
    assert found[:4] == item_statistics(met, items=4, least_others=1)
    assert item_statistics(of_form(np.zeros((0, 0))), items=0, least_others=1) == []
