"""The questions of an attempt: shown, answered by a form or by a script, reported."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.models import Response
from quizzes.selectors.teaching.attempt_pages import attempt_page, find_response, kept_on_page
from quizzes.selectors.teaching.attempt_report import attempt_report_page
from quizzes.services.teaching.attempting import (
    AttemptOverError,
    Given,
    LockedResponseError,
    NothingToCheckError,
    StaleResponseError,
    UnreadableResponseError,
    check_response,
    save_response,
)
from quizzes.services.teaching.reports import WordlessReportError, report_problem
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import number, text
from quizzes.views.teaching.attempts import own_attempt, to_review

MOST_OPTIONS = 8
REFUSALS = (StaleResponseError, LockedResponseError, NothingToCheckError)
Save = Callable[..., Response]


@require_http_methods(["GET", "POST"])
@never_cache
def question(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """One question; its form saves the answer and leads on."""
    attempt = own_attempt(request, public_id)
    if request.method == "POST":
        return _answered(request, public_id, position)
    if attempt.submitted_at is not None:
        return to_review(attempt)
    page = attempt_page(signed_in(request), attempt, position=position, now=timezone.now())
    if page is None:
        raise Http404("the attempt has no such question")
    return render(request, "teaching/attempt.html", {"page": page})


def _answered(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """Save what the form says, and go on to where its button leads; what is refused leads to the question again."""
    service: Save = check_response if "check" in request.POST else save_response
    try:
        _write(request, public_id, position, service)
    except AttemptOverError:
        messages.warning(request, over_words())
        return HttpResponseRedirect(reverse("attempt-review", args=[public_id]))
    except (*REFUSALS, UnreadableResponseError) as refused:
        messages.warning(request, _refusal_words(refused))
        return HttpResponseRedirect(reverse("attempt-question", args=[public_id, position]))
    if request.POST.get("go") == "end":
        return HttpResponseRedirect(reverse("attempt-end", args=[public_id]))
    return HttpResponseRedirect(reverse("attempt-question", args=[public_id, number(request, "go") or position]))


def _refusal_words(refused: Exception) -> str:
    if isinstance(refused, StaleResponseError):
        return stale_words()
    if isinstance(refused, LockedResponseError):
        return locked_words()
    if isinstance(refused, NothingToCheckError):
        return _("Choose an answer first. Then you can have it checked.")
    return _("That was no answer to this question, so nothing was saved. Choose one below.")


@require_http_methods(["GET", "POST"])
@never_cache
def save(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """The same for scripts: what is kept, 409 with it if this page's is refused, 410 when the attempt is over."""
    now = timezone.now()
    try:
        if request.method == "POST":
            kept = _write(request, public_id, position, save_response)
        else:
            kept = find_response(signed_in(request), public_id, position)
        return JsonResponse(kept_on_page(kept, now=now))
    except REFUSALS as refused:
        return JsonResponse({**kept_on_page(refused.kept, now=now), "said": _refusal_words(refused)}, status=409)
    except UnreadableResponseError:
        return JsonResponse({}, status=400)
    except AttemptOverError:
        return JsonResponse({"url": reverse("attempt-end", args=[public_id])}, status=410)
    except Response.DoesNotExist as error:
        raise Http404("no such question of this person") from error


def _write(request: HttpRequest, public_id: UUID, position: int, service: Save) -> Response:
    return service(
        user=signed_in(request),
        public_id=public_id,
        position=position,
        given=given_in(request),
        seen_revision=number(request, "revision") or 0,
        now=timezone.now(),
    )


def given_in(request: HttpRequest) -> Given:
    """The whole state of the question on the page, and what its pressed button changes in it."""
    struck = {int(one) for one in request.POST.getlist("struck")[:MOST_OPTIONS] if one in "01234567" and one}
    pressed = number(request, "strike")
    flagged = request.POST.get("flagged") == "1"
    return Given(
        place=None if "clear" in request.POST else number(request, "choice"),
        certainty=number(request, "certainty"),
        struck=frozenset(struck if pressed is None else struck ^ {pressed}),
        flagged=not flagged if "flag" in request.POST else flagged,
        elapsed_ms=number(request, "elapsed_ms"),
    )


def stale_words() -> str:
    """Why a page was refused that is older than what is kept."""
    return _("You answered this question in another tab or on another device. The answer kept is shown.")


def locked_words() -> str:
    """Why an answer was refused that had been checked."""
    return _("You have had this question checked, so its answer stands.")


def over_words() -> str:
    """Why an answer came too late."""
    return _("The attempt was over when this answer came, so it could not be saved.")


@require_http_methods(["GET", "POST"])
@never_cache
def report(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """The form on which a question of the review is reported; once sent it leads back there."""
    user, attempt = signed_in(request), own_attempt(request, public_id)
    page = attempt_report_page(attempt, position, now=timezone.now())
    if page is None:
        raise Http404("there is nothing to report yet")
    if request.method == "POST":
        said = {"kind": text(request, "kind"), "message": text(request, "message")}
        try:
            sent = UUID(request.POST.get("report", ""))
            report_problem(user=user, asked=page.asked, answer=page.answer, client_id=sent, now=timezone.now(), **said)
        except WordlessReportError:
            page = page.again(error=_("Nothing was sent yet. Say in a few words what is wrong."), **said)
        except ValueError:
            page = page.again(error=_("Nothing was sent yet. Choose what is wrong."), **said)
        else:
            thanks = _("Thank you. An editor will look at it; “Your reports”, under your name, shows the answer.")
            messages.success(request, thanks)
            return to_review(attempt)
    return render(request, "teaching/attempt_report.html", {"page": page})
