"""Quizzes of a class for those who teach it: listed, made, changed, looked at, published.

What is only ever posted leads to the quiz when it is opened, as after signing in again.
"""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.forms.teaching.fields import usual_window
from quizzes.forms.teaching.quizzes import NewQuizForm, QuizForm, RowFormSet, as_typed, row_forms
from quizzes.models import Cohort, Deck, Quiz
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.quiz_editor import Offer, read_offer
from quizzes.selectors.teaching.quiz_list import quiz_lines
from quizzes.selectors.teaching.quiz_page import quiz_page
from quizzes.selectors.teaching.quiz_preview import preview_page
from quizzes.services.teaching import quizzes as services
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited, taught


@require_GET
@never_cache
def quizzes(request: HttpRequest, pk: int) -> HttpResponse:
    """The quizzes of the class."""
    cohort, now = taught(request, pk), timezone.now()
    lines = quiz_lines(cohort, zone_of(signed_in(request)), now=now)
    return render(request, "teaching/quizzes.html", {"head": _head(request, cohort), "lines": lines})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a quiz of one of the class's decks; of several the address names one, or the page asks."""
    cohort, user = edited(request, pk), signed_in(request)
    head = _head(request, cohort)
    deck = _deck(head, request.GET.get("deck", ""))
    if deck is None:
        return render(request, "teaching/quiz_deck.html", {"head": head})
    offer, zone = read_offer(deck), zone_of(user)
    if request.method != "POST" or "more" in request.POST:
        said, rows = as_typed(request.POST, NewQuizForm) if request.POST else ({}, [_ANY])
        form = NewQuizForm(initial=usual_window(zone, timezone.now(), days=USUAL_DAYS) | said, zone=zone)
        return _form_page(request, head, offer, form, row_forms(None, offer.choices, rows, more=_more(request)))
    form, lines = NewQuizForm(request.POST, zone=zone), row_forms(request.POST, offer.choices, [])
    if not _both_valid(form, lines):
        return _form_page(request, head, offer, form, lines)
    made = services.create_quiz(
        user=user,
        cohort=cohort,
        deck=deck,
        plan=form.plan(lines.lines()),
        seed=_seed(),
        now=timezone.now(),
        form_id=form.cleaned_data["form_id"],
    )
    return _to("class-quiz-pick" if made.picking == Quiz.Picking.PICKED else "class-quiz", made)


USUAL_DAYS = 7
_ANY = {"number": 10, "section": "", "direction": "", "closeness": "mixed"}


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """Change a quiz."""
    quiz = edited_quiz(request, pk, quiz_id)
    offer, zone, head = read_offer(quiz.deck, quiz), zone_of(signed_in(request)), _head(request, quiz.cohort)
    if request.method != "POST" or "more" in request.POST:
        said, rows = as_typed(request.POST, QuizForm) if request.POST else ({}, quiz.blueprint)
        form = QuizForm(initial=said, zone=zone, quiz=quiz)
        return _form_page(request, head, offer, form, row_forms(None, offer.choices, rows, more=_more(request)), quiz)
    form = QuizForm(request.POST, zone=zone, quiz=quiz)
    lines = row_forms(request.POST, offer.choices, quiz.blueprint)
    if not (form.is_valid() if quiz.frozen_at else _both_valid(form, lines)):
        return _form_page(request, head, offer, form, lines, quiz)
    try:
        services.change_quiz(quiz=quiz, plan=form.plan([] if quiz.frozen_at else lines.lines()))
    except services.FrozenQuizError:
        messages.error(request, _("The quiz has opened meanwhile: its questions can no longer change."))
        return _to("class-quiz-edit", quiz)
    except services.UnfitQuizError as error:
        for reason in error.reasons:
            form.add_error(None, reason)
        return _form_page(request, head, offer, form, lines, quiz)
    messages.success(request, _("Saved."))
    return _to("class-quiz", quiz)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """A quiz: where it stands, what it asks, and what can be done with it."""
    quiz = taught_quiz(request, pk, quiz_id)
    page = quiz_page(signed_in(request), quiz, now=timezone.now())
    return render(request, "teaching/quiz.html", {"head": _head(request, quiz.cohort), "page": page})


