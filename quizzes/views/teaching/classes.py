"""The list of classes, a class, a student of it, and its table as a file."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.formats.spreadsheet import csv_text
from quizzes.forms.teaching.classes import JoinForm
from quizzes.models import AccessRecord
from quizzes.selectors.teaching.behind_page import behind_page
from quizzes.selectors.teaching.class_page import class_page
from quizzes.selectors.teaching.classes import classes_page
from quizzes.selectors.teaching.export import table_rows
from quizzes.selectors.teaching.student_page import find_enrolment, student_page
from quizzes.selectors.teaching.table import Wanted
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import downloaded, listed, opened, taught

LONGEST_SEARCH = 100


@require_GET
@never_cache
def classes(request: HttpRequest) -> HttpResponse:
    """The classes that the person teaches and is a student of."""
    page = classes_page(signed_in(request), now=timezone.now())
    return render(request, "teaching/classes.html", {"page": page, "form": JoinForm()})


@require_GET
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A class: what matters, the picture, the table."""
    page = class_page(signed_in(request), taught(request, pk), wanted_in(request), now=timezone.now())
    return render(request, "teaching/class.html", {"page": page, "head": page.head})


@require_GET
@never_cache
def behind(request: HttpRequest, pk: int) -> HttpResponse:
    """Who falls behind, and why."""
    cohort = taught(request, pk)
    page = behind_page(signed_in(request), cohort, now=timezone.now())
    listed(request, cohort)
    return render(request, "teaching/behind.html", {"page": page, "head": page.head})


@require_GET
@never_cache
def student(request: HttpRequest, pk: int, public_id: UUID) -> HttpResponse:
    """One student of the class."""
    cohort = taught(request, pk)
    enrolment = find_enrolment(cohort, public_id)
    if enrolment is None:
        raise Http404("no such student in this class")
    page = student_page(signed_in(request), cohort, enrolment, wanted_in(request).on, now=timezone.now())
    opened(request, enrolment.user, AccessRecord.What.STUDENT, cohort)
    return render(request, "teaching/student.html", {"page": page, "head": page.head})


@require_GET
@never_cache
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The class's table as CSV."""
    cohort, now = taught(request, pk), timezone.now()
    rows = table_rows(signed_in(request), cohort, now=now)
    downloaded(request, cohort, "table.csv")
    name = f"{slugify(cohort.name) or 'class'}-{now:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)


def wanted_in(request: HttpRequest) -> Wanted:
    """What the address asks for; nonsense in it is left out."""
    given, page = request.GET, request.GET.get("page", "1")
    return Wanted(
        sort=given.get("sort", "name")[:LONGEST_SEARCH],
        show=given.get("show", "")[:LONGEST_SEARCH],
        group=given.get("group", "")[:LONGEST_SEARCH],
        search=given.get("q", "").strip()[:LONGEST_SEARCH],
        view=given.get("view", ""),
        on=given.get("on", "")[:LONGEST_SEARCH],
        cells=given.get("cells", "")[:LONGEST_SEARCH],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
