"""Too many wrong passwords or codes: whose they were, and the page that says so."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quizzes.selectors.people.names import account_name


def account_tried(request: HttpRequest, credentials: Mapping[str, str] | None) -> str | None:
    """The account that a sign-in is about, the same one whether its user name or its e-mail was typed."""
    given = credentials or {}
    typed = given.get("username") or given.get("email") or request.POST.get("login", "")
    if not typed:
        return None
    known: dict[str, str] = request.__dict__.setdefault("_accounts_tried", {})
    if typed not in known:
        known[typed] = account_name(typed)
    return known[typed]


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, str] | None
) -> HttpResponse:
    """429, with the minutes until the next try is let through."""
    again_at = _opens_at(request, credentials)
    minutes = max(1, ceil((again_at - timezone.now()).total_seconds() / 60))
    return render(request, "account/locked.html", {"minutes": minutes, "again_at": again_at}, status=429)


def _opens_at(request: HttpRequest, credentials: Mapping[str, str] | None) -> datetime:
    AxesProxyHandler.update_request(request)
    tries = AccessAttempt.objects.filter(
        username=account_tried(request, credentials),
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
    )
    last = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or timezone.now()
    return last + settings.AXES_COOLOFF_TIME
