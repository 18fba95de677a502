from collections import Counter

import pytest

from quizzes.models import DailyStudy, Enrolment, ReviewLog
from quizzes.services.people.roles import INSTRUCTOR
from quizzes.services.teaching.demo import MOST_ANSWERS, STUDENTS, make_class, make_pasts
from tests.factories import NOW, UserFactory, elements
from tests.people import person
from tests.study import DAY, holds


@pytest.fixture
def people(db):
    users = {one.username: UserFactory(username=one.username) for one in STUDENTS}
    instructor = person("instructor", INSTRUCTOR)
    make_class(instructor=instructor, people=users, deck=elements(), below=lambda _n: 0, now=NOW)
    return users


def days(user):
    """The study days of somebody as days before now."""
    found = DailyStudy.objects.filter(user=user, answers__gt=0).values_list("day", flat=True)
    return sorted((NOW.date() - day).days for day in found)


def test_the_class_studies_each_in_their_way_up_to_now(people):
    given = dict(make_pasts(people=people, until=NOW))
    answers = Counter(ReviewLog.objects.filter(kind="answer").values_list("user__username", flat=True))
    assert {name: count for name, count in given.items() if count} == answers
    assert 0 < sum(given.values()) <= MOST_ANSWERS
    assert ReviewLog.objects.filter(answered_at__gte=NOW).count() == 0
    assert days(people["silent"]) == []
    assert 0 < min(days(people["crammer"])) <= 4
    assert not set(days(people["crammer"])) & set(range(5, 19))
    assert min(days(people["fading"])) >= 9
    assert {(NOW - ago * DAY).weekday() for ago in days(people["weekender"])} <= {5, 6}
    assert len(days(people["student"])) > 15
    assert holds()


def test_everybody_is_a_student_of_the_class(people):
    assert set(Enrolment.objects.filter(role="student").values_list("user__username", flat=True)) == set(people)
    assert Enrolment.objects.get(role="instructor").user.username == "instructor"
