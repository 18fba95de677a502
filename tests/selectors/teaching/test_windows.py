"""Dates, extra time and attempts of single students, and grades set by hand."""

from datetime import timedelta

import pytest

from quizzes.core.windows import Window
from quizzes.models import Accommodation, GradeChange
from quizzes.selectors.teaching.standing_grades import read_standing
from quizzes.selectors.teaching.windows import Rules, read_rules, rules_of
from tests.factories import NOW, AssignmentFactory, QuizFactory

DAY = timedelta(days=1)
CLOSES = NOW + 7 * DAY


@pytest.fixture
def quiz(cohort):
    return QuizFactory(cohort=cohort, opens_at=NOW, closes_at=CLOSES)


def grant(cohort, user, **fields):
    return Accommodation.objects.create(cohort=cohort, user=user, given_at=NOW, **fields)


def test_a_student_without_anything_granted_has_the_rules_of_all(quiz, ada):
    assert rules_of(quiz, ada.pk) == Rules(Window(NOW, CLOSES), 0, 1)


def test_extra_time_in_the_class_holds_in_each_quiz_unless_the_quiz_says_otherwise(quiz, cohort, ada, ben):
    grant(cohort, ada, extra_time_percent=25)
    grant(cohort, ben, extra_time_percent=25)
    grant(cohort, ben, quiz=quiz, extra_time_percent=0, closes_at=CLOSES + DAY, attempts_allowed=3)
    book = read_rules([quiz])
    assert book.of(quiz, ada.pk) == Rules(Window(NOW, CLOSES), 25, 1)
    assert book.of(quiz, ben.pk) == Rules(Window(NOW, CLOSES + DAY), 0, 3)


def test_dates_granted_in_one_thing_hold_in_no_other(quiz, cohort, ada):
    assignment = AssignmentFactory(cohort=cohort, pk=quiz.pk, opens_at=NOW, closes_at=CLOSES)
    grant(cohort, ada, assignment=assignment, opens_at=NOW - DAY)
    book = read_rules([quiz, assignment])
    assert book.of(assignment, ada.pk).window == Window(NOW - DAY, CLOSES)
    assert book.of(quiz, ada.pk).window == Window(NOW, CLOSES)


def test_a_quiz_has_closed_for_everybody_with_the_last_of_its_students(quiz, cohort, ada, ben):
    assert read_rules([quiz]).closes_last_at(quiz) == CLOSES
    grant(cohort, ada, quiz=quiz, closes_at=CLOSES - DAY)
    assert read_rules([quiz]).closes_last_at(quiz) == CLOSES
    grant(cohort, ben, quiz=quiz, closes_at=CLOSES + DAY)
    assert read_rules([quiz]).closes_last_at(quiz) == CLOSES + DAY


def test_rules_of_many_take_one_query(quiz, cohort, ada, django_assert_num_queries):
    grant(cohort, ada, quiz=quiz, attempts_allowed=2)
    with django_assert_num_queries(1):
        assert read_rules([quiz], [ada.pk]).of(quiz, ada.pk).attempts_allowed == 2


def change(quiz, user, kind, mark=None):
    GradeChange.objects.create(quiz=quiz, user=user, kind=kind, mark=mark, reason="asked", changed_at=NOW)


def test_the_latest_word_by_hand_holds_and_a_regrade_is_none(quiz, ada, ben):
    change(quiz, ada, "override", 0.5)
    change(quiz, ada, "excuse")
    change(quiz, ada, "regrade", 0.9)
    change(quiz, ben, "override", 0.5)
    standing = read_standing([quiz])
    assert standing.is_excused(quiz, ada.pk)
    assert standing.change(quiz, ben.pk).mark == 0.5
    change(quiz, ada, "clear")
    assert read_standing([quiz]).change(quiz, ada.pk) is None
