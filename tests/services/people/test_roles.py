import pytest

from quizzes.models import User
from quizzes.services.people.roles import (
    ADMIN,
    EDITOR,
    INSTRUCTOR,
    STUDENT,
    LastAdminError,
    UnknownRoleError,
    give_role,
    take_role,
)
from tests.people import person

VERBS, CONTENT = ("add", "change", "delete", "view"), ("deck", "section", "fact", "overlap")
EDITS = [f"quizzes.{verb}_{name}" for verb in VERBS for name in CONTENT]


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [STUDENT, INSTRUCTOR])
def test_students_and_instructors_stay_out_of_the_admin(max, role):
    give_role(user=max, role=role)
    user = fresh(max)
    assert list(user.groups.values_list("name", flat=True)) == [role]
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert not user.has_perms(EDITS[:1])


def test_an_editor_gets_into_the_admin_and_edits_content_alone(max):
    give_role(user=max, role=EDITOR)
    user = fresh(max)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.has_perms(EDITS)
    assert not any(user.has_perm(f"quizzes.change_{name}") for name in ("user", "profile", "cardprogress", "reviewlog"))


def test_an_admin_may_do_everything(max):
    give_role(user=max, role=ADMIN)
    assert (fresh(max).is_staff, fresh(max).is_superuser) == (True, True)


def test_a_person_may_have_several_roles_and_none_twice(max):
    for role in (STUDENT, ADMIN, EDITOR, EDITOR):
        give_role(user=max, role=role)
    assert sorted(fresh(max).groups.values_list("name", flat=True)) == [ADMIN, EDITOR, STUDENT]
    assert fresh(max).is_superuser is True


def test_there_are_no_other_roles(max):
    with pytest.raises(UnknownRoleError, match="instructor"):
        give_role(user=max, role="dean")
    assert fresh(max).groups.count() == 0


def rights(user):
    return fresh(user).is_staff, fresh(user).is_superuser


def test_a_role_taken_takes_back_what_it_gave(max):
    person("root", ADMIN)
    for role in (STUDENT, EDITOR, ADMIN):
        give_role(user=max, role=role)
    take_role(user=max, role=ADMIN)
    assert rights(max) == (True, False), "still an editor"
    take_role(user=max, role=EDITOR)
    assert rights(max) == (False, False)
    assert fresh(max).groups.get().name == STUDENT


def test_taking_a_role_that_somebody_has_not_changes_nothing(ada):
    take_role(user=ada, role=EDITOR)
    assert rights(ada) == (False, False)
    assert fresh(ada).groups.get().name == STUDENT


def test_the_last_admin_stays_one(max):
    give_role(user=max, role=ADMIN)
    with pytest.raises(LastAdminError):
        take_role(user=max, role=ADMIN)
    assert rights(max) == (True, True)


def test_an_admin_who_is_locked_out_is_not_counted(max):
    give_role(user=max, role=ADMIN)
    User.objects.filter(pk=person("gone", ADMIN).pk).update(is_active=False)
    with pytest.raises(LastAdminError):
        take_role(user=max, role=ADMIN)
