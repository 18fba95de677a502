"""The table of options, against counting by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_1samp

from quizzes.core.distractor_table import LEAST_SHOWINGS, OptionCounts, OptionSums, Role, distractor_table, option_sums
from quizzes.core.estimates import Estimate, Untold
from quizzes.core.shares import wilson

RNG = np.random.default_rng(23)


def table_of(showings, *, key=0, options=4):
    """Of showings (options shown, the chosen one or None, rest score)."""
    rows = [(option, option == chosen, rest) for shown, chosen, rest in showings for option in shown]
    option, chosen, rest = zip(*rows, strict=True) if rows else ((), (), ())
    sums = option_sums(np.array(option, int), np.array(chosen, bool), np.array(rest, float), options=options)
    return distractor_table([sums.at(at) for at in range(options)], key)


def showings(**choices):
    """So many showings of options 0 to 3 for each `chosen_3=(times, rest scores)`."""
    return [
        ((0, 1, 2, 3), int(name[-1]), rest) for name, (times, rests) in choices.items() for rest in spread(times, rests)
    ]


def spread(times, rest):
    """Rest scores around a mean."""
    return [rest + (0.05 if at % 2 else -0.05) for at in range(times)]


def test_counts_shares_and_strength_are_those_counted_by_hand_although_options_are_drawn_afresh():
    found = []
    for _ in range(400):
        shown = (0, *(1 + RNG.permutation(5)[:3]).tolist())
        chosen = None if RNG.random() < 0.05 else shown[int(RNG.integers(0, 4))]
        found.append((shown, chosen, math.nan if RNG.random() < 0.2 else float(RNG.random())))
    for at, row in enumerate(table_of(found, options=6)):
        seen = [(chosen == at, rest) for shown, chosen, rest in found if at in shown]
        choosers = [rest for chose, rest in seen if chose and not math.isnan(rest)]
        others = [rest for chose, rest in seen if not chose and not math.isnan(rest)]
        times = sum(chose for chose, _ in seen)
        assert (row.option, row.shown, row.chosen) == (at, len(seen), times)
        assert row.share == Estimate(times / len(seen), len(seen), *wilson(times, len(seen)))
        interval = ttest_1samp(choosers, 0).confidence_interval()
        assert (row.rest.value, row.rest.low, row.rest.high) == pytest.approx((np.mean(choosers), *interval))
        assert row.rest.n == len(choosers)
        assert row.rest_of_others == pytest.approx(np.mean(others))


def roles(**choices):
    return [row.role for row in table_of(showings(**choices))]


def test_a_distractor_works_if_weaker_students_choose_it():
    found = roles(chosen_0=(60, 0.8), chosen_1=(20, 0.5), chosen_2=(8, 0.9), chosen_3=(12, 0.45))
    assert found == [Role.KEY, Role.FUNCTIONAL, Role.STRONGER, Role.FUNCTIONAL]


def test_a_distractor_chosen_by_as_strong_students_does_not_work_but_accuses_nobody():
    found = roles(chosen_0=(60, 0.8), chosen_1=(20, 0.5), chosen_2=(10, 0.8), chosen_3=(10, 0.5))
    assert found[2] is Role.NOT_WEAKER


def test_the_more_distractors_there_are_the_surer_one_must_be_to_accuse_the_key():
    """Ten choosers stronger by so little that it is sure of one distractor looked at, but not of three."""
    found = showings(chosen_0=(60, 0.8), chosen_1=(10, 0.841))
    two = [((0, 1), chosen, rest) for _, chosen, rest in found]
    assert [table_of(two, options=2)[1].role, table_of(found)[1].role] == [Role.STRONGER, Role.NOT_WEAKER]


def test_dead_is_what_is_surely_chosen_by_fewer_than_one_in_twenty():
    assert roles(chosen_0=(59, 0.8))[1] is Role.UNTOLD, "one showing too few"
    assert roles(chosen_0=(60, 0.8))[1:] == [Role.DEAD] * 3
    for times, of in ((1, 92), (1, 93), (3, 153), (3, 154)):
        found = roles(chosen_0=(of - times, 0.8), chosen_1=(times, 0.5))[1]
        bound = binomtest(times, of, alternative="less").proportion_ci(0.95, "exact").high
        assert (found is Role.DEAD) == (bound < 0.05)
        assert found in (Role.DEAD, Role.RARE)


def test_few_choosers_or_none_with_a_rest_score_leave_it_untold():
    few = table_of(showings(chosen_0=(60, 0.8), chosen_1=(4, 0.5)))
    assert (few[1].role, few[1].rest) == (Role.UNTOLD, Untold(4, 5))
    assert few[1].share.told
    unknown = table_of(showings(chosen_0=(60, math.nan), chosen_1=(20, math.nan)))
    assert (unknown[1].role, unknown[1].rest, unknown[1].rest_of_others) == (Role.UNTOLD, Untold(0, 5), None)


def test_below_sixty_showings_counts_are_kept_but_no_figure():
    row = table_of(showings(chosen_0=(30, 0.8), chosen_1=(29, 0.5)))[1]
    assert (row.share, row.chosen, row.role) == (Untold(59, LEAST_SHOWINGS), 29, Role.UNTOLD)
    assert row.rest == Untold(59, LEAST_SHOWINGS), "although 29 choosers have a rest score"


def test_strength_that_all_share_is_no_difference():
    found = table_of([((0, 1), 0, 0.5)] * 60 + [((0, 1), 1, 0.5)] * 20, options=2)
    assert found[1].role is Role.NOT_WEAKER
    assert found[1].rest == Estimate(0.5, 20, 0.5, 0.5)


def test_options_of_many_items_are_counted_in_one_go():
    one, other = showings(chosen_0=(40, 0.8), chosen_2=(30, 0.4)), showings(chosen_1=(70, 0.7))
    both = one + [((4, 5, 6, 7), chosen + 4, rest) for _, chosen, rest in other]
    found = table_of(both, options=8)
    assert [replace(row, role=Role.KEY) for row in found[:4]] == [replace(row, role=Role.KEY) for row in table_of(one)]


def test_an_item_that_nobody_met_has_a_table_without_figures():
    assert [row.share for row in table_of([])] == [Untold(0, 60)] * 4
    assert OptionCounts() == option_sums(*(np.zeros(0, kind) for kind in (int, bool, float)), options=1).at(0)
    assert OptionSums.__slots__ == OptionCounts.__slots__


@given(
    st.lists(
        st.tuples(st.just((0, 1, 2)), st.sampled_from([None, 0, 1, 2]), st.sampled_from([0.0, 0.5, 1.0, math.nan])),
        max_size=30,
    ),
    st.sampled_from([1, 20]),
)
def test_whatever_was_chosen_no_figure_is_nan(found, copies):
    for row in table_of(found * copies, options=3):
        for figure in (row.share, row.rest):
            if isinstance(figure, Estimate):
                assert 0 <= figure.low <= figure.value + 1e-9
                assert figure.value - 1e-9 <= figure.high <= 1
        assert row.rest_of_others is None or 0 <= row.rest_of_others <= 1
