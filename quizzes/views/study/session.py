"""The study session: each step is a page of its own, or a fragment of it for htmx."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes.selectors.study.contrast_pages import any_feedback_page
from quizzes.selectors.study.feedback import BadGuessError, find_answer, read_guess, said_of
from quizzes.selectors.study.notices import Notice, done, notice_after, notice_of_mark, warning
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.scopes import Scope
from quizzes.selectors.study.students import NotAStudentError
from quizzes.services.study.answering import Done, StaleQuestionError, UnreadableAnswerError, answer_question
from quizzes.services.study.asking import resume
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.joining import allow_more_new, join_deck
from quizzes.services.study.marks import UnknownMarkError, mark_card
from quizzes.services.study.undoing import NothingToUndoError, StaleUndoError, undo_last
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import asked_in, check_scope, find_deck, given_in, number, scope_in
from quizzes.views.study.steps import broken, opened_page, render_page, stale, start_again, step, wants_fragment
from quizzes.views.study.welcome import lead_to_notice

View = Callable[[HttpRequest], HttpResponse]


def posted(view: View) -> View:
    """For what writes: a GET, as after signing in again, leads to the student's question instead."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else HttpResponseRedirect(reverse("study"))

    return guarded


@require_GET
@never_cache
def study(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The question on the student's page, in all decks or in one that they have begun."""
    return opened_page(request, slug)


@require_GET
@never_cache
def practise(request: HttpRequest, slug: str, section: str = "", attempt: UUID | None = None) -> HttpResponse:
    """A round of practice over a deck, a section, or what was missed in a quiz: the schedule stays as it is."""
    said = request.GET.get("round", "")
    again = int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 4 else 1
    scope = check_scope(request, str(Scope(slug, section, max(1, again), attempt)))
    return opened_page(request, scope)


@posted
def answer(request: HttpRequest) -> HttpResponse:
    """Count an answer; shows the feedback, or after a flashcard the next question."""
    asked = asked_in(request)
    if asked is None:
        return start_again(request, broken())
    try:
        given = answer_question(user=signed_in(request), asked=asked, given=given_in(request), now=timezone.now())
    except StaleQuestionError:
        return start_again(request, stale(), asked.scope)
    except UnreadableAnswerError:
        return start_again(request, warning(_("That was no answer to this question. Choose one below.")), asked.scope)
    return _answered(request, given, asked.scope)


def _answered(request: HttpRequest, given: Done, scope: str) -> HttpResponse:
    row = given.row
    if row is None:
        return step(request, given.desk, given.asked, scope)
    if not row.detail.get("feedback"):
        notice = replace(notice_after(given.desk, row), said=said_of(row))
        return step(request, given.desk, given.asked, scope, notice)
    if wants_fragment(request):
        return render_page(request, any_feedback_page(given.desk, row, upcoming=given.asked))
    return HttpResponseRedirect(reverse("answered", args=[row.client_id]))


@require_GET
@never_cache
def answered(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The feedback to an answer already counted."""
    row = find_answer(user_id=signed_in(request).pk, client_id=client_id)
    if row is None:
        raise Http404
    desk, asked = resume(user=signed_in(request), scope=row.detail.get("scope", ""), now=timezone.now())
    return render_page(request, any_feedback_page(desk, row, upcoming=asked))


@posted
def guessed(request: HttpRequest) -> HttpResponse:
    """Turn a right choice into a guess, after the feedback; goes on to the next question."""
    user, scope = signed_in(request), ""
    try:
        client_id, scope = read_guess(request.POST.get("token", ""), user.pk)
        desk, asked = guessed_after_all(user=user, client_id=client_id, now=timezone.now())
    except (BadGuessError, StaleQuestionError):
        return start_again(request, stale(), scope)
    return step(request, desk, asked, scope, Notice(said=_("Counted as a guess.")))


@posted
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last answer or mark; its card is asked again."""
    scope = scope_in(request)
    try:
        seen = number(request, "seq")
        desk, asked = undo_last(user=signed_in(request), scope=scope, now=timezone.now(), last_seq=seen)
    except StaleUndoError:
        return start_again(request, stale(), scope)
    except (NothingToUndoError, NotAStudentError):
        return start_again(request, Notice(_("There is nothing left to undo.")), scope)
    return step(request, desk, asked, scope, done(_("Taken back. Answer again.")))


@posted
def mark(request: HttpRequest) -> HttpResponse:
    """Bury, suspend or flag the card of a page."""
    asked = asked_in(request)
    if asked is None:
        return start_again(request, broken())
    name = request.POST.get("mark", "")
    try:
        desk, current = mark_card(user=signed_in(request), asked=asked, mark=name, now=timezone.now())
    except StaleQuestionError:
        return start_again(request, stale(), asked.scope)
    except UnknownMarkError:
        return start_again(request, warning(_("That cannot be done with a card. Nothing was changed.")), asked.scope)
    return step(request, desk, current, asked.scope, notice_of_mark(desk, asked.card_id, name))


@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a deck and go on to its first question; an unread notice comes before, and begins it when agreed to."""
    deck = find_deck(request, slug)
    way = lead_to_notice(request, [(slug, deck.disclaimer)], scope=slug)
    if way:
        return way
    join_deck(user=signed_in(request), deck=deck, now=timezone.now())
    return HttpResponseRedirect(session_url(slug))


@require_POST
def more_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Allow more new cards of a deck today, and go on."""
    user, deck = signed_in(request), find_deck(request, slug)
    join_deck(user=user, deck=deck, now=timezone.now())
    allow_more_new(user=user, deck=deck, now=timezone.now(), seen=number(request, "extra"))
    return HttpResponseRedirect(session_url(slug))
