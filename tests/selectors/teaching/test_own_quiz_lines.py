"""Quizzes among what a student has to do, in each of their states."""

from datetime import timedelta

import pytest

from quizzes.models import Accommodation, GradeChange
from quizzes.selectors.teaching.own_work import own_work, work_on_home
from tests.factories import NOW, QuizFactory, elements
from tests.sitting import choose, hand_in, quiz_of, sit

DAY = timedelta(days=1)


@pytest.fixture
def deck(db):
    return elements()


def line(user, *, now=NOW):
    """The only thing to do."""
    (found,) = own_work(user, now)
    return found


def said(user, *, now=NOW):
    found = line(user, now=now)
    return found.state.value, found.said, found.button


def test_a_quiz_is_told_in_each_of_its_states(deck, ben):
    quiz = quiz_of(deck, ben, attempts_allowed=2)
    assert said(ben, now=NOW - DAY) == ("not_open", "not open yet", "")
    assert said(ben) == ("open", "not begun", "To the quiz")
    attempt = sit(ben, quiz)
    assert said(ben) == ("under_way", "under way", "Continue")
    choose(attempt)
    hand_in(attempt)
    assert said(ben) == ("submitted", "handed in; 1 more attempt", "")
    hand_in(sit(ben, quiz, now=NOW + DAY), now=NOW + DAY)
    assert said(ben, now=NOW + DAY) == ("submitted", "handed in", "")
    assert said(ben, now=quiz.closes_at) == ("closed", "handed in", "")


def test_a_quiz_that_closed_without_an_attempt_is_missed_unless_excused(deck, ben):
    quiz = quiz_of(deck, ben)
    assert said(ben, now=quiz.closes_at) == ("overdue", "missed", "")
    GradeChange.objects.create(quiz=quiz, user=ben, kind="excuse", reason="ill", changed_at=NOW)
    assert said(ben, now=quiz.closes_at) == ("excused", "excused", "")


def test_dates_of_ones_own_are_those_that_are_told(deck, ben):
    quiz = quiz_of(deck, ben)
    later = quiz.closes_at + DAY
    Accommodation.objects.create(cohort=quiz.cohort, user=ben, quiz=quiz, closes_at=later, given_at=NOW)
    assert line(ben, now=quiz.closes_at).closes_at == later


def test_a_quiz_that_closed_before_one_joined_is_not_told(deck, ben):
    quiz = quiz_of(deck)
    quiz.closes_at, quiz.opens_at = NOW, NOW - DAY
    quiz.save()
    quiz_of(deck, ben, cohort=quiz.cohort, closes_at=NOW + DAY)
    assert [one.closes_at for one in own_work(ben, NOW)] == [NOW + DAY]


def test_drafts_and_quizzes_of_other_classes_are_not_told(deck, ben):
    quiz = quiz_of(deck, ben, published_at=None)
    QuizFactory(deck=deck)
    assert own_work(ben, NOW) == []
    quiz.published_at = NOW
    quiz.save()
    assert [one.title for one in work_on_home(own_work(ben, NOW), NOW)] == [quiz.title]
