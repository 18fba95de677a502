"""Marks and scores of responses, attempts and students."""

import pytest

from quizzes.core.quiz_marks import Counting, Marking, Ruling, Total, counted, mark_response, total


def test_the_key_is_right_and_anything_else_is_wrong():
    assert mark_response(2, 2) == Marking(True, 1.0, 1.0)
    assert mark_response(1, 2) == Marking(False, 0.0, 0.0)
    assert mark_response(None, 0) == Marking(False, 0.0, 0.0)


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6), (None, 1, 0)])
def test_certainty_pays_what_it_says_and_leaves_the_mark_alone(certainty, right, wrong):
    assert mark_response(0, 0, certainty=certainty, certain=True) == Marking(True, 1.0, right)
    assert mark_response(1, 0, certainty=certainty, certain=True) == Marking(False, 0.0, wrong)


def test_no_answer_costs_no_points_however_certain():
    assert mark_response(None, 0, certainty=3, certain=True) == Marking(False, 0.0, 0.0)


def test_honest_certainty_pays_best():
    """The borders are at two thirds and four fifths, as the literature gives them."""

    def expected(certainty: int, sure: float) -> float:
        right = mark_response(0, 0, certainty=certainty, certain=True).score
        wrong = mark_response(1, 0, certainty=certainty, certain=True).score
        return sure * right + (1 - sure) * wrong

    best = {sure: max((1, 2, 3), key=lambda level: expected(level, sure)) for sure in (0.5, 0.6, 0.7, 0.78, 0.82, 0.95)}
    assert best == {0.5: 1, 0.6: 1, 0.7: 2, 0.78: 2, 0.82: 3, 0.95: 3}


def test_a_ruling_makes_other_options_right_or_leaves_the_item_out():
    assert mark_response(1, 2, ruling=Ruling(frozenset({1, 2}))).mark == 1.0
    assert mark_response(2, 2, ruling=Ruling(frozenset({1}))).mark == 0.0
    assert mark_response(2, 2, ruling=Ruling(dropped=True)) == Marking(None, None, None)


def test_an_attempt_is_the_mean_of_what_counts():
    right, wrong, out = Marking(True, 1.0, 3.0), Marking(False, 0.0, -6.0), Marking(None, None, None)
    assert total([right, wrong, out], certain=True) == Total(0.5, -3.0, 6.0)
    assert total([mark_response(0, 0), mark_response(1, 0)]) == Total(0.5, 1.0, 2.0)
    assert total([out]) == Total(None, None, None)


@pytest.mark.parametrize(
    ("counting", "mark"), [(Counting.BEST, 0.9), (Counting.LAST, 0.6), (Counting.FIRST, 0.3), (Counting.MEAN, 0.6)]
)
def test_attempts_count_as_the_quiz_says(counting, mark):
    assert counted([0.3, None, 0.9, 0.6], counting) == pytest.approx(mark)
    assert counted([None], counting) is None
