"""What holds for one student instead of for all: looked at by all who teach the class, changed by its instructors."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.forms.teaching.accommodations import GrantForm
from quizzes.models import AccessRecord, Cohort, Enrolment
from quizzes.selectors.teaching.accommodations import AccommodationsPage, Granted, accommodations_page, read_granted
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.student_page import find_enrolment
from quizzes.services.teaching.accommodations import grant, revoke
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited, opened, taught


@require_http_methods(["GET", "POST"])
@never_cache
def accommodations(request: HttpRequest, pk: int, public_id: UUID) -> HttpResponse:
    """What is granted to a student; a form for each place where something can be."""
    if request.method == "POST":
        cohort = edited(request, pk)
        return _grant(request, cohort, _student(cohort, public_id), public_id)
    cohort = taught(request, pk)
    enrolment = _student(cohort, public_id)
    opened(request, enrolment.user, AccessRecord.What.ACCOMMODATIONS, cohort)
    return _page(request, _read(request, cohort, enrolment, public_id), None)


def _student(cohort: Cohort, public_id: UUID) -> Enrolment:
    found = find_enrolment(cohort, public_id)
    if found is None:
        raise Http404("no such student in this class")
    return found


def _grant(request: HttpRequest, cohort: Cohort, enrolment: Enrolment, public_id: UUID) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    zone, student = zone_of(user), enrolment.user
    places = read_granted(cohort, student.pk, zone, now=now)
    place = next((one for one in places if one.key == request.POST.get("place")), None)
    if place is None:
        raise Http404("no such assignment or quiz in this class")
    if request.POST.get("do") == "revoke":
        revoke(cohort=cohort, user=student, thing=place.thing)
        messages.success(request, _("%s: what holds for all holds for this student too.") % place.title)
        return HttpResponseRedirect(request.path)
    form = GrantForm(request.POST, place=place, zone=zone)
    if not form.is_valid():
        return _page(request, _read(request, cohort, enrolment, public_id), form)
    grant(cohort=cohort, user=student, thing=place.thing, given=form.given(), by=user, now=now)
    messages.success(request, _("%s: saved.") % place.title)
    return HttpResponseRedirect(request.path)


def _read(request: HttpRequest, cohort: Cohort, enrolment: Enrolment, public_id: UUID) -> AccommodationsPage:
    return accommodations_page(signed_in(request), cohort, enrolment, public_id, now=timezone.now())


def _page(request: HttpRequest, page: AccommodationsPage, wrong: GrantForm | None) -> HttpResponse:
    """All places with their forms; of one that was filled in wrongly, that form."""

    def form_of(place: Granted) -> GrantForm:
        is_wrong = wrong is not None and wrong.place.key == place.key
        return wrong if wrong is not None and is_wrong else GrantForm(place=place, zone=page.zone)

    rows = [(place, form_of(place)) for place in page.places]
    about = {"page": page, "head": page.head, "rows": rows, "wrong": wrong, "zone": page.zone.key}
    return render(request, "teaching/accommodations.html", about)
