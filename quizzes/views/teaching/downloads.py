"""Files of a class: asked for, sent while they are made, or made by the worker and fetched."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.formats.large_workbooks import write_workbook
from quizzes.formats.spreadsheet import csv_parts
from quizzes.forms.teaching.downloads import DownloadForm
from quizzes.models import Cohort, Download
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.download_rows import WantedFile, file_name, file_rows, is_long, sheet_name
from quizzes.selectors.teaching.downloads import (
    about_file,
    downloads_page,
    file_line,
    find_download,
    find_under_way,
    name_of,
    stream_address,
    wanted_of,
)
from quizzes.services.teaching import downloading
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import downloaded, taught

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@never_cache
def downloads(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is to be had; posting asks for a file, which comes at once or is made by the worker."""
    cohort, user, now = taught(request, pk), signed_in(request), timezone.now()
    form = DownloadForm(request.POST) if request.method == "POST" else DownloadForm()
    if request.method == "POST" and form.is_valid():
        return _asked(request, cohort, form.wanted())
    page, head = downloads_page(user, cohort, now=now), class_head(user, cohort, now=now)
    return render(request, "teaching/downloads.html", {"page": page, "head": head, "form": form})


def _asked(request: HttpRequest, cohort: Cohort, wanted: WantedFile) -> HttpResponse:
    if not is_long(cohort, wanted):
        return HttpResponseRedirect(stream_address(cohort.pk, wanted))
    user = signed_in(request)
    try:
        download = downloading.ask_for(cohort=cohort, user=user, wanted=wanted, now=timezone.now())
    except downloading.OneAtATimeError:
        found = find_under_way(user)
        if found is None:
            return HttpResponseRedirect(reverse("class-downloads", args=[cohort.pk]))
        messages.info(request, _("This file of yours is under way. Wait for it or cancel it, then ask for the next."))
        download = found
    return HttpResponseRedirect(reverse("class-download", args=[download.cohort_id, download.pk]))


@require_GET
@never_cache
def now(request: HttpRequest, pk: int, what: str, ending: str) -> HttpResponseBase:
    """The file itself, sent while it is made; a long workbook is for the worker to make."""
    cohort, at = taught(request, pk), timezone.now()
    form = DownloadForm(
        {"what": what, "ending": ending, "who": request.GET.get("who"), "events": request.GET.get("events")}
    )
    if not form.is_valid():
        raise Http404("no such file")
    wanted = form.wanted()
    headers = {"Content-Disposition": f'attachment; filename="{file_name(cohort, wanted, at)}"'}
    rows = file_rows(signed_in(request), cohort, wanted, now=at)
    if wanted.ending == Download.Ending.CSV:
        downloaded(request, cohort, about_file(wanted))
        return StreamingHttpResponse(csv_parts(rows), content_type=CSV, headers=headers)
    if is_long(cohort, wanted):
        messages.info(request, _("This workbook takes longer. Ask for it here, and it is made beside the site."))
        return HttpResponseRedirect(reverse("class-downloads", args=[pk]))
    downloaded(request, cohort, about_file(wanted))
    out = io.BytesIO()
    write_workbook(out, sheet_name(wanted.what), rows)
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
@never_cache
def download(request: HttpRequest, pk: int, download_id: int) -> HttpResponse:
    """How far a file is; htmx asks for that part alone. Posting cancels it, or removes a finished one."""
    cohort, user, at = taught(request, pk), signed_in(request), timezone.now()
    found = _find(request, cohort, download_id)
    if request.method == "POST":
        downloading.forget(download=found)
        messages.info(request, _("The file is gone."))
        return HttpResponseRedirect(reverse("class-downloads", args=[pk]))
    line = file_line(found, user, now=at)
    if request.headers.get("HX-Request") == "true":
        return render(request, "teaching/_download.html", {"line": line, "cohort_id": pk})
    head = class_head(user, cohort, now=at)
    return render(request, "teaching/download.html", {"line": line, "head": head, "cohort_id": pk})


@require_GET
@never_cache
def file(request: HttpRequest, pk: int, download_id: int) -> HttpResponseBase:
    """A finished file, to whoever asked for it."""
    cohort = taught(request, pk)
    found = _find(request, cohort, download_id)
    path = downloading.find_file(found)
    if path is None:
        raise Http404("the file is not there")
    downloaded(request, cohort, about_file(wanted_of(found)))
    kind = XLSX if found.ending == Download.Ending.XLSX else CSV
    return FileResponse(path.open("rb"), as_attachment=True, filename=name_of(found), content_type=kind)


def _find(request: HttpRequest, cohort: Cohort, download_id: int) -> Download:
    found = find_download(signed_in(request), cohort, download_id)
    if found is None:
        raise Http404("no such file")
    return found
