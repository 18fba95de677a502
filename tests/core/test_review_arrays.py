"""Logs as arrays: counted as by hand, and cut by time."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core import review_arrays
from quizzes.core.review_arrays import Review, arrays_in_order, arrays_of, folds

REVIEWS = st.lists(
    st.builds(Review, st.integers(0, 4), st.integers(0, 9), st.floats(0, 1), st.integers(1, 4), st.just(0)), max_size=60
)


def by_hand(reviews):
    """Step, elapsed, earlier and lapses of each review in order of time, one after the other."""
    found, last = [], {}
    for one in sorted(reviews, key=lambda review: (review.day, review.moment)):
        step, day, earlier, lapses = last.get(one.card, (0, one.day, 0, 0))
        elapsed = one.day - day
        found.append((step, elapsed, earlier, lapses))
        crosses = elapsed > 0
        last[one.card] = step + 1, one.day, earlier + (crosses or step == 0), lapses + (crosses and one.rating == 1)
    return found


@given(REVIEWS)
def test_counts_are_those_of_one_review_after_the_other(reviews):
    arrays = arrays_of(reviews)
    rows = zip(arrays.step, arrays.elapsed, arrays.earlier, arrays.lapses, strict=True)
    assert [tuple(map(int, row)) for row in rows] == by_hand(reviews)


@given(REVIEWS)
def test_each_step_goes_over_the_first_cards_of_the_step_before(reviews):
    arrays, before = arrays_of(reviews), None
    for number, at in enumerate(arrays.by_step()):
        assert set(arrays.step[at].tolist()) == {number}
        cards = arrays.card[at].tolist()
        assert before is None or before[: len(cards)] == cards
        before = cards


def test_a_fold_is_tested_on_what_comes_after_all_that_it_learned_from():
    arrays = arrays_of([Review(0, day, 0, 3) for day in range(39)])
    cut = folds(arrays)
    assert [len(fold.tested) for fold in cut] == [6] * 5
    assert [len(fold.learned) for fold in cut] == [8, 14, 20, 26, 32]
    assert all(fold.learned.max() < fold.tested.min() for fold in cut)
    assert cut[-1].tested.max() == len(arrays) - 1


def test_too_few_reviews_make_no_folds():
    assert folds(arrays_of([Review(0, day, 0, 3) for day in range(6)])) == []
    assert folds(arrays_of([])) == []


def test_a_day_before_the_last_counts_as_the_same():
    days, ones = np.array([5, 4, 9]), np.ones(3, dtype=np.int64)
    arrays = arrays_in_order(ones, days, 3 * ones, 0 * ones, np.full(3, 0.3), np.zeros(3), np.zeros(3))
    assert arrays.elapsed.tolist() == [0, 0, 5]


@given(REVIEWS)
def test_the_parts_have_each_review_once_and_never_part_of_a_card(reviews):
    arrays = arrays_of(reviews)
    with patch.object(review_arrays, "PART", 10):
        parts = list(arrays.parts())
    assert sorted(np.concatenate([*parts, []]).tolist()) == list(range(len(arrays)))
    cards = [set(arrays.card[part].tolist()) for part in parts]
    assert sum(map(len, cards)) == len(set().union(*cards))
    assert all(np.diff(part).min(initial=1) > 0 for part in parts)


def test_a_large_part_is_no_larger_than_it_must_be():
    arrays = arrays_of([Review(card, day, 0, 3) for card in range(100) for day in range(5)])
    with patch.object(review_arrays, "PART", 50):
        assert {len(part) for part in arrays.parts()} == {50}


def test_a_sample_is_of_whole_cards_from_all_over():
    arrays = arrays_of([Review(card, day, 0, 3) for card in range(1000) for day in range(5)])
    sample = arrays.thinned(500)
    assert 450 <= len(sample) <= 550
    assert np.bincount(sample.card).tolist() == [5] * (len(sample) // 5)
    assert arrays.thinned(5000) is arrays


def test_reviews_taken_are_numbered_anew_and_keep_what_was_counted():
    arrays = arrays_of([Review(card, day, card, 3) for card in range(4) for day in (0, 3, 7)])
    taken = arrays.taken(arrays.card >= 2)
    assert (taken.card.tolist(), taken.elapsed.tolist()) == ([0, 1, 0, 1, 0, 1], [0, 0, 3, 3, 4, 4])
