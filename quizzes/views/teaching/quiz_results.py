"""How a quiz went: its results, one attempt, and rulings on its questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.forms.teaching.grades import RulingForm
from quizzes.models import AccessRecord, Cohort, Quiz
from quizzes.selectors.teaching.attempt_reading import attempt_page, find_attempt
from quizzes.selectors.teaching.quiz_results import results_page
from quizzes.selectors.teaching.ruling_page import ruling_page
from quizzes.selectors.teaching.ruling_preview import effects_words
from quizzes.selectors.teaching.table import Wanted
from quizzes.services.teaching.attempting import end_overdue
from quizzes.services.teaching.regrading import RuledMeanwhileError, preview_ruling, rule
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited, opened, taught

LONGEST_SEARCH = 100


@require_GET
@never_cache
def results(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """How a quiz went, or how it goes."""
    cohort = taught(request, pk)
    every = request.GET.get("questions") == "all"
    quiz = _quiz(cohort, quiz_id)
    end_overdue(now=timezone.now(), quiz=quiz)
    page = results_page(signed_in(request), cohort, quiz, _wanted(request), every_question=every, now=timezone.now())
    return render(request, "teaching/quiz_results.html", {"page": page, "head": page.head})


@require_GET
@never_cache
def attempt(request: HttpRequest, pk: int, quiz_id: int, public_id: UUID) -> HttpResponse:
    """One submitted attempt with every answer choice, to be read only."""
    cohort = taught(request, pk)
    quiz = _quiz(cohort, quiz_id)
    end_overdue(now=timezone.now(), quiz=quiz)
    found = find_attempt(cohort, quiz, public_id)
    if found is None or found.submitted_at is None:
        raise Http404("no such attempt, or still under way")
    page = attempt_page(signed_in(request), cohort, quiz, found, now=timezone.now())
    opened(request, found.user, AccessRecord.What.ATTEMPT, cohort, quiz.title)
    return render(request, "teaching/attempt_staff.html", {"page": page, "head": page.head})


@require_http_methods(["GET", "POST"])
@never_cache
def ruling(request: HttpRequest, pk: int, quiz_id: int, item_hash: str) -> HttpResponse:
    """How one question counts: a ruling is shown with its effect first, and holds once that is confirmed."""
    cohort = edited(request, pk) if request.method == "POST" else taught(request, pk)
    quiz = _quiz(cohort, quiz_id)
    page = ruling_page(signed_in(request), cohort, quiz, item_hash, now=timezone.now())
    if page is None:
        raise Http404("no such question in this quiz")
    options = page.question.options
    begin: dict[str, Any] = {"seen": page.seen, "kind": page.kind, "accepted": page.accepted}
    form = RulingForm(request.POST or None, options=options, initial=begin)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "rule" and _rule(request, quiz, form, item_hash):
            return HttpResponseRedirect(reverse("class-quiz-results", args=[cohort.pk, quiz.pk]))
        if not form.errors:
            effects = preview_ruling(quiz=quiz, decision=form.decision(item_hash))
            preview = effects_words(cohort, quiz, item_hash, effects, form.decision(item_hash))
    about = {"page": page, "head": page.head, "form": form, "preview": preview}
    return render(request, "teaching/ruling.html", about)


def _rule(request: HttpRequest, quiz: Quiz, form: RulingForm, item_hash: str) -> bool:
    """Whether the ruling holds now; if not, the form tells why."""
    about: dict[str, Any] = {name: form.cleaned_data[name] for name in ("reason", "seen")}
    try:
        effects = rule(quiz=quiz, decision=form.decision(item_hash), **about, by=signed_in(request), now=timezone.now())
    except RuledMeanwhileError:
        words = _("Somebody has ruled on a question of this quiz since you opened the page. Open it again and look.")
        form.add_error(None, words)
        return False
    said = ngettext(
        "The quiz is marked anew: the mark of %d student changed.",
        "The quiz is marked anew: the marks of %d students changed.",
        len(effects),
    )
    messages.success(request, said % len(effects))
    return True


def _quiz(cohort: Cohort, quiz_id: int) -> Quiz:
    """A published quiz of the class."""
    return get_object_or_404(Quiz.objects.select_related("deck"), cohort=cohort, pk=quiz_id, published_at__isnull=False)


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; nonsense in it is left out."""
    given, page = request.GET, request.GET.get("page", "1")
    return Wanted(
        sort=given.get("sort", "name")[:LONGEST_SEARCH],
        show=given.get("show", "")[:LONGEST_SEARCH],
        search=given.get("q", "").strip()[:LONGEST_SEARCH],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
