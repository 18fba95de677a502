"""Switching reminders off from an e-mail, without signing in: the link says who it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from quizzes.models import Profile
from quizzes.selectors.people.reminders import find_reminded, wants_reminders
from quizzes.services.people.profiles import change_reminders


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing; the button does, and so do mail programs that post to the address by themselves.

    They bring neither cookies nor a form of ours and follow no redirect, so that the link alone is the proof and the
    answer is the page itself (RFC 8058).
    """
    user = find_reminded(token)
    if user is None:
        raise Http404("no such link")
    if request.method == "POST":
        change_reminders(user=user, wanted=request.POST.get("do") == "on")
    preferences = Profile.objects.filter(user=user).values_list("preferences", flat=True).first()
    about = {"wanted": wants_reminders(preferences or {}), "changed": request.method == "POST"}
    return render(request, "account/reminders.html", about)
