from quizzes.models import Enrolment
from quizzes.selectors.people.roles import is_last_admin, is_staff, roles_of
from quizzes.services.people.roles import ADMIN, EDITOR, INSTRUCTOR, STUDENT
from tests.factories import NOW, UserFactory
from tests.people import enrol, person


def test_roles_come_in_their_order(db):
    assert roles_of(person("kim", EDITOR, STUDENT)) == [STUDENT, EDITOR]


def test_whoever_may_do_everything_is_an_admin_however_it_came_about(db):
    assert roles_of(UserFactory(is_superuser=True)) == [ADMIN]


def test_staff_is_who_sees_more_than_their_own(ada, max, ivy, eve, django_assert_num_queries):
    assert [is_staff(user) for user in (ada, max, ivy, eve)] == [False, False, True, True]
    with django_assert_num_queries(0):
        assert is_staff(ivy, [INSTRUCTOR])


def test_whoever_teaches_or_assists_a_class_is_staff_until_they_stop(max, cohort):
    enrolled = enrol(max, cohort, Enrolment.Role.ASSISTANT)
    assert is_staff(max)
    enrolled.left_at = NOW
    enrolled.save()
    assert not is_staff(max)


def test_the_last_admin_is_the_last_who_can_sign_in(db):
    root, other = person("root", ADMIN), person("other", ADMIN)
    assert not is_last_admin(root)
    other.is_active = False
    other.save()
    assert is_last_admin(root)
    assert not is_last_admin(other)
