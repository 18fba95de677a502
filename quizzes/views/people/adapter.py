"""What happens when somebody signs up or in: the one place that allauth calls."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quizzes.models import User
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.people.roles import STUDENT, give_role
from quizzes.views.people.invitations import held_invitation, use_invitation
from quizzes.views.people.preferences import remember_preferences, remember_zone

WRONG = _("User name or e-mail and password do not belong together. Capitals count in passwords.")


class AddressStage(EmailVerificationStage):
    """Whoever signed up confirms their address; for those whom an admin made, the admin has vouched."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let on those who have no address of their own making, and staff."""
        user = self.login.user
        if user and (user.is_staff or not EmailAddress.objects.filter(user=user).exists()):
            return None, True
        response: tuple[HttpResponse | None, bool] = super().handle()
        return response


class AccountAdapter(DefaultAccountAdapter):
    """Our rules and words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "email_taken": _("Somebody has an account with this address already. Is it yours? Then sign in."),
        "username_taken": _("Somebody has this user name already. Choose another one."),
        "duplicate_email": _("That is your address already."),
        "too_many_login_attempts": _("Too many wrong tries. Wait ten minutes, then try again."),
        "rate_limited": _("That was too often in a short time. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The invited always, others as the site is set."""
        return settings.SIGN_UP != "invitation" or held_invitation(request) is not None

    def takes_address(self, email: str) -> bool:
        """Whether somebody with this address may sign up."""
        if settings.SIGN_UP != "domains" or held_invitation(self.request) is not None:
            return True
        return email.rpartition("@")[2].lower() in settings.SIGN_UP_DOMAINS

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """The new person, in the role of their invitation or as a student."""
        made: User = super().save_user(request, user, form, commit=commit)
        invitation = held_invitation(request)
        if invitation:
            use_invitation(request, made, invitation.token)
        else:
            give_role(user=made, role=STUDENT)
        return made

    def get_login_stages(self) -> list[str]:
        """allauth's, with our rule about addresses."""
        theirs = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__name__}"
        ours = f"{AddressStage.__module__}.{AddressStage.__name__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse | None:  # noqa: ANN401
        """Keep the browser's zone over the steps that may come between the password and the first page."""
        if zone := request.POST.get("time_zone", ""):
            request.session["time_zone"] = zone[:64]
        return super().pre_login(request, user, **about)

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:  # noqa: ANN401
        """Zone and looks, for everybody who signs in."""
        zone = request.session.pop("time_zone", "")
        profile = note_time_zone(user=user, time_zone=zone)
        remember_zone(request, zone)
        remember_preferences(request, profile)
        return super().post_login(request, user, **about)

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:  # noqa: ANN401
        """Not for some minutes after signing in: the password was asked for just now."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        recent = time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **about)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")
