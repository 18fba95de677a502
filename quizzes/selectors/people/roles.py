"""Who has which role."""

from collections.abc import Sequence

from quizzes.models import User
from quizzes.models.people import ADMIN, EDITOR, INSTRUCTOR, ROLES
from quizzes.selectors.access import is_teaching


def roles_of(user: User) -> list[str]:
    """A person's roles, from the one that may least; whoever may do everything is an admin. One query at most."""
    names = {group.name for group in user.groups.all()} | ({ADMIN} if user.is_superuser else set())
    return [role for role in ROLES if role in names]


def is_staff(user: User, roles: Sequence[str] | None = None) -> bool:
    """Whether the person, whose `roles` may be known, sees more than their own.

    Instructors, editors and admins do, and whoever teaches or assists a class without such a role.
    """
    known = roles_of(user) if roles is None else roles
    return user.is_staff or not {INSTRUCTOR, EDITOR, ADMIN}.isdisjoint(known) or is_teaching(user)


def is_last_admin(user: User) -> bool:
    """Whether the person is an admin who can sign in, and nobody else is."""
    admins = User.objects.filter(is_superuser=True, is_active=True)
    return set(admins.values_list("pk", flat=True)) == {user.pk}
