"""Students brought into a class by a list: sent, looked at, confirmed; and those invited who have not come yet."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.core.roster_plans import Outcome
from quizzes.formats.errors import TableError
from quizzes.formats.spreadsheet import csv_text
from quizzes.forms.teaching.roster import RosterForm
from quizzes.models import Cohort, Invitation, RosterUpload
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.roster import find_roster, waiting_invitations
from quizzes.selectors.teaching.roster_page import invitations_page, roster_page
from quizzes.services.people.invitations import InvitationGoneError, invite_afresh, revoke
from quizzes.services.teaching import roster as services
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited


@require_http_methods(["GET", "POST"])
@never_cache
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """A list to be sent, and who was invited and has not come. What is sent is kept and looked at first."""
    cohort, user, now = edited(request, pk), signed_in(request), timezone.now()
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if request.method == "POST" and not cohort.archived_at and form.is_valid():
        name, data = form.sent()
        upload = services.keep_roster(cohort=cohort, name=name, data=data, by=user, now=now)
        return HttpResponseRedirect(reverse("class-roster-upload", args=[pk, upload.pk]))
    waiting = invitations_page(user, cohort, now=now)
    about = {"form": form, "waiting": waiting, "links": any(one.path for one in waiting)}
    return _page(request, cohort, "roster", about)


@require_http_methods(["GET", "POST"])
@never_cache
def upload(request: HttpRequest, pk: int, upload_id: int) -> HttpResponse:
    """What a list would do; confirmed, it is done. After that the page says what became of it."""
    cohort = edited(request, pk)
    kept = find_roster(signed_in(request), cohort, upload_id)
    if kept is None:
        raise Http404("no such list")
    if request.method == "POST" and request.POST.get("do") == "cancel":
        services.forget_roster(upload=kept)
        messages.info(request, _("Nobody was enrolled or invited, and the list is forgotten."))
        return HttpResponseRedirect(reverse("class-roster", args=[pk]))
    if request.method == "POST" and _confirmed(request, kept):
        return HttpResponseRedirect(reverse("class-roster-upload", args=[pk, kept.pk]))
    return _page(request, cohort, "roster_upload", {"page": roster_page(cohort, kept, now=timezone.now())})


def _confirmed(request: HttpRequest, kept: RosterUpload) -> bool:
    """Whether it was done, now or before; else a notice says why not."""
    version, base_url = request.POST.get("version", ""), request.build_absolute_uri("/")
    try:
        done = services.enrol_roster(upload=kept, version=version, base_url=base_url, now=timezone.now())
    except services.StaleRosterError:
        said = _("Something has changed since you looked at the list. This is what would become of it now.")
        messages.warning(request, said)
        return False
    except services.ArchivedClassError:
        messages.error(request, _("This class is in the archive. Take it out first, in its settings."))
        return False
    except TableError:
        return False
    counts = done.result["counts"]
    enrolled, invited = counts[Outcome.ENROLLED], counts[Outcome.INVITED]
    said = ngettext("%d student is enrolled", "%d students are enrolled", enrolled) % enrolled
    rest = ngettext("%d is invited.", "%d are invited.", invited) % invited
    messages.success(request, f"{said}, {rest}")
    return True


@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Invitations sent again, or taken back."""
    cohort, now = edited(request, pk), timezone.now()
    if request.method == "POST":
        ids = [int(one) for one in request.POST.getlist("invitation") if one.isdecimal() and len(one) < 19]
        chosen = list(waiting_invitations(cohort).filter(pk__in=ids))
        take_back = request.POST.get("do") == "revoke"
        if not chosen:
            messages.error(request, _("Tick those who are meant first."))
        elif take_back or not cohort.archived_at:
            base_url = request.build_absolute_uri("/")
            count = sum(_changed(one, "" if take_back else base_url, now) for one in chosen)
            messages.success(request, _changed_words(count, take_back=take_back))
    return HttpResponseRedirect(reverse("class-roster", args=[pk]))


def _changed(invitation: Invitation, base_url: str, now: datetime) -> bool:
    """Whether it was still to be changed, sent again or without an address taken back: it may just have been used."""
    try:
        if base_url:
            invite_afresh(invitation=invitation, base_url=base_url, now=now)
        else:
            revoke(invitation=invitation, now=now)
    except InvitationGoneError:
        return False
    return True


def _changed_words(count: int, *, take_back: bool) -> str:
    if take_back:
        return ngettext("%d link no longer works.", "%d links no longer work.", count) % count
    return ngettext("%d link works for 14 more days.", "%d links work for 14 more days.", count) % count


@require_GET
@never_cache
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to be handed out, as CSV; where the site sends e-mail there are none."""
    cohort, now = edited(request, pk), timezone.now()
    rows: list[list[object]] = [[_("name"), _("e-mail address"), _("student number"), _("group"), _("link")]]
    rows += [
        [one.name, one.email, one.number, one.group, request.build_absolute_uri(one.path)]
        for one in invitations_page(signed_in(request), cohort, now=now)
        if one.path
    ]
    name = f"{slugify(cohort.name) or 'class'}-links-{now:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _page(request: HttpRequest, cohort: Cohort, name: str, about: dict[str, Any]) -> HttpResponse:
    head = class_head(signed_in(request), cohort, now=timezone.now())
    return render(request, f"teaching/{name}.html", {"head": head, **about})
