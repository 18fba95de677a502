import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.confusions import Confusion, confused_pairs
from quizzes.core.shares import wilson


def test_both_ways_make_one_pair_that_begins_with_the_commoner_way():
    there, back = Confusion(7, 3, 40, 12, 9), Confusion(3, 7, 60, 6, 5)
    (pair,) = confused_pairs([back, there])
    assert (pair.first, pair.second, pair.there, pair.back) == (7, 3, there, back)
    assert (pair.share.value, pair.share.n) == (0.18, 100)
    assert (pair.share.low, pair.share.high) == wilson(18, 100)
    assert (pair.times, pair.students) == (18, 9)


def test_one_way_alone_is_a_pair_too():
    (pair,) = confused_pairs([Confusion(7, 3, 40, 12, 9)])
    assert pair.back is None
    assert (pair.first, pair.second) == (7, 3)


@pytest.mark.parametrize(("shown", "told"), [((5, 4), 0), ((5, 5), 1), ((9, 0), 0)])
def test_pairs_shown_together_too_seldom_are_left_out(shown, told):
    there, back = shown
    assert len(confused_pairs([Confusion(1, 2, there, 3, 3), Confusion(2, 1, back, 0, 0)])) == told


def test_what_is_surely_confused_stands_before_what_may_be_luck():
    rows = [Confusion(1, 2, 10, 4, 4), Confusion(3, 4, 400, 140, 90), Confusion(5, 6, 200, 0, 0)]
    found = confused_pairs(rows)
    assert [(pair.first, pair.share.value) for pair in found] == [(3, 0.35), (1, 0.4)]


def test_a_key_chosen_where_it_was_asked_is_no_confusion():
    assert confused_pairs([Confusion(1, 1, 40, 30, 30)]) == []
    assert confused_pairs([]) == []


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 5), st.integers(1, 5)), st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=20
    )
)
def test_each_pair_stands_once_with_all_its_answers(counts):
    rows = [Confusion(*way, max(both), min(both), min(both)) for way, both in counts.items()]
    found = confused_pairs(rows)
    assert len({frozenset((pair.first, pair.second)) for pair in found}) == len(found)
    for pair in found:
        ways = [row for row in rows if {row.asked, row.chosen} == {pair.first, pair.second}]
        assert pair.times == sum(row.times for row in ways) > 0
        assert pair.share.n == sum(row.shown for row in ways) >= 10
        assert pair.share.low <= pair.share.value <= pair.share.high
    assert [pair.share.low for pair in found] == sorted((pair.share.low for pair in found), reverse=True)
