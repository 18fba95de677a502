"""What a student has to do for their classes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.access import own_assignments
from quizzes.selectors.teaching.own_assignment import own_assignment_page
from quizzes.selectors.teaching.own_work import own_work
from quizzes.selectors.teaching.work_page import work_page
from quizzes.services.teaching.results import make_results
from quizzes.views.people.accounts import signed_in


@require_GET
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """All assignments and quizzes of the person's classes."""
    now = timezone.now()
    return render(request, "teaching/work_student.html", {"page": work_page(own_work(signed_in(request), now))})


@require_GET
@never_cache
def assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One assignment of the person. A result that the worker has not made yet is made."""
    user, now = signed_in(request), timezone.now()
    found = get_object_or_404(own_assignments(user).select_related("cohort", "deck"), pk=assignment_id)
    make_results(now=now, assignments=[found], user_ids=[user.pk])
    page = own_assignment_page(user, found, now=now)
    if page is None:
        raise Http404("it had closed before the person joined its class")
    return render(request, "teaching/assignment_student.html", {"page": page, "line": page.line})
