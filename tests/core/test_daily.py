import pytest

from quizzes.core.daily import NOTHING_DONE, is_study, with_answer
from quizzes.core.specs import Evidence


def added(before=NOTHING_DONE, *, counts_as="", predicted_recall=None, correct=True, sign=1):
    return with_answer(before, counts_as=counts_as, predicted_recall=predicted_recall, correct=correct, sign=sign)


@pytest.mark.parametrize("evidence", Evidence)
def test_an_answer_that_is_evidence_of_nothing_is_no_study(evidence):
    assert is_study(evidence.value) is (evidence is not Evidence.NONE)


def test_a_new_card_counts_as_one_and_as_an_answer():
    assert added(counts_as="new") == [1, 0, 0, 1, 0, 0]


def test_the_first_answer_of_a_day_to_a_card_met_before_counts_as_asked_again():
    assert added(counts_as="review", predicted_recall=0.9) == [0, 1, 0, 1, 1, 1]
    assert added(counts_as="review", predicted_recall=0.9, correct=False) == [0, 1, 0, 1, 1, 0]


def test_later_answers_of_a_day_and_answers_without_a_mark_do_not():
    assert added(predicted_recall=1.0) == [0, 0, 0, 1, 0, 0]
    assert added(predicted_recall=0.9, correct=None) == [0, 0, 0, 1, 0, 0]


def test_what_is_taken_back_leaves_the_day_as_it_was_with_the_extra_cards_asked_for():
    before = [3, 2, 10, 9, 4, 1]
    answer = {"counts_as": "review", "predicted_recall": 0.8, "correct": True}
    assert added(added(before, **answer), **answer, sign=-1) == before


def test_counts_that_a_day_of_an_earlier_release_does_not_keep_stay_away():
    assert added([1, 2, 10], counts_as="new", predicted_recall=0.5) == [2, 2, 10]
