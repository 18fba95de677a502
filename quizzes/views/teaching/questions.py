"""The questions of a class: how each is answered, what may be wrong, the figures as files."""

import uuid
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.formats.spreadsheet import csv_lines
from quizzes.formats.workbooks import workbook
from quizzes.models import CardStatistics, Cohort, Deck
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.asked import new_client_id
from quizzes.selectors.teaching.question_export import option_rows, question_rows
from quizzes.selectors.teaching.question_list import WantedQuestions, question_list
from quizzes.selectors.teaching.question_page import find_statistics, question_page
from quizzes.services.teaching.sending_figures import send_to_editor
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import taught

LONGEST_SEARCH = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """All questions of a class."""
    page = question_list(signed_in(request), taught(request, pk), _wanted(request), now=timezone.now())
    return render(request, "teaching/questions.html", {"page": page, "head": page.head})


@require_http_methods(["GET", "POST"])
@never_cache
def question(request: HttpRequest, pk: int, card_id: int) -> HttpResponse:
    """One question; posting sends it with its figures to the editors."""
    cohort = taught(request, pk)
    row = _found(request, cohort, card_id)
    if request.method == "POST":
        _send(request, row)
        return HttpResponseRedirect(f"{request.path}#sent")
    page = question_page(signed_in(request), cohort, row, now=timezone.now())
    about = {"page": page, "head": page.head, "form_id": new_client_id()}
    return render(request, "teaching/question.html", about)


@require_GET
@never_cache
def questions_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The item analysis as CSV, sent while it is made."""
    cohort = taught(request, pk)
    rows = csv_lines(question_rows(cohort, _decks(request, cohort)))
    headers = _as_file(cohort, "csv")
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@never_cache
def questions_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook, with the distractor tables on a second sheet."""
    cohort = taught(request, pk)
    decks = _decks(request, cohort)
    sheets: dict[str, Iterable[Sequence[object]]] = {
        "questions": question_rows(cohort, decks),
        "answer choices": option_rows(cohort, decks),
    }
    return HttpResponse(workbook(sheets), content_type=XLSX, headers=_as_file(cohort, "xlsx"))


def _found(request: HttpRequest, cohort: Cohort, card_id: int) -> CardStatistics:
    row = find_statistics(signed_in(request), cohort, card_id)
    if row is None:
        raise Http404("nobody in this class has answered such a card")
    return row


def _send(request: HttpRequest, row: CardStatistics) -> None:
    try:
        client_id = uuid.UUID(request.POST.get("form_id", ""))
    except ValueError as error:
        raise Http404("the form was not sent from its page") from error
    said = request.POST.get("message", "")
    send_to_editor(user=signed_in(request), row=row, message=said, client_id=client_id, now=timezone.now())
    messages.success(request, _("Sent to the editors with its figures. Their answer will stand on this page."))


def _decks(request: HttpRequest, cohort: Cohort) -> list[Deck]:
    return list(visible_decks(signed_in(request)).filter(cohorts=cohort))


def _wanted(request: HttpRequest) -> WantedQuestions:
    """What the address asks for; nonsense in it is left out."""
    given, page = request.GET, request.GET.get("page", "1")
    texts = {name: given.get(name, "")[:LONGEST_SEARCH] for name in ("show", "section", "deck")}
    return WantedQuestions(
        sort=given.get("sort", "look")[:LONGEST_SEARCH],
        **texts,
        search=given.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def _as_file(cohort: Cohort, ending: str) -> dict[str, str]:
    name = f"{slugify(cohort.name) or 'class'}-{slugify(_('questions'))}-{timezone.now():%Y-%m-%d}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
