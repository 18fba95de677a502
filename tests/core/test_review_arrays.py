"""Logs as arrays: counted as by hand, and cut by time."""

from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.review_arrays import Review, arrays_of, folds

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
