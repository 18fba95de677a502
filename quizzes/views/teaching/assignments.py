"""Assignments of a class: made, changed, published, deleted, and who is where in them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.forms.teaching.assignments import AssignmentForm
from quizzes.models import Assignment, Cohort
from quizzes.selectors.teaching.assignment_page import assignment_head, assignment_page
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.people import zone_of
from quizzes.services.teaching import assignments as services
from quizzes.services.teaching.results import make_results
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.classes import wanted_in
from quizzes.views.teaching.doors import edited, taught

RESULTS_AT_ONCE = 20


def _find(cohort: Cohort, assignment_id: int) -> Assignment:
    return get_object_or_404(cohort.assignments.select_related("deck"), pk=assignment_id)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, assignment_id: int) -> HttpResponse:
    """An assignment: what matters, the picture, who is where. Results that the worker has not made yet are made."""
    cohort, now = taught(request, pk), timezone.now()
    assignment = _find(cohort, assignment_id)
    make_results(now=now, assignments=[assignment], most=RESULTS_AT_ONCE)
    page = assignment_page(signed_in(request), cohort, assignment, wanted_in(request), now=now)
    return render(request, "teaching/assignment.html", {"page": page, "head": page.head, "about": page.about})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an assignment, as a draft or published at once."""
    user, cohort, now = signed_in(request), edited(request, pk), timezone.now()
    form = AssignmentForm(request.POST or None, cohort=cohort, zone=zone_of(user), now=now)
    if not form.is_valid():
        return _form_page(request, cohort, form, "teaching/assignment_new.html")
    form_id = form.cleaned_data["form_id"]
    assignment = services.create_assignment(cohort=cohort, user=user, terms=form.terms(), now=now, form_id=form_id)
    if request.POST.get("do") == "publish":
        services.publish_assignment(assignment=assignment, now=now)
        messages.success(request, _("Published. The students of this class see it now."))
    else:
        messages.success(request, _("Saved as a draft. Students do not see it before you publish it."))
    return _to("class-assignment", assignment)


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest, pk: int, assignment_id: int) -> HttpResponse:
    """Change an assignment."""
    cohort, now = edited(request, pk), timezone.now()
    assignment = _find(cohort, assignment_id)
    zone = zone_of(signed_in(request))
    form = AssignmentForm(request.POST or None, cohort=cohort, zone=zone, now=now, assignment=assignment)
    if form.is_valid() and _change(assignment, form):
        messages.success(request, _("Saved."))
        return _to("class-assignment", assignment)
    return _form_page(request, cohort, form, "teaching/assignment_edit.html", assignment)


def _change(assignment: Assignment, form: AssignmentForm) -> bool:
    """Whether it could be changed; if not, the form says why."""
    try:
        services.change_assignment(assignment=assignment, terms=form.terms())
    except services.HasResultsError:
        said = _("Students have results by this already: deck, sections, what counts and the days needed stay.")
        form.add_error("counts", said)
        return False
    return True


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int, assignment_id: int) -> HttpResponse:
    """Show it to students, or take it back."""
    assignment = _find(edited(request, pk), assignment_id)
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            services.withdraw_assignment(assignment=assignment)
            messages.success(request, _("It is a draft again; students no longer see it."))
        else:
            services.publish_assignment(assignment=assignment, now=timezone.now())
            messages.success(request, _("Published. The students of this class see it now."))
    return _to("class-assignment", assignment)


@require_http_methods(["GET", "POST"])
@never_cache
def delete(request: HttpRequest, pk: int, assignment_id: int) -> HttpResponse:
    """Delete it for good, after asking once; with results it stays."""
    cohort = edited(request, pk)
    assignment = _find(cohort, assignment_id)
    if request.method == "POST":
        title = assignment.title
        try:
            services.delete_assignment(assignment=assignment)
        except services.HasResultsError:
            messages.error(request, _("It has results or marks set by hand, so it stays. You can withdraw it."))
            return _to("class-assignment", assignment)
        messages.success(request, _("“%s” is deleted.") % title)
        return HttpResponseRedirect(reverse("class", args=[pk]))
    user, now = signed_in(request), timezone.now()
    about = assignment_head(assignment, zone_of(user), now)
    return render(
        request, "teaching/assignment_delete.html", {"head": class_head(user, cohort, now=now), "about": about}
    )


def _form_page(
    request: HttpRequest, cohort: Cohort, form: AssignmentForm, template: str, assignment: Assignment | None = None
) -> HttpResponse:
    user = signed_in(request)
    head = class_head(user, cohort, now=timezone.now())
    return render(request, template, {"head": head, "form": form, "assignment": assignment, "zone": zone_of(user).key})


def _to(name: str, assignment: Assignment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[assignment.cohort_id, assignment.pk]))
