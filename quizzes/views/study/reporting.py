"""Reporting a question: the form, and what is sent with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.study.notices import done
from quizzes.selectors.study.reports import own_reports, report_page
from quizzes.services.study.asking import resume
from quizzes.services.teaching.reports import UnreadableReportError, WordlessReportError, report_problem
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import asked_in, text
from quizzes.views.study.session import posted
from quizzes.views.study.steps import broken, render_page, start_again, step


@posted
def report(request: HttpRequest) -> HttpResponse:
    """The form for the question of a page; once filled in, the report is kept and the session goes on."""
    user, now, asked = signed_in(request), timezone.now(), asked_in(request)
    if asked is None:
        return start_again(request, broken())
    kind, message, sent = text(request, "kind"), text(request, "message"), _sent_id(request)
    error = ""
    if sent is not None:
        try:
            report_problem(user=user, asked=asked, kind=kind, message=message, client_id=sent, now=now)
        except WordlessReportError:
            error = _("Nothing was sent yet. Say in a few words what is wrong.")
        except UnreadableReportError:
            error = _("Nothing was sent yet. Choose what is wrong.")
        else:
            desk, current = resume(user=user, scope=asked.scope, now=now)
            thanks = _("Thank you. An editor will look at it; “Your reports”, under your name, shows the answer.")
            return step(request, desk, current, asked.scope, done(thanks))
    desk, _current = resume(user=user, scope=asked.scope, now=now)
    said = {"kind": kind, "message": message, "error": error, "client_id": str(sent or "")}
    return render_page(request, report_page(desk, asked, **said))


@require_GET
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """What the person has reported, and what editors answered."""
    return render(request, "study/reports_student.html", {"reports": own_reports(signed_in(request))})


def _sent_id(request: HttpRequest) -> UUID | None:
    """The id issued with the form; None if the form was not sent yet."""
    try:
        return UUID(request.POST.get("report", ""))
    except ValueError:
        return None
