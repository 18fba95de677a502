"""How the pages of classes find their class: what is not the person's own answers 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from quizzes.models import Cohort
from quizzes.selectors.access import edited_classes, taught_classes
from quizzes.views.people.accounts import signed_in

View = Callable[..., HttpResponse]


def taught(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may look at."""
    return get_object_or_404(taught_classes(signed_in(request)), pk=pk)


def edited(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may change."""
    return get_object_or_404(edited_classes(signed_in(request)), pk=pk)


def posted_to(page: str) -> Callable[[View], View]:
    """For what writes to a class: a GET, as after signing in again, leads to this page of the class instead."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:  # noqa: ANN401
            if request.method == "POST":
                return view(request, pk, **rest)
            return HttpResponseRedirect(reverse(page, args=[pk]))

        return guarded

    return decorate
