"""Roles: a role is a group, and what it needs is given and taken with it."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from quizzes.models import User
from quizzes.models.people import ADMIN, EDITOR, INSTRUCTOR, ROLES, STUDENT
from quizzes.selectors.people.roles import is_last_admin

__all__ = ["ADMIN", "EDITOR", "INSTRUCTOR", "ROLES", "STUDENT", "give_role", "take_role"]

EDITED_MODELS = ("deck", "section", "fact", "overlap")
HANDLED_MODELS = ("problemreport",)


class UnknownRoleError(ValueError):
    """There is no such role."""


class LastAdminError(RuntimeError):
    """Nobody would be left who can give roles."""


@transaction.atomic
def give_role(*, user: User, role: str) -> None:
    """Put a person into a role: editors get into the admin with their permissions, admins get everything.

    Raises UnknownRoleError for a name that is not in ROLES.
    """
    group = _group(role)
    if role == EDITOR:
        group.permissions.set(_editor_permissions())
    user.groups.add(group)
    if role in (EDITOR, ADMIN):
        user.is_staff = True
        user.is_superuser = user.is_superuser or role == ADMIN
        user.save(update_fields=["is_staff", "is_superuser"])


@transaction.atomic
def take_role(*, user: User, role: str) -> None:
    """Take a person out of a role, with what came with it: an admin who is no editor leaves the admin's pages.

    Raises UnknownRoleError, and LastAdminError where nobody else could give roles.
    """
    group = _group(role)
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    if role == ADMIN and is_last_admin(user):
        raise LastAdminError("the last admin stays one")
    user.groups.remove(group)
    if role in (EDITOR, ADMIN):
        user.is_superuser = user.is_superuser and role != ADMIN
        user.is_staff = user.is_superuser or user.groups.filter(name__in=(EDITOR, ADMIN)).exists()
        user.save(update_fields=["is_staff", "is_superuser"])


def _group(role: str) -> Group:
    if role not in ROLES:
        raise UnknownRoleError(f"“{role}” is no role; the roles are {', '.join(ROLES)}")
    return Group.objects.get_or_create(name=role)[0]


def _editor_permissions() -> list[Permission]:
    return list(
        Permission.objects.filter(
            content_type__app_label="quizzes",
            codename__in=[
                *(f"{verb}_{name}" for verb in ("add", "change", "delete", "view") for name in EDITED_MODELS),
                *(f"{verb}_{name}" for verb in ("change", "view") for name in HANDLED_MODELS),
            ],
        )
    )
