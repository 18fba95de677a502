"""Accounts in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from quizzes.models import User
from quizzes.services.people.roles import ROLES, give_role

admin.site.site_header = "calcquiz"
admin.site.site_title = "calcquiz"


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People, who get with a role what it needs."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """Roles are groups; an editor's account is let into the admin."""
        super().save_related(request, form, formsets, change)
        for name in form.instance.groups.filter(name__in=ROLES).values_list("name", flat=True):
            give_role(user=form.instance, role=name)
