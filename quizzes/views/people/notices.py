"""Notices of what changed, put away by who has read them."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from quizzes.services.people.notices import read_notices
from quizzes.views.people.accounts import signed_in

KEY = re.compile(r"(version|report|quiz):[0-9a-f:]{1,80}")
MOST_KEYS = 300


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Put away the notices of the form; what is no notice is left out."""
    keys = [key for key in request.POST.getlist("key")[:MOST_KEYS] if KEY.fullmatch(key)]
    read_notices(user=signed_in(request), keys=keys, now=timezone.now())
    return HttpResponseRedirect(reverse("home"))
