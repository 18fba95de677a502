import pytest

from quizzes.models import ReviewLog
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import ALUMINIUM, COPPER, IRON, MINUTE, begin, hurry, practise, rate


@pytest.fixture
def student(ada):
    """A scheduled answer and one in practice that stand, and one of each that was taken back."""
    begin(ada, elements())
    rate(ada, IRON, 1)
    practise(ada, COPPER, now=NOW + MINUTE)
    rate(ada, ALUMINIUM, 3, now=NOW + 2 * MINUTE)
    undo_last(user=ada, scope="", now=NOW + 3 * MINUTE)
    practise(ada, ALUMINIUM, now=NOW + 4 * MINUTE)
    undo_last(user=ada, scope="elements//1", now=NOW + 5 * MINUTE)
    return ada


def keys(rows):
    return list(rows.order_by("seq").values_list("card__key", flat=True))


def test_scheduled_answers_that_were_not_taken_back_stand(student):
    assert keys(ReviewLog.objects.filter(user=student).answers_that_stand()) == [IRON]


def test_what_was_too_quick_to_count_stands_only_where_it_is_asked_for(student):
    hurry(student, ALUMINIUM, now=NOW + 6 * MINUTE)
    rows = ReviewLog.objects.filter(user=student)
    assert keys(rows.answers_that_stand()) == [IRON]
    assert keys(rows.answers_that_stand(uncounted=True)) == [IRON, COPPER, ALUMINIUM]


def test_practice_stands_too_where_it_is_asked_for(student):
    assert keys(ReviewLog.objects.filter(user=student).answers_that_stand(uncounted=True)) == [IRON, COPPER]


def test_what_others_took_back_is_theirs(student, ben):
    begin(ben, student.deck_studies.get().deck)
    rate(ben, COPPER, 3)
    undo_last(user=ben, scope="", now=NOW)
    assert keys(ReviewLog.objects.answers_that_stand(uncounted=True).filter(user=student)) == [IRON, COPPER]
    assert keys(ReviewLog.objects.answers_that_stand().filter(user=ben)) == []
