"""A student's own grades: marks as far as feedback allows, what was changed and why, nothing of other people."""

from datetime import timedelta

import pytest

from quizzes.models import Accommodation, Enrolment, GradeChange
from quizzes.selectors.teaching.own_grades import own_grades
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.grading import excuse, set_mark
from tests.factories import NOW, AssignmentFactory, elements
from tests.quiz_marks import frozen_quiz, take

DAY = timedelta(days=1)
CLOSES = NOW + 7 * DAY


@pytest.fixture
def deck(db):
    return elements()


def only(user, *, now=NOW):
    """The one thing of the one class."""
    return own_grades(user, now=now)[0].grades[0]


def test_a_mark_stands_with_its_attempts_and_whether_it_passed(ada, cohort, deck):
    quiz = frozen_quiz(deck, cohort, pass_mark=0.5, title="Metals")
    take(ada, quiz, True, True, True, False)
    grade = only(ada)
    assert (grade.title, grade.mark, grade.state, grade.by_hand) == ("Metals", "75 %", "passed", False)
    assert [(one.number, one.mark) for one in grade.attempts] == [(1, "75 %")]


def test_with_feedback_after_closing_nothing_is_shown_before_the_quiz_has_closed_for_everybody(ada, ben, cohort, deck):
    quiz = frozen_quiz(deck, cohort, feedback="closing", closes_at=CLOSES)
    take(ada, quiz, True, True, True, False)
    Accommodation.objects.create(cohort=cohort, user=ben, quiz=quiz, closes_at=CLOSES + DAY, given_at=NOW)
    for now in (NOW, CLOSES, CLOSES + DAY - timedelta(microseconds=1)):
        grade = only(ada, now=now)
        assert (grade.mark, grade.points, list(grade.attempts)) == ("", "", [])
        assert grade.state == "done; marks are shown after Wed 18 Mar 2026, 10:00"
    assert only(ada, now=CLOSES + DAY).mark == "75 %"


def test_a_change_by_hand_is_told_with_its_reason_but_not_before_marks_are(ada, ivy, cohort, deck):
    quiz = frozen_quiz(deck, cohort, feedback="closing", closes_at=CLOSES)
    take(ada, quiz, True, True, False, False)
    set_mark(thing=quiz, user=ada, mark=0.9, reason="Oral.", seen=0, by=ivy, now=NOW)
    assert (only(ada).mark, list(only(ada).notes), only(ada).by_hand) == ("", [], False)
    grade = only(ada, now=CLOSES)
    assert (grade.mark, grade.by_hand) == ("90 %", True)
    note = grade.notes[0]
    assert (note.before, note.after, note.reason, note.who) == ("50 %", "90 %", "Oral.", "ivy")


def test_who_is_excused_knows_it_at_once_without_seeing_the_mark(ada, ivy, cohort, deck):
    quiz = frozen_quiz(deck, cohort, feedback="closing", closes_at=CLOSES)
    take(ada, quiz, True, True, False, False)
    excuse(thing=quiz, user=ada, reason="Ill.", seen=0, by=ivy, now=NOW)
    grade = only(ada)
    assert (grade.mark, grade.state) == ("", "excused")
    assert [(note.before, note.reason) for note in grade.notes] == [("", "Ill.")]


def test_a_regrade_is_told_with_both_marks(ada, ivy, cohort, deck):
    quiz = frozen_quiz(deck, cohort)
    take(ada, quiz, True, True, False, False)
    about = {"kind": "regrade", "mark_before": 0.25, "mark": 0.5, "reason": "Wrong key.", "changed_by": ivy}
    GradeChange.objects.create(user=ada, quiz=quiz, changed_at=NOW, **about)
    note = only(ada).notes[0]
    assert (note.what, note.before, note.after) == ("Marked anew after a correction", "25 %", "50 %")


def test_a_missing_quiz_says_so_with_its_nought(ada, cohort, deck):
    Enrolment.objects.filter(user=ada).update(joined_at=NOW - 90 * DAY)
    frozen_quiz(deck, cohort, closes_at=CLOSES)
    assert (only(ada).state, only(ada).mark) == ("open", "")
    assert (only(ada, now=CLOSES).state, only(ada, now=CLOSES).mark) == ("missing", "0 %")


def test_drafts_other_classes_and_archived_ones_are_not_there(ada, ben, cohort, deck):
    AssignmentFactory(cohort=cohort, deck=deck, published_at=None)
    frozen_quiz(deck, Enrolment.objects.get(user=ben).cohort)
    assert own_grades(ada, now=NOW) == []
    frozen_quiz(deck, cohort)
    assert len(own_grades(ada, now=NOW)) == 1
    archive_class(cohort=cohort, now=NOW)
    assert own_grades(ada, now=NOW) == []


def test_another_student_of_the_class_sees_nothing_of_it(ada, ben, cohort, deck):
    quiz = frozen_quiz(deck, cohort)
    take(ben, quiz, True, True, True, True)
    set_mark(thing=quiz, user=ben, mark=0.9, reason="Secret.", seen=0, by=ben, now=NOW)
    grade = only(ada)
    assert (grade.mark, list(grade.attempts), list(grade.notes)) == ("", [], [])


@pytest.mark.parametrize("size", [1, 6])
def test_own_grades_take_as_many_queries_whatever_their_number(ada, cohort, deck, django_assert_num_queries, size):
    for _n in range(size):
        take(ada, frozen_quiz(deck, cohort), True)
        AssignmentFactory(cohort=cohort, deck=deck)
    with django_assert_num_queries(11):
        own_grades(ada, now=NOW)
