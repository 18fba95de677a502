import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.models import DailyStudy, DeckStudy, ParameterSet, Profile, StudySession, StudySettings
from quizzes.selectors.study.students import NotAStudentError, get_student
from quizzes.services.study.joining import allow_more_new, become_student, join_deck
from tests.factories import NOW, DeckFactory
from tests.study import DAY


def test_a_student_begins_with_the_usual_settings(ada):
    become_student(user=ada, now=NOW)
    student = get_student(ada.pk)
    config = student.config
    assert (config.learning_steps, config.relearning_steps, config.desired_retention) == ((1, 10), (10,), 0.9)
    assert (config.maximum_interval_days, config.parameters) == (36_500, DEFAULT_PARAMETERS)
    assert (student.rollover_hour, student.four_buttons, student.format_preference) == (4, False, "mixed")
    assert (student.bury_siblings, student.shortcuts, student.zone.key) == (True, True, "UTC")


def test_becoming_a_student_twice_changes_nothing(ada):
    become_student(user=ada, now=NOW)
    StudySettings.objects.update(desired_retention=0.8)
    become_student(user=ada, now=NOW + DAY)
    assert StudySettings.objects.get().desired_retention == 0.8
    assert (Profile.objects.count(), StudySession.objects.count(), ParameterSet.objects.count()) == (1, 1, 1)


def test_students_share_the_published_parameters(ada, ben):
    become_student(user=ada, now=NOW)
    become_student(user=ben, now=NOW + DAY)
    assert ParameterSet.objects.get().created_at == NOW


def test_a_joined_deck_is_studied_from_then_on_with_the_usual_limits(ada):
    study = join_deck(user=ada, deck=DeckFactory(content_version=7), now=NOW)
    assert (study.new_per_day, study.reviews_per_day, study.joined_at) == (20, 200, NOW)
    assert study.content_version_seen == 7


def test_joining_again_keeps_the_limits_and_ends_a_pause(ada):
    deck = DeckFactory()
    join_deck(user=ada, deck=deck, now=NOW)
    DeckStudy.objects.update(new_per_day=5, paused_at=NOW)
    study = join_deck(user=ada, deck=deck, now=NOW + DAY)
    assert (study.new_per_day, study.paused_at, study.joined_at) == (5, None, NOW)
    assert DeckStudy.objects.get().paused_at is None


def test_more_new_cards_are_for_one_deck_and_one_study_day(ada):
    deck, other = DeckFactory(), DeckFactory()
    join_deck(user=ada, deck=deck, now=NOW)
    for _ in range(2):
        allow_more_new(user=ada, deck=deck, now=NOW)
    allow_more_new(user=ada, deck=other, now=NOW)
    today = DailyStudy.objects.get()
    assert today.day == NOW.date()
    assert today.decks == {str(deck.pk): [0, 0, 20, 0, 0, 0], str(other.pk): [0, 0, 10, 0, 0, 0]}


def test_more_new_cards_are_for_students(ben):
    with pytest.raises(NotAStudentError):
        allow_more_new(user=ben, deck=DeckFactory(), now=NOW)
