"""People, roles and invitations in the admin."""

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from quizzes.admin.people import invitations, persons

__all__ = ["invitations", "persons"]

admin.site.site_header = "calcquiz"
admin.site.site_title = "calcquiz"

# Roles are ticked on the person's page, and the rest of an account is for its owner.
admin.site.unregister([Group, EmailAddress, Authenticator])
