"""How the pages of classes find their class, and what is kept of who opens them.

What is not the person's own answers 404.
"""

import logging

from django.db import DatabaseError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from quizzes.models import Cohort, User
from quizzes.selectors.access import edited_classes, taught_classes
from quizzes.services.teaching.opening import note_download, note_list, note_opening
from quizzes.views.people.accounts import signed_in

logger = logging.getLogger(__name__)


def taught(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may look at."""
    return get_object_or_404(taught_classes(signed_in(request)), pk=pk)


def edited(request: HttpRequest, pk: int) -> Cohort:
    """A class that the person may change."""
    return get_object_or_404(edited_classes(signed_in(request)), pk=pk)


def opened(request: HttpRequest, person: User, what: str, cohort: Cohort | None = None, about: str = "") -> None:
    """Keep that a page about one person is opened now. A page does not fail since that could not be written."""
    try:
        note_opening(person=person, by=signed_in(request), what=what, cohort=cohort, about=about, now=timezone.now())
    except DatabaseError:
        logger.exception("that the record of person %s was opened could not be kept", person.pk)


def downloaded(request: HttpRequest, cohort: Cohort, name: str) -> None:
    """Keep that a file about all students of a class is taken out now; the same holds."""
    try:
        note_download(cohort=cohort, by=signed_in(request), name=name, now=timezone.now())
    except DatabaseError:
        logger.exception("that a file about class %s was taken out could not be kept", cohort.pk)


def listed(request: HttpRequest, cohort: Cohort) -> None:
    """Keep that the list of who falls behind is opened now; the same holds."""
    try:
        note_list(cohort=cohort, by=signed_in(request), now=timezone.now())
    except DatabaseError:
        logger.exception("that the list of who falls behind in class %s was opened could not be kept", cohort.pk)
