"""Signing in, up and out, and a person's own account."""

from typing import Any

from allauth.account import views as allauth
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.models import User
from quizzes.selectors.people.account import ROLE_NAMES, account_page, has_second_factor
from quizzes.services.people.invitations import InvitationGoneError
from quizzes.views.people.invitations import SESSION_KEY, held_invitation, sign_in_to_accept


class SignIn(allauth.LoginView):
    """allauth's sign-in at our address; the browser's time zone comes with it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Whether there is a way to an account for those without."""
        return {**super().get_context_data(**kwargs), "open": settings.SIGN_UP != "invitation"}


class SignUp(allauth.SignupView):
    """allauth's sign-up, which knows of invitations."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """What invited the person, and whether addresses are checked."""
        invitation = held_invitation(self.request)
        about = {
            "invitation": invitation,
            "role": ROLE_NAMES[invitation.role] if invitation else "",
            "sends_mail": settings.SENDS_MAIL,
            "sign_in_url": sign_in_to_accept(invitation.token) if invitation else reverse("sign-in"),
            "domains": settings.SIGN_UP_DOMAINS if settings.SIGN_UP == "domains" and not invitation else [],
        }
        return {**super().get_context_data(**kwargs), **about}

    def form_valid(self, form: Any) -> HttpResponseBase:  # noqa: ANN401
        """Sign up; an invitation that somebody used in the meantime leads to the page that says so."""
        token = self.request.session.get(SESSION_KEY, "")
        try:
            response: HttpResponseBase = super().form_valid(form)
        except InvitationGoneError:
            return HttpResponseRedirect(reverse("invitation", args=[token]))
        return response


class SignOut(allauth.LogoutView):
    """By POST alone; also gives up a sign-in that waits for its second factor."""

    http_method_names = ["post"]


class Email(allauth.EmailView):
    """One address per person; where the site sends no e-mail, changing it takes effect at once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Whether addresses are checked, and which one counts."""
        about = {"sends_mail": settings.SENDS_MAIL, "page": account_page(signed_in(self.request))}
        return {**super().get_context_data(**kwargs), **about}


class PasswordReset(allauth.PasswordResetView):
    """A link by e-mail; where the site sends none, who to ask instead."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """Send the link, if there is a way to."""
        return super().post(request, *args, **kwargs) if settings.SENDS_MAIL else self.get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Whether there is a way."""
        return {**super().get_context_data(**kwargs), "sends_mail": settings.SENDS_MAIL}


class NewPassword(allauth.PasswordResetFromKeyView):
    """A new password by the link, whose owner may sign in with it at once."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401
        """Change it; wrong tries before count no longer, but where guessed codes are among what they stop."""
        response: HttpResponse = super().form_valid(form)
        if not has_second_factor(self.reset_user):
            AxesProxyHandler.reset_attempts(username=self.reset_user.get_username().lower())
        return response


@require_GET
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, password and second factor, with the way to change each."""
    return render(request, "account/account.html", {"page": account_page(signed_in(request))})


@login_not_required
@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin has no sign-in of its own: strangers go to ours, those who may not in are told so."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = reverse("admin:index")
    if not isinstance(request.user, User):
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': wanted})}")
    if request.user.is_active and request.user.is_staff:
        return HttpResponseRedirect(wanted)
    raise PermissionDenied


def signed_in(request: HttpRequest) -> User:
    """The person behind a request; the middleware has already sent others to sign in."""
    assert isinstance(request.user, User)
    return request.user
