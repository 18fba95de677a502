"""The page on which the questions of a quiz are picked by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.models import Quiz
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.quiz_candidates import read_source
from quizzes.selectors.teaching.quiz_pick import pick_page
from quizzes.services.teaching import picking
from quizzes.services.teaching.quizzes import FrozenQuizError, UnfitQuizError
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.quizzes import edited_quiz

LONGEST_NAME = 120


@require_http_methods(["GET", "POST"])
@never_cache
def pick(request: HttpRequest, pk: int, quiz_id: int) -> HttpResponse:
    """What is picked and what there is to pick; a POST adds, removes, moves or renews one question."""
    quiz = edited_quiz(request, pk, quiz_id)
    if quiz.picking != Quiz.Picking.PICKED or quiz.frozen_at is not None:
        messages.info(request, _("The questions of this quiz are not picked by hand, or can no longer change."))
        return HttpResponseRedirect(reverse("class-quiz", args=[pk, quiz_id]))
    if request.method == "POST":
        _do(request, quiz)
        anchor = "draws" if request.POST.get("do") == "add" else "picked"
        return HttpResponseRedirect(f"{request.get_full_path()}#{anchor}")
    given, page = request.GET, request.GET.get("page", "")
    about = pick_page(
        quiz,
        section=given.get("section", "")[:LONGEST_NAME],
        source=given.get("card", "")[:LONGEST_NAME],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    head = class_head(signed_in(request), quiz.cohort, now=timezone.now())
    return render(request, "teaching/quiz_pick.html", {"head": head, "quiz": quiz, "page": about})


def _do(request: HttpRequest, quiz: Quiz) -> None:
    try:
        _change(request, quiz)
    except picking.UnknownQuestionError:
        messages.error(request, _("The deck has been edited: it no longer gives this question. Choose another."))
    except picking.TooManyPicksError:
        messages.error(request, _("A quiz has %d questions at most.") % picking.MOST_PICKS)
    except FrozenQuizError:
        messages.error(request, _("The quiz has opened: its questions can no longer change."))
    except UnfitQuizError as error:
        messages.error(request, " ".join([_("The quiz is published and has to stay fit."), *error.reasons]))


def _change(request: HttpRequest, quiz: Quiz) -> None:
    item_hash, now = request.POST.get("hash", ""), timezone.now()
    match request.POST.get("do"):
        case "add":
            source = read_source(deck_content(quiz.deck), request.POST.get("source", "")[:LONGEST_NAME])
            if source is None:
                raise picking.UnknownQuestionError
            picking.add_pick(quiz=quiz, source=source, item_hash=item_hash, now=now)
        case "remove":
            picking.remove_pick(quiz=quiz, item_hash=item_hash)
        case "up":
            picking.move_pick(quiz=quiz, item_hash=item_hash, by=-1)
        case "down":
            picking.move_pick(quiz=quiz, item_hash=item_hash, by=1)
        case "renew":
            picking.renew_pick(quiz=quiz, item_hash=item_hash, now=now)
