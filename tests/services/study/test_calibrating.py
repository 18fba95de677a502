"""Weights learned from a student's log."""

import numpy as np
import pytest

from quizzes.core.calibration import NEUTRAL, SPREAD, Weights
from quizzes.core.prediction_doubt import TRIANGLE
from quizzes.models import Calibration, ParameterSet, StudySettings
from quizzes.selectors.study.students import get_student
from quizzes.services.study.calibrating import NEW_EVENTS, calibrate, calibrate_changed
from tests.factories import NOW, elements
from tests.study import COPPER, DAY, IRON, begin, rate


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def study(user, rating, *, days, since=0):
    """Two cards answered alike on each of so many days."""
    for day in range(since, since + days):
        for key in (IRON, COPPER):
            rate(user, key, rating, now=NOW + day * DAY)


def calibrate_all(now=NOW, seconds=60.0):
    return calibrate_changed(now=now, seconds=seconds, clock=lambda: 0.0)


def test_before_any_answer_the_weights_leave_the_model_alone(student):
    assert get_student(student.pk).weights == NEUTRAL
    assert calibrate(user_id=student.pk, now=NOW).weights == list(NEUTRAL)


def test_who_forgets_more_than_predicted_is_shown_less_recall(student):
    study(student, 3, days=3)
    study(student, 1, days=8, since=3)
    made = calibrate(user_id=student.pk, now=NOW)
    assert Weights(*made.weights).constant < -0.2
    assert get_student(student.pk).weights == Weights(*made.weights)
    assert made.reviews == 20


def test_what_is_not_known_of_the_weights_shrinks_with_every_answer(student):
    unknown = calibrate(user_id=student.pk, now=NOW).covariance
    assert unknown == np.diag(np.square(SPREAD))[TRIANGLE].tolist()
    study(student, 3, days=6)
    known = calibrate(user_id=student.pk, now=NOW).covariance
    assert len(known) == len(unknown) == 15
    assert known[0] < unknown[0] - 0.005


def test_the_worker_learns_of_those_with_many_new_events_alone(student, ben, deck):
    begin(ben, deck)
    study(student, 3, days=10)
    assert not calibrate_all()
    assert list(Calibration.objects.values_list("user_id", "through_seq")) == [(student.pk, NEW_EVENTS)]
    rate(student, IRON, 3, now=NOW + 30 * DAY)
    calibrate_all()
    assert Calibration.objects.get().through_seq == NEW_EVENTS


def test_other_parameters_call_for_other_weights(student):
    study(student, 3, days=10)
    calibrate_all()
    other = ParameterSet.objects.create(
        scope="person", user=student, values=[*get_student(student.pk).config.parameters[:-1], 0.4], created_at=NOW
    )
    StudySettings.objects.filter(user=student).update(parameter_set=other)
    calibrate_all()
    assert Calibration.objects.get().parameter_set == other


def test_a_turn_ends_when_its_seconds_are_over_but_does_one_student_at_least(student, ben, deck):
    study(student, 3, days=10)
    study(begin(ben, deck), 3, days=10)
    for done in (1, 2):
        assert calibrate_all(seconds=0.0)
        assert Calibration.objects.count() == done
    assert not calibrate_all(seconds=0.0)
