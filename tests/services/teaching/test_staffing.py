import pytest

from quizzes.models import Enrolment, User
from quizzes.selectors.teaching.people import find_person, instructors_of
from quizzes.services.people.roles import take_role
from quizzes.services.teaching.staffing import (
    IsStudentError,
    LastInstructorError,
    NoInstructorError,
    add_instructor,
    remove_instructor,
)
from tests.factories import NOW
from tests.people import person
from tests.study import DAY

pytestmark = pytest.mark.django_db
INSTRUCTOR, ASSISTANT = Enrolment.Role.INSTRUCTOR, Enrolment.Role.ASSISTANT


@pytest.fixture
def ida(db):
    return person("ida", "instructor")


def roles(cohort):
    return {one.username: one.role for one in instructors_of([cohort])[cohort.pk]}


def test_a_fellow_instructor_is_added(cohort, ivy, ida):
    add_instructor(cohort=cohort, user=ida, role=INSTRUCTOR, now=NOW)
    assert roles(cohort) == {"ivy": INSTRUCTOR, "ida": INSTRUCTOR}


def test_somebody_without_the_role_may_look_but_not_change(cohort, ivy, max):
    with pytest.raises(NoInstructorError):
        add_instructor(cohort=cohort, user=max, role=INSTRUCTOR, now=NOW)
    add_instructor(cohort=cohort, user=max, role=ASSISTANT, now=NOW)
    assert roles(cohort) == {"ivy": INSTRUCTOR, "max": ASSISTANT}


def test_a_student_of_the_class_cannot_teach_it_before_leaving(cohort, ivy, ada):
    with pytest.raises(IsStudentError):
        add_instructor(cohort=cohort, user=ada, role=ASSISTANT, now=NOW)
    Enrolment.objects.filter(user=ada).update(left_at=NOW)
    add_instructor(cohort=cohort, user=ada, role=ASSISTANT, now=NOW)
    assert roles(cohort)["ada"] == ASSISTANT


def test_no_other_role_is_given(cohort, max):
    with pytest.raises(ValueError, match="student"):
        add_instructor(cohort=cohort, user=max, role="student", now=NOW)


def test_the_last_instructor_stays(cohort, ivy, max):
    add_instructor(cohort=cohort, user=max, role=ASSISTANT, now=NOW)
    with pytest.raises(LastInstructorError):
        remove_instructor(cohort=cohort, user=ivy, now=NOW)
    with pytest.raises(LastInstructorError):
        add_instructor(cohort=cohort, user=ivy, role=ASSISTANT, now=NOW)
    assert roles(cohort) == {"ivy": INSTRUCTOR, "max": ASSISTANT}


def test_one_of_two_instructors_goes_and_comes_back(cohort, ivy, ida):
    add_instructor(cohort=cohort, user=ida, role=INSTRUCTOR, now=NOW)
    remove_instructor(cohort=cohort, user=ivy, now=NOW + DAY)
    assert roles(cohort) == {"ida": INSTRUCTOR}
    add_instructor(cohort=cohort, user=ivy, role=ASSISTANT, now=NOW + DAY)
    assert roles(cohort) == {"ida": INSTRUCTOR, "ivy": ASSISTANT}


def test_removing_who_does_not_teach_changes_nothing(cohort, ada):
    remove_instructor(cohort=cohort, user=ada, now=NOW)
    assert Enrolment.objects.get(user=ada).left_at is None


def test_people_are_found_by_name_and_instructors_by_address_too(ivy, ada):
    User.objects.filter(pk__in=[ivy.pk]).update(email="Ivy@Example.org")
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    assert find_person("ada") == ada
    assert find_person("ivy@example.ORG") == ivy
    assert find_person("ada@example.org") is None
    assert find_person("nobody") is None


def test_an_address_that_two_instructors_have_finds_neither(ivy, ida):
    User.objects.filter(pk__in=[ivy.pk, ida.pk]).update(email="same@example.org")
    assert find_person("same@example.org") is None


def test_a_closed_account_is_not_found(ada):
    User.objects.update(is_active=False)
    assert find_person("ada") is None


def test_a_colleague_without_the_role_any_more_does_not_count_as_the_other_instructor(cohort, ivy, ida):
    add_instructor(cohort=cohort, user=ida, role=INSTRUCTOR, now=NOW)
    take_role(user=ida, role="instructor")
    with pytest.raises(LastInstructorError):
        remove_instructor(cohort=cohort, user=ivy, now=NOW)
    remove_instructor(cohort=cohort, user=ida, now=NOW)
    assert roles(cohort) == {"ivy": INSTRUCTOR}
