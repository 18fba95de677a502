"""Roles: a role is a group, and what it needs is given with it."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from quizzes.models import User

STUDENT, INSTRUCTOR, EDITOR, ADMIN = "student", "instructor", "editor", "admin"
ROLES = (STUDENT, INSTRUCTOR, EDITOR, ADMIN)
EDITED_MODELS = ("deck", "section", "fact", "overlap")


class UnknownRoleError(ValueError):
    """There is no such role."""


@transaction.atomic
def give_role(*, user: User, role: str) -> None:
    """Put a person into a role: editors get into the admin with their permissions, admins get everything.

    Raises UnknownRoleError for a name that is not in ROLES.
    """
    if role not in ROLES:
        raise UnknownRoleError(f"“{role}” is no role; the roles are {', '.join(ROLES)}")
    group, _made = Group.objects.get_or_create(name=role)
    if role == EDITOR:
        group.permissions.set(_editor_permissions())
    user.groups.add(group)
    if role in (EDITOR, ADMIN):
        user.is_staff = True
        user.is_superuser = user.is_superuser or role == ADMIN
        user.save(update_fields=["is_staff", "is_superuser"])


def _editor_permissions() -> list[Permission]:
    return list(
        Permission.objects.filter(
            content_type__app_label="quizzes",
            codename__in=[f"{verb}_{name}" for verb in ("add", "change", "delete", "view") for name in EDITED_MODELS],
        )
    )
