"""The second factor of those who see more than their own: asked for before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import User
from quizzes.selectors.people.account import has_second_factor
from quizzes.selectors.people.roles import is_staff

SESSION_KEY = "second_factor"
KEPT = "kept"
OPEN_NAMES = {
    "sign-out", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_index",
    "account_email", "account_email_verification_sent", "account_confirm_email", "healthz",
}  # fmt: skip


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who has to have a second factor cannot switch it off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Use the one that the app shows now."),
        "cannot_delete_authenticator": _("Your role needs a second factor, so it stays on."),
        "unverified_email": _("First confirm your e-mail address: follow the link that was sent to it."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the app of those whose role needs it."""
        return not (settings.STAFF_SECOND_FACTOR and is_staff(authenticator.user))


class Activate(ActivateTOTPView):
    """allauth's set-up, which says so where it has to be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Whether the person's role needs it."""
        assert isinstance(self.request.user, User)
        required = settings.STAFF_SECOND_FACTOR and is_staff(self.request.user)
        return {**super().get_context_data(**kwargs), "required": required}


class SecondFactorMiddleware:
    """Leads staff without a second factor to where they set it up.

    What was found is kept in the session, so that pages ask the database once a day at most. Pages of classes ask each
    time until there is a second factor, since teaching a class may begin at any moment.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:  # noqa: ANN401
        """None, which goes on to the page, or the way to the set-up."""
        if not settings.STAFF_SECOND_FACTOR:
            return None
        if request.resolver_match and request.resolver_match.url_name in OPEN_NAMES:
            return None
        if not isinstance(request.user, User):
            return None
        return _lead_to_set_up(request) if _lacks_second_factor(request, request.user) else None


def _lacks_second_factor(request: HttpRequest, user: User) -> bool:
    known, today = request.session.get(SESSION_KEY), timezone.now().date().isoformat()
    if known == KEPT or (known == today and not user.is_staff and not _is_of_classes(request)):
        return False
    if not is_staff(user):
        request.session[SESSION_KEY] = today
        return False
    if has_second_factor(user):
        request.session[SESSION_KEY] = KEPT
        return False
    return True


def _is_of_classes(request: HttpRequest) -> bool:
    return bool(request.resolver_match and (request.resolver_match.url_name or "").startswith("class"))


def _lead_to_set_up(request: HttpRequest) -> HttpResponse:
    way = reverse("mfa_activate_totp")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": way})
    return HttpResponseRedirect(way)
