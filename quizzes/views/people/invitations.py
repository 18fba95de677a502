"""Following an invitation: to the sign-up, or for somebody with an account straight in."""

from allauth.account.internal.userkit import filter_users_by_email
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.models import User
from quizzes.models.people import Invitation
from quizzes.selectors.people.account import ROLE_NAMES
from quizzes.selectors.people.invitations import State, find_invitation, open_invitation, state_of
from quizzes.services.people.invitations import InvitationGoneError, accept
from quizzes.services.teaching.enrolling import enrol_invited

SESSION_KEY = "invitation"


def held_invitation(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser has followed, while it works."""
    return open_invitation(request.session.get(SESSION_KEY, ""), now=timezone.now())


@transaction.atomic
def use_invitation(request: HttpRequest, user: User, token: str) -> Invitation:
    """Role and class of an invitation for a person. Raises InvitationGoneError."""
    now = timezone.now()
    invitation = accept(token=token, user=user, now=now)
    enrol_invited(user=user, invitation=invitation, now=now)
    request.session.pop(SESSION_KEY, None)
    return invitation


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation as its reader finds it: to sign up with, to accept, or no longer of use (410)."""
    found = find_invitation(token)
    if found is None:
        raise Http404
    state = state_of(found, now=timezone.now())
    if state is not State.OPEN:
        return render(request, "account/invitation_gone.html", {"used": state is State.USED}, status=410)
    if not isinstance(request.user, User):
        return _to_sign_up(request, found)
    if request.method == "POST":
        return _accepted(request, request.user, token)
    return render(request, "account/invitation.html", {"invitation": found, "role": ROLE_NAMES[found.role]})


def sign_in_to_accept(token: str) -> str:
    """The sign-in that leads back to the invitation."""
    return f"{reverse('sign-in')}?{urlencode({'next': reverse('invitation', args=[token])})}"


def _to_sign_up(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Where the link was only ever sent by e-mail, whoever has it has the address.

    Somebody who has an account with it is sent to the sign-in and back.
    """
    if filter_users_by_email(found.email):
        messages.info(request, _("You have an account with the address that was invited. Sign in to accept."))
        return HttpResponseRedirect(sign_in_to_accept(found.token))
    request.session[SESSION_KEY] = found.token
    if settings.SENDS_MAIL and found.by_mail:
        request.session["account_verified_email"] = found.email
    return HttpResponseRedirect(reverse("account_signup"))


def _accepted(request: HttpRequest, user: User, token: str) -> HttpResponse:
    try:
        used = use_invitation(request, user, token)
    except InvitationGoneError:
        return render(request, "account/invitation_gone.html", {"used": True}, status=410)
    if used.cohort and used.cohort.archived_at:
        messages.info(request, _("The class %(name)s has ended, so you are not in it.") % {"name": used.cohort})
    elif used.cohort:
        messages.success(request, _("You are in the class %(name)s now.") % {"name": used.cohort})
    else:
        messages.success(request, _("Accepted. You are in."))
    return HttpResponseRedirect(reverse("home"))
