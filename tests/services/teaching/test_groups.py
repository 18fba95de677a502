import pytest

from quizzes.models import CohortGroup, Enrolment
from quizzes.selectors.teaching.groups import group_lines, grouped_students, groups_of
from quizzes.services.teaching.groups import (
    GroupNameTakenError,
    create_group,
    delete_group,
    fill_group,
    rename_group,
)
from tests.factories import NOW, CohortFactory
from tests.people import enrol, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday(cohort):
    return create_group(cohort=cohort, name=" Monday  10 ")


@pytest.fixture
def tuesday(cohort):
    return create_group(cohort=cohort, name="Tuesday")


@pytest.fixture
def kim(cohort):
    user = person("kim")
    enrol(user, cohort)
    return user


def members(group):
    return set(group.enrolments.values_list("user__username", flat=True))


def test_a_name_is_tidied_and_taken_once_in_a_class(cohort, monday, tuesday):
    assert monday.name == "Monday 10"
    with pytest.raises(GroupNameTakenError):
        create_group(cohort=cohort, name="MONDAY 10")
    with pytest.raises(GroupNameTakenError):
        rename_group(group=tuesday, name="monday 10")
    create_group(cohort=CohortFactory(), name="Monday 10")


def test_a_group_may_change_the_capitals_of_its_own_name(monday):
    rename_group(group=monday, name="MONDAY 10")
    assert CohortGroup.objects.get().name == "MONDAY 10"


def test_a_student_is_in_one_group_at_most(monday, tuesday, ada, kim):
    fill_group(group=monday, user_ids=[ada.pk, kim.pk], shown=[])
    fill_group(group=tuesday, user_ids=[kim.pk], shown=[])
    assert (members(monday), members(tuesday)) == ({"ada"}, {"kim"})


def test_who_is_unticked_leaves_and_who_came_meanwhile_stays(monday, ada, kim):
    fill_group(group=monday, user_ids=[ada.pk, kim.pk], shown=[])
    fill_group(group=monday, user_ids=[], shown=[ada.pk])
    assert members(monday) == {"kim"}


def test_only_students_of_the_class_are_put_into_its_groups(monday, cohort, ivy, ben, ada):
    Enrolment.objects.filter(user=ada).update(left_at=NOW)
    fill_group(group=monday, user_ids=[ivy.pk, ben.pk, ada.pk], shown=[])
    assert members(monday) == set()


def test_deleting_a_group_leaves_its_students_in_the_class(monday, ada):
    fill_group(group=monday, user_ids=[ada.pk], shown=[])
    delete_group(group=monday)
    kept = Enrolment.objects.get(user=ada)
    assert (kept.group, kept.left_at) == (None, None)


def test_groups_are_read_with_their_students_of_now(cohort, monday, tuesday, ada, kim):
    fill_group(group=monday, user_ids=[ada.pk, kim.pk], shown=[])
    Enrolment.objects.filter(user=kim).update(left_at=NOW)
    found = groups_of(cohort)
    assert [(line.name, line.students) for line in group_lines(found)] == [("Monday 10", 1), ("Tuesday", 0)]
    assert (found.name_of(ada.pk), found.name_of(kim.pk)) == ("Monday 10", "")
    assert not groups_of(CohortFactory())


def test_the_students_of_a_group_stand_first(cohort, monday, tuesday, ada, kim):
    fill_group(group=monday, user_ids=[kim.pk], shown=[])
    assert [(one.name, one.group, one.here) for one in grouped_students(cohort, monday)] == [
        ("kim", "Monday 10", True),
        ("ada", "", False),
    ]
    assert [one.here for one in grouped_students(cohort, tuesday)] == [False, False]
