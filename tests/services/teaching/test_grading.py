"""Grades set by hand: a mark, an excuse, back to what was earned; kept with who, when and why."""

from datetime import timedelta

import pytest

from quizzes.models import AssignmentResult, GradeChange
from quizzes.models.append_only import AppendOnlyError
from quizzes.selectors.teaching.grades import read_grades
from quizzes.services.teaching.grading import GradeChangedError, excuse, restore_earned, set_mark
from tests.factories import NOW, AssignmentFactory, elements
from tests.quiz_marks import frozen_quiz, take

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def quiz(cohort, ada):
    quiz = frozen_quiz(elements(), cohort)
    take(ada, quiz, True, True, False, False)
    return quiz


def grade(thing, user):
    return read_grades([thing], [user.pk], now=LATER).of(thing, user.pk)


def test_a_mark_by_hand_counts_with_what_was_before_who_and_why(quiz, ada, ivy):
    set_mark(thing=quiz, user=ada, mark=0.9, reason=" Oral answer. ", seen=0, by=ivy, now=LATER)
    kept = GradeChange.objects.get()
    assert (kept.kind, kept.mark_before, kept.mark, kept.reason) == ("override", 0.5, 0.9, "Oral answer.")
    assert (kept.changed_by, kept.changed_at, kept.quiz, kept.user) == (ivy, LATER, quiz, ada)
    assert (grade(quiz, ada).mark, grade(quiz, ada).earned, grade(quiz, ada).by_hand) == (0.9, 0.5, True)


def test_an_excused_student_has_no_mark(quiz, ada, ivy):
    excuse(thing=quiz, user=ada, reason="Ill.", seen=0, by=ivy, now=LATER)
    assert (grade(quiz, ada).where, grade(quiz, ada).mark) == ("excused", None)


def test_back_to_what_was_earned_after_a_mark_by_hand(quiz, ada, ivy):
    first = set_mark(thing=quiz, user=ada, mark=0.9, reason="Oral.", seen=0, by=ivy, now=LATER)
    last = restore_earned(thing=quiz, user=ada, reason="A mistake.", seen=first.pk, by=ivy, now=LATER)
    assert (last.mark_before, last.mark) == (0.9, 0.5)
    assert (grade(quiz, ada).mark, grade(quiz, ada).by_hand) == (0.5, False)


def test_the_same_word_twice_is_one_change(quiz, ada, ivy):
    for _click in range(2):
        set_mark(thing=quiz, user=ada, mark=0.9, reason="Oral.", seen=0, by=ivy, now=LATER)
    assert GradeChange.objects.count() == 1


def test_a_page_that_has_not_seen_the_last_change_is_refused(quiz, ada, ivy, eve):
    set_mark(thing=quiz, user=ada, mark=0.9, reason="Oral.", seen=0, by=eve, now=LATER)
    with pytest.raises(GradeChangedError):
        excuse(thing=quiz, user=ada, reason="Ill.", seen=0, by=ivy, now=LATER)
    assert GradeChange.objects.get().kind == "override"


@pytest.mark.parametrize("mark", [-0.01, 1.01])
def test_a_mark_out_of_bounds_is_refused(quiz, ada, ivy, mark):
    with pytest.raises(ValueError, match="no mark from 0 to 1"):
        set_mark(thing=quiz, user=ada, mark=mark, reason="x", seen=0, by=ivy, now=LATER)


def test_nothing_is_changed_without_a_reason(quiz, ada, ivy):
    with pytest.raises(ValueError, match="reason"):
        excuse(thing=quiz, user=ada, reason="  ", seen=0, by=ivy, now=LATER)
    assert not GradeChange.objects.exists()


def test_an_assignment_is_marked_by_hand_as_well(cohort, ada, ivy):
    assignment = AssignmentFactory(cohort=cohort)
    AssignmentResult.objects.create(assignment=assignment, user=ada, closed_at=NOW, mark=0.4, made_at=NOW)
    set_mark(thing=assignment, user=ada, mark=0.6, reason="Paper.", seen=0, by=ivy, now=LATER)
    kept = GradeChange.objects.get()
    assert (kept.assignment, kept.quiz, kept.mark_before) == (assignment, None, 0.4)


def test_changes_are_never_rewritten(quiz, ada, ivy):
    excuse(thing=quiz, user=ada, reason="Ill.", seen=0, by=ivy, now=LATER)
    with pytest.raises(AppendOnlyError):
        GradeChange.objects.update(reason="Well.")