@require_http_methods(["GET", "POST"])
@never_cache
def preview(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """Every question of a form with answers and reasons; others drawn in their place, by those who may change it."""
    if request.method == "POST":
        quiz = edited_quiz(request, pk, quiz_id)
        try:
            services.draw_again(quiz=quiz, seed=_seed())
        except services.FrozenQuizError:
            messages.error(request, _("The quiz has opened: its questions can no longer change."))
        except services.UnfitQuizError as error:
            messages.error(request, " ".join(error.reasons))
        else:
            messages.success(request, _("Drawn again."))
        return _to("class-quiz-preview", quiz)
    quiz, number = taught_quiz(request, pk, quiz_id), request.GET.get("form", "")
    page = preview_page(quiz, int(number) if number.isdecimal() and len(number) < 3 else 1)
    about = {"head": _head(request, quiz.cohort), "quiz": quiz, "page": page}
    return render(request, "teaching/quiz_preview.html", about)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """Let students see it, or take it back."""
    quiz = edited_quiz(request, pk, quiz_id)
    if request.method != "POST":
        return _to("class-quiz", quiz)
    if request.POST.get("do") == "withdraw":
        _withdraw(request, quiz)
        return _to("class-quiz", quiz)
    try:
        services.publish_quiz(quiz=quiz, now=timezone.now())
    except services.OverQuizError:
        messages.error(request, _("It would have closed already. Give it a later end first."))
    except services.UnfitQuizError as error:
        messages.error(request, " ".join([_("It cannot be published yet."), *error.reasons]))
    else:
        messages.success(request, _("Published: the students of the class see it."))
    return _to("class-quiz", quiz)


def _withdraw(request: HttpRequest, quiz: Quiz) -> None:
    try:
        services.withdraw_quiz(quiz=quiz)
    except services.StartedQuizError:
        messages.error(request, _("Somebody has started it, so it stays. You can close it earlier instead."))
    else:
        messages.success(request, _("A draft again: students do not see it."))


@require_http_methods(["GET", "POST"])
@never_cache
def delete(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """Delete a draft, after asking once."""
    quiz = edited_quiz(request, pk, quiz_id)
    if request.method != "POST":
        return render(request, "teaching/quiz_delete.html", {"head": _head(request, quiz.cohort), "quiz": quiz})
    try:
        services.delete_quiz(quiz=quiz)
    except services.PublishedQuizError:
        messages.error(request, _("It is published. Withdraw it first."))
        return _to("class-quiz", quiz)
    messages.success(request, _("%s is deleted.") % quiz.title)
    return HttpResponseRedirect(reverse("class-quizzes", args=[pk]))


def taught_quiz(request: HttpRequest, pk: int, quiz_id: int) -> Quiz:
    """A quiz of a class that the person may look at."""
    return get_object_or_404(Quiz.objects.select_related("cohort", "deck"), cohort=taught(request, pk), pk=quiz_id)


def edited_quiz(request: HttpRequest, pk: int, quiz_id: int) -> Quiz:
    """A quiz of a class that the person may change."""
    return get_object_or_404(Quiz.objects.select_related("cohort", "deck"), cohort=edited(request, pk), pk=quiz_id)


def _head(request: HttpRequest, cohort: Cohort) -> ClassHead:
    return class_head(signed_in(request), cohort, now=timezone.now())


def _deck(head: ClassHead, slug: str) -> Deck | None:
    """The deck that the address names, or the only one there is; 404 for one that the class has not."""
    if slug:
        found = [deck for deck in head.decks if deck.slug == slug]
        if not found:
            raise Http404("the class has no such deck")
        return found[0]
    return head.decks[0] if len(head.decks) == 1 else None


def _both_valid(form: QuizForm, lines: RowFormSet) -> bool:
    valid = form.is_valid()
    return lines.is_valid() and valid


def _more(request: HttpRequest) -> int:
    return 1 if "more" in request.POST else 0


def _seed() -> str:
    return secrets.token_hex(16)


def _form_page(
    request: HttpRequest, head: ClassHead, offer: Offer, form: QuizForm, lines: RowFormSet, quiz: Quiz | None = None
) -> HttpResponse:
    about: dict[str, Any] = {"head": head, "offer": offer, "form": form, "lines": lines, "quiz": quiz}
    about["zone"] = zone_of(signed_in(request)).key
    return render(request, "teaching/quiz_edit.html", about)


def _to(name: str, quiz: Quiz) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[quiz.cohort_id, quiz.pk]))
