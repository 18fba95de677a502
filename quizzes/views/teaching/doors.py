"""How the pages of classes find their class: what is not the person's own answers 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from quizzes.models import Cohort
from quizzes.selectors.access import edited_classes, taught_classes
from quizzes.views.people.accounts import signed_in


def taught(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may look at."""
    return get_object_or_404(taught_classes(signed_in(request)), pk=pk)


def edited(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may change."""
    return get_object_or_404(edited_classes(signed_in(request)), pk=pk)
