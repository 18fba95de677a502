"""Taking a quiz: its page, the questions, the end, the review. Every step is a form; scripts make it better."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quizzes.models import Attempt
from quizzes.selectors.access import own_quizzes
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.scopes import Scope
from quizzes.selectors.teaching.attempt_pages import attempt_page, find_attempt
from quizzes.selectors.teaching.own_quiz import attempt_url, own_quiz_page, tells
from quizzes.selectors.teaching.review_pages import review_page
from quizzes.services.study.joining import open_deck
from quizzes.services.teaching.attempting import (
    ExcusedError,
    NoAttemptsLeftError,
    NotOpenError,
    end_if_over,
    start_attempt,
    submit_attempt,
)
from quizzes.services.teaching.forming import NotEnoughQuestionsError
from quizzes.views.people.accounts import signed_in


@require_GET
@never_cache
def own_quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """What a quiz is, what state it is in for this student, and the button that starts it."""
    user, now = signed_in(request), timezone.now()
    quiz = get_object_or_404(own_quizzes(user).select_related("cohort"), pk=pk)
    running = Attempt.objects.filter(quiz=quiz, user=user, submitted_at=None).first()
    if running is not None:
        end_if_over(attempt=running, now=now)
    return render(request, "teaching/own_quiz.html", {"page": own_quiz_page(user, quiz, now=now)})


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start an attempt, or go on with the one under way."""
    user = signed_in(request)
    quiz = get_object_or_404(own_quizzes(user), pk=pk)
    try:
        attempt = start_attempt(quiz=quiz, user=user, now=timezone.now())
    except (NotOpenError, ExcusedError):
        messages.warning(request, _("This quiz cannot be started now. Nothing was begun."))
    except NoAttemptsLeftError:
        messages.warning(request, _("You have used all your attempts at this quiz."))
    except NotEnoughQuestionsError:
        messages.error(request, _("The questions of this quiz could not be made. Tell your instructor."))
    else:
        return HttpResponseRedirect(attempt_url(attempt))
    return HttpResponseRedirect(reverse("own-quiz", args=[pk]))


def own_attempt(request: HttpRequest, public_id: UUID) -> Attempt:
    """The person's own attempt, ended first if its time is over; else 404."""
    attempt = find_attempt(signed_in(request), public_id)
    if attempt is None:
        raise Http404("no such attempt of this person")
    return end_if_over(attempt=attempt, now=timezone.now())


def to_review(attempt: Attempt) -> HttpResponse:
    """On to what became of an attempt that was handed in."""
    return HttpResponseRedirect(reverse("attempt-review", args=[attempt.public_id]))


@require_http_methods(["GET", "POST"])
@never_cache
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is unanswered and flagged, and the button that hands in."""
    attempt = own_attempt(request, public_id)
    if request.method == "POST":
        submit_attempt(attempt=attempt, now=timezone.now())
    if request.method == "POST" or attempt.submitted_at is not None:
        return to_review(attempt)
    page = attempt_page(signed_in(request), attempt, now=timezone.now())
    return render(request, "teaching/attempt_end.html", {"page": page})


@require_GET
@never_cache
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An attempt that was handed in; one under way goes on instead."""
    attempt = own_attempt(request, public_id)
    if attempt.submitted_at is None:
        return HttpResponseRedirect(attempt_url(attempt))
    page = review_page(signed_in(request), attempt, now=timezone.now())
    return render(request, "teaching/attempt_review.html", {"page": page, "public_id": public_id})


@require_POST
def practice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Practise what was missed in an attempt, once that may be told."""
    attempt, now = own_attempt(request, public_id), timezone.now()
    if attempt.submitted_at is None or not tells(attempt.quiz, now=now):
        raise Http404("what was right is not told yet")
    open_deck(user=signed_in(request), deck=attempt.quiz.deck, now=now)
    return HttpResponseRedirect(session_url(str(Scope(attempt.quiz.deck.slug, "", 1, public_id))))
