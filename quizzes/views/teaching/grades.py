"""The gradebook of a class with its files, one student's grade, and a student's own grades."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.formats.spreadsheet import csv_lines, csv_text
from quizzes.formats.workbooks import workbook
from quizzes.forms.teaching.grades import GradeForm
from quizzes.models import AccessRecord, Cohort, Enrolment, GradeChange
from quizzes.selectors.teaching.grade_page import grade_page
from quizzes.selectors.teaching.gradebook import read_gradebook
from quizzes.selectors.teaching.gradebook_export import attempt_rows, grade_rows
from quizzes.selectors.teaching.gradebook_page import gradebook_page
from quizzes.selectors.teaching.gradebook_table import WantedGrades
from quizzes.selectors.teaching.grades import find_thing
from quizzes.selectors.teaching.own_grades import own_grades
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.student_page import find_enrolment
from quizzes.selectors.teaching.windows import Thing
from quizzes.services.teaching import grading
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import downloaded, edited, opened, taught

LONGEST_SEARCH = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
def gradebook(request: HttpRequest, pk: int) -> HttpResponse:
    """The gradebook of a class."""
    page = gradebook_page(signed_in(request), taught(request, pk), _wanted(request), now=timezone.now())
    return render(request, "teaching/grades.html", {"page": page, "head": page.head})


@require_GET
@never_cache
def grades_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The gradebook as CSV, a row for each student."""
    cohort, now = taught(request, pk), timezone.now()
    downloaded(request, cohort, "grades.csv")
    rows = grade_rows(read_gradebook(cohort, now=now))
    headers = _as_file(cohort, _("grades"), "csv")
    return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@never_cache
def grades_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The gradebook as a workbook: grades, and the attempts behind them."""
    cohort, now = taught(request, pk), timezone.now()
    downloaded(request, cohort, "grades.xlsx")
    sheets: dict[str, Iterable[Sequence[object]]] = {
        "grades": grade_rows(read_gradebook(cohort, now=now)),
        "attempts": attempt_rows(cohort, zone_of(signed_in(request))),
    }
    return HttpResponse(workbook(sheets), content_type=XLSX, headers=_as_file(cohort, _("grades"), "xlsx"))


@require_GET
@never_cache
def attempts_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every attempt at a quiz of the class as CSV, sent while it is made."""
    cohort = taught(request, pk)
    downloaded(request, cohort, "attempts.csv")
    rows = csv_lines(attempt_rows(cohort, zone_of(signed_in(request))))
    headers = _as_file(cohort, _("attempts"), "csv")
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@never_cache
def grade(request: HttpRequest, pk: int, public_id: UUID, kind: str, thing_id: int) -> HttpResponse:
    """One student's grade with its history; posting sets a mark by hand, excuses, or goes back to what was earned."""
    cohort = edited(request, pk) if request.method == "POST" else taught(request, pk)
    enrolment, thing = find_enrolment(cohort, public_id), find_thing(cohort.pk, kind, thing_id)
    if enrolment is None or thing is None:
        raise Http404("no such student or nothing of that kind in this class")
    form = GradeForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _change(request, form, enrolment, thing):
        return HttpResponseRedirect(request.path)
    page = grade_page(signed_in(request), cohort, enrolment, thing, now=timezone.now())
    opened(request, enrolment.user, AccessRecord.What.GRADE, cohort, thing.title)
    form = form or GradeForm(initial={"seen": page.seen})
    return render(request, "teaching/grade.html", {"page": page, "head": page.head, "form": form})


def _change(request: HttpRequest, form: GradeForm, enrolment: Enrolment, thing: Thing) -> bool:
    """Whether what the form says was done; if not, the form tells why."""
    about: dict[str, Any] = {
        "thing": thing,
        "user": enrolment.user,
        "reason": form.cleaned_data["reason"],
        "seen": form.cleaned_data["seen"],
        "by": signed_in(request),
        "now": timezone.now(),
    }
    try:
        match form.cleaned_data["do"]:
            case GradeChange.Kind.OVERRIDE:
                grading.set_mark(**about, mark=form.mark)
            case GradeChange.Kind.EXCUSE:
                grading.excuse(**about)
            case _:
                grading.restore_earned(**about)
    except grading.GradeChangedError:
        words = _("This grade was changed since you opened the page. Look at it below, then open the page again.")
        form.add_error(None, words)
        return False
    messages.success(request, _("Saved. The student sees it with your reason."))
    return True


@require_GET
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """The person's own grades, class by class."""
    classes = own_grades(signed_in(request), now=timezone.now())
    return render(request, "teaching/own_grades.html", {"classes": classes})


def _wanted(request: HttpRequest) -> WantedGrades:
    """What the address asks for; nonsense in it is left out."""
    given, page = request.GET, request.GET.get("page", "1")
    return WantedGrades(
        sort=given.get("sort", "name")[:LONGEST_SEARCH],
        show=given.get("show", "")[:LONGEST_SEARCH],
        group=given.get("group", "")[:LONGEST_SEARCH],
        search=given.get("q", "").strip()[:LONGEST_SEARCH],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def _as_file(cohort: Cohort, what: str, ending: str) -> dict[str, str]:
    name = f"{slugify(cohort.name) or 'class'}-{slugify(what) or ending}-{timezone.now():%Y-%m-%d}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
