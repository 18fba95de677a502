"""What is kept of a person, for that person: who opened it, all of it as a file, and erasing it."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quizzes.forms.people.erasing import EraseForm
from quizzes.selectors.teaching.erasing import hindrances
from quizzes.selectors.teaching.openings import openings_page
from quizzes.selectors.teaching.own_data_file import own_data_name, own_data_zip
from quizzes.services.teaching.erasing import NotYetError, erase_person
from quizzes.views.people.accounts import signed_in


@require_GET
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """What is kept, and what the person can do with it."""
    about = {"keep_days": settings.KEEP_DAYS, "asked": "asked" in request.GET}
    return render(request, "account/data.html", about)


@require_GET
@never_cache
def openings(request: HttpRequest) -> HttpResponse:
    """Who of the staff opened what is kept of the person."""
    wanted = request.GET.get("page", "1")
    lines, pages = openings_page(signed_in(request), int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1)
    return render(request, "account/openings.html", {"lines": lines, "pages": pages, "keep_days": settings.KEEP_DAYS})


@require_POST
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """All of it as a ZIP, sent while it is made; after some minutes the password is asked for once more."""
    user, now = signed_in(request), timezone.now()
    if is_reauthentication_required(request, app="account"):
        query = urlencode({"next": f"{reverse('own-data')}?asked=1"})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")
    headers = {"Content-Disposition": f'attachment; filename="{own_data_name(user, now=now)}"'}
    return StreamingHttpResponse(own_data_zip(user, now=now), content_type="application/zip", headers=headers)


@require_http_methods(["GET", "POST"])
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; posted with password and user name, everything of the person is gone."""
    user = signed_in(request)
    reasons = hindrances([user])
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and not reasons and form.is_valid():
        try:
            erase_person(user=user)
        except NotYetError as error:
            reasons = error.reasons
        else:
            logout(request)
            messages.success(request, _("Your account is erased, with all that was kept of you."))
            return HttpResponseRedirect(reverse("sign-in"))
    status = 422 if request.method == "POST" else 200
    about = {"reasons": reasons, "form": form, "keep_days": settings.KEEP_DAYS}
    return render(request, "account/erase.html", about, status=status)
