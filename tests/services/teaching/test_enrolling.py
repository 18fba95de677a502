from datetime import timedelta

import pytest

from quizzes.models import CodeTries, DeckStudy, Enrolment, Profile
from quizzes.services.teaching.classes import archive_class, close_joining
from quizzes.services.teaching.enrolling import (
    MOST_WRONG,
    JoiningClosedError,
    TooManyTriesError,
    UnknownCodeError,
    enrol,
    join_with_code,
    leave_class,
    look_up_code,
)
from tests.classes import teach
from tests.factories import NOW, CohortFactory, elements
from tests.study import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def klass(cohort):
    return teach(cohort, elements())


def member(user, cohort):
    return Enrolment.objects.get(user=user, cohort=cohort)


def test_joining_a_class_begins_its_decks(max, klass):
    enrol(user=max, cohort=klass, now=NOW)
    assert (member(max, klass).role, member(max, klass).joined_at) == ("student", NOW)
    assert DeckStudy.objects.get(user=max).deck == klass.decks.get()
    assert Profile.objects.filter(user=max).exists()


def test_joining_twice_is_once(max, klass):
    enrol(user=max, cohort=klass, now=NOW)
    DeckStudy.objects.update(paused_at=NOW)
    enrol(user=max, cohort=klass, now=NOW + DAY)
    assert member(max, klass).joined_at == NOW
    assert DeckStudy.objects.get(user=max).paused_at == NOW


def test_a_class_without_decks_can_be_joined(max):
    cohort = CohortFactory()
    enrol(user=max, cohort=cohort, now=NOW)
    assert member(max, cohort).left_at is None
    assert Profile.objects.filter(user=max).exists()


def test_who_left_comes_back_with_their_decks(max, klass):
    enrol(user=max, cohort=klass, now=NOW)
    leave_class(user=max, cohort=klass, now=NOW + DAY)
    DeckStudy.objects.update(paused_at=NOW)
    assert member(max, klass).left_at == NOW + DAY
    enrol(user=max, cohort=klass, now=NOW + 2 * DAY)
    assert (member(max, klass).left_at, member(max, klass).joined_at) == (None, NOW)
    assert DeckStudy.objects.get(user=max).paused_at is None


def test_leaving_twice_is_once_and_keeps_the_decks(max, klass):
    enrol(user=max, cohort=klass, now=NOW)
    leave_class(user=max, cohort=klass, now=NOW + DAY)
    leave_class(user=max, cohort=klass, now=NOW + 2 * DAY)
    assert member(max, klass).left_at == NOW + DAY
    assert DeckStudy.objects.filter(user=max, paused_at=None).exists()


def test_an_instructor_who_joins_stays_an_instructor(ivy, klass):
    enrol(user=ivy, cohort=klass, now=NOW)
    assert member(ivy, klass).role == Enrolment.Role.INSTRUCTOR
    leave_class(user=ivy, cohort=klass, now=NOW)
    assert member(ivy, klass).left_at is None


def test_an_instructor_who_left_can_join_as_a_student_and_sees_no_more(ivy, klass):
    Enrolment.objects.filter(user=ivy).update(left_at=NOW)
    enrol(user=ivy, cohort=klass, now=NOW)
    assert member(ivy, klass).role == Enrolment.Role.STUDENT


@pytest.mark.parametrize("close", [close_joining, archive_class])
def test_a_closed_class_lets_nobody_in(max, klass, close):
    close(cohort=klass, now=NOW)
    with pytest.raises(JoiningClosedError):
        join_with_code(user=max, cohort=klass, now=NOW)
    assert not Enrolment.objects.filter(user=max).exists()


def test_a_class_lets_people_in_until_it_closes(max, klass):
    close_joining(cohort=klass, now=NOW + DAY)
    join_with_code(user=max, cohort=klass, now=NOW)
    assert member(max, klass).left_at is None


def guess(user, times, *, now=NOW):
    for _ in range(times):
        with pytest.raises(UnknownCodeError):
            look_up_code(user=user, code="nobody", now=now)


def test_after_twenty_wrong_codes_none_is_looked_up_for_an_hour(max, ada, klass):
    guess(max, MOST_WRONG)
    with pytest.raises(TooManyTriesError):
        look_up_code(user=max, code=klass.join_code, now=NOW + timedelta(minutes=59))
    assert look_up_code(user=ada, code=klass.join_code, now=NOW) == klass
    assert look_up_code(user=max, code=klass.join_code, now=NOW + timedelta(minutes=61)) == klass


def test_wrong_codes_of_another_hour_are_forgotten(max, klass):
    guess(max, MOST_WRONG - 1)
    guess(max, 1, now=NOW + timedelta(hours=2))
    assert CodeTries.objects.get(user=max).wrong == 1
    guess(max, MOST_WRONG - 1, now=NOW + timedelta(hours=2))
    with pytest.raises(TooManyTriesError):
        look_up_code(user=max, code=klass.join_code, now=NOW + timedelta(hours=2))


def test_right_codes_cost_no_try(max, klass):
    for _ in range(MOST_WRONG + 5):
        assert look_up_code(user=max, code="kq7-mpx", now=NOW) == klass
    assert not CodeTries.objects.exists()
