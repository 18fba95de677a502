import pytest
from django.utils import timezone

from quizzes.models import Cohort, Enrolment
from quizzes.selectors.access import edited_classes, may_make_classes, own_classes, taught_classes
from quizzes.selectors.teaching.classes import classes_page
from quizzes.services.people.roles import give_role, take_role
from tests.factories import NOW, CohortFactory
from tests.people import enrol, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistant(cohort):
    user = person("tom")
    enrol(user, cohort, Enrolment.Role.ASSISTANT)
    return user


@pytest.fixture
def boss(db):
    return person("boss", "admin")


@pytest.mark.parametrize(
    ("who", "looks", "edits", "studies"),
    [
        ("ivy", True, True, False),
        ("assistant", True, False, False),
        ("boss", True, True, False),
        ("ada", False, False, True),
        ("ben", False, False, False),
        ("eve", False, False, False),
        ("max", False, False, False),
    ],
)
def test_a_class_is_seen_changed_and_studied_in_by_its_own(request, cohort, who, looks, edits, studies):
    user = request.getfixturevalue(who)
    found = [cohort in classes(user) for classes in (taught_classes, edited_classes, own_classes)]
    assert found == [looks, edits, studies]


@pytest.mark.parametrize("who", ["ivy", "assistant", "ada"])
def test_who_has_left_sees_nothing_of_the_class(request, cohort, who):
    user = request.getfixturevalue(who)
    Enrolment.objects.filter(user=user).update(left_at=timezone.now())
    assert not taught_classes(user).exists()
    assert not edited_classes(user).exists()
    assert not own_classes(user).exists()


def test_a_student_of_one_class_may_teach_another(ada, cohort):
    other = CohortFactory()
    enrol(ada, other, Enrolment.Role.INSTRUCTOR)
    give_role(user=ada, role="instructor")
    assert list(taught_classes(ada)) == [other]
    assert list(own_classes(ada)) == [cohort]


def test_instructors_and_admins_make_classes(ivy, boss, ada, eve, assistant):
    assert [may_make_classes(user) for user in (ivy, boss, ada, eve, assistant)] == [True, True, False, False, False]


def test_who_loses_the_role_loses_the_classes_and_gets_them_back_with_it(ivy, cohort):
    take_role(user=ivy, role="instructor")
    assert (list(taught_classes(ivy)), list(edited_classes(ivy))) == ([], [])
    give_role(user=ivy, role="editor")
    assert (list(taught_classes(ivy)), list(edited_classes(ivy))) == ([], [])
    give_role(user=ivy, role="instructor")
    assert (list(taught_classes(ivy)), list(edited_classes(ivy))) == ([cohort], [cohort])


def test_an_archived_class_in_the_list_counts_its_students(ivy, ada, cohort):
    Cohort.objects.update(archived_at=NOW)
    assert [one.students for one in classes_page(ivy, now=NOW).archived] == [1]
