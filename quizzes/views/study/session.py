"""The study session: each step is a page of its own, or a fragment of it for htmx."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes.models import Deck
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.asked import Asked, BadTokenError, unsign
from quizzes.selectors.study.feedback import BadGuessError, feedback_page, find_answer, read_guess
from quizzes.selectors.study.finished import finished_page
from quizzes.selectors.study.pages import SessionPage, question_page, session_url
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.students import NotAStudentError
from quizzes.selectors.study.wording import due_notice
from quizzes.services.study.answering import Done, Given, StaleQuestionError, UnreadableAnswerError, answer_question
from quizzes.services.study.asking import resume
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.joining import allow_more_new, become_student, join_deck
from quizzes.services.study.marks import UnknownMarkError, mark_card
from quizzes.services.study.undoing import NothingToUndoError, StaleUndoError, undo_last
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.fragments import FragmentResponse

View = Callable[[HttpRequest], HttpResponse]
LONGEST_MS = 10 * 60 * 1000
LONGEST_TYPED = 500


def posted(view: View) -> View:
    """For what writes: a GET, as after signing in again, leads to the student's question instead."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else HttpResponseRedirect(reverse("study"))

    return guarded


@require_GET
@never_cache
def study(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The question on the student's page, in all decks or in one, which is joined by studying it."""
    return _render(request, _current(request, slug))


@posted
def answer(request: HttpRequest) -> HttpResponse:
    """Count an answer; shows the feedback, or after a flashcard the next question."""
    asked = _asked(request)
    if asked is None:
        return _start_again(request, _broken())
    try:
        done = answer_question(user=signed_in(request), asked=asked, given=_given(request), now=timezone.now())
    except StaleQuestionError:
        return _start_again(request, _stale(), asked.scope)
    except UnreadableAnswerError:
        return _start_again(request, _("That was no answer to this question. Choose one below."), asked.scope)
    return _answered(request, done, asked.scope)


def _answered(request: HttpRequest, done: Done, scope: str) -> HttpResponse:
    row = done.row
    if row is None:
        return _step(request, done.desk, done.asked, scope)
    if not row.detail.get("feedback"):
        return _step(request, done.desk, done.asked, scope, notice=due_notice(row.due_reason))
    if _wants_fragment(request):
        return _render(request, feedback_page(done.desk, row, upcoming=done.asked))
    return HttpResponseRedirect(reverse("answered", args=[row.client_id]))


@require_GET
@never_cache
def answered(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The feedback to an answer already counted."""
    row = find_answer(user_id=signed_in(request).pk, client_id=client_id)
    if row is None:
        raise Http404
    desk, asked = resume(user=signed_in(request), scope=row.detail.get("scope", ""), now=timezone.now())
    return _render(request, feedback_page(desk, row, upcoming=asked))


@posted
def guessed(request: HttpRequest) -> HttpResponse:
    """Turn a right choice into a guess, after the feedback; goes on to the next question."""
    user, scope = signed_in(request), ""
    try:
        client_id, scope = read_guess(request.POST.get("token", ""), user.pk)
        desk, asked = guessed_after_all(user=user, client_id=client_id, now=timezone.now())
    except (BadGuessError, StaleQuestionError):
        return _start_again(request, _stale(), scope)
    return _step(request, desk, asked, scope)


@posted
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last answer or mark; its card is asked again."""
    scope = _scope(request)
    try:
        seen = _number(request, "seq")
        desk, asked = undo_last(user=signed_in(request), scope=scope, now=timezone.now(), last_seq=seen)
    except StaleUndoError:
        return _start_again(request, _stale(), scope)
    except (NothingToUndoError, NotAStudentError):
        return _start_again(request, _("There is nothing left to undo."), scope)
    return _step(request, desk, asked, scope, notice=_("Taken back. Answer again."))


@posted
def mark(request: HttpRequest) -> HttpResponse:
    """Bury, suspend or flag the card of a page."""
    asked = _asked(request)
    if asked is None:
        return _start_again(request, _broken())
    name = request.POST.get("mark", "")
    try:
        desk, current = mark_card(user=signed_in(request), asked=asked, mark=name, now=timezone.now())
    except StaleQuestionError:
        return _start_again(request, _stale(), asked.scope)
    except UnknownMarkError as error:
        return _start_again(request, str(error), asked.scope)
    return _step(request, desk, current, asked.scope)


@require_POST
def more_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Allow more new cards of a deck today, and go on."""
    user, deck = signed_in(request), _deck(request, slug)
    join_deck(user=user, deck=deck, now=timezone.now())
    allow_more_new(user=user, deck=deck, now=timezone.now(), seen=_number(request, "extra"))
    return HttpResponseRedirect(session_url(slug))


def _deck(request: HttpRequest, slug: str) -> Deck:
    """The deck, if the person may see it; else 404."""
    return get_object_or_404(visible_decks(signed_in(request)), slug=slug)


def _current(request: HttpRequest, scope: str, notice: str = "") -> SessionPage:
    user, now = signed_in(request), timezone.now()
    if scope:
        join_deck(user=user, deck=_deck(request, scope), now=now)
    else:
        become_student(user=user, now=now)
    desk, asked = resume(user=user, scope=scope, now=now)
    return _page(request, desk, asked, scope, notice)


def _page(request: HttpRequest, desk: Desk, asked: Asked | None, scope: str, notice: str = "") -> SessionPage:
    if asked is None:
        return replace(finished_page(desk, scope, now=timezone.now()), notice=notice)
    return question_page(desk, asked, notice=notice, revealed="reveal" in request.GET)


def _step(request: HttpRequest, desk: Desk, asked: Asked | None, scope: str, notice: str = "") -> HttpResponse:
    """What comes after a write: the fragment, or for a browser without JavaScript the page, by redirect."""
    if _wants_fragment(request):
        return _render(request, _page(request, desk, asked, scope, notice))
    return _go_to_page(request, scope, notice)


def _start_again(request: HttpRequest, notice: str, scope: str = "") -> HttpResponse:
    """The student's current question with a notice of why they are here; nothing was counted."""
    if _wants_fragment(request):
        return _render(request, _current(request, scope, notice))
    return _go_to_page(request, scope, notice)


def _go_to_page(request: HttpRequest, scope: str, notice: str) -> HttpResponse:
    if notice:
        messages.warning(request, notice)
    return HttpResponseRedirect(session_url(scope))


def _render(request: HttpRequest, page: SessionPage) -> HttpResponse:
    if _wants_fragment(request):
        return FragmentResponse(page, _csrf_token(request))
    return render(request, "study/session_student.html", {"page": page})


def _csrf_token(request: HttpRequest) -> str:
    """The token for the forms of a fragment: the one that came with the form, which the middleware has found good.

    Making another mask for it each time guards pages that an attacker can ask for; this one needs the token itself.
    """
    return request.POST.get("csrfmiddlewaretoken") or get_token(request)


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _asked(request: HttpRequest) -> Asked | None:
    try:
        return unsign(request.POST.get("token", ""), signed_in(request).pk)
    except BadTokenError:
        return None


def _scope(request: HttpRequest) -> str:
    """The deck that the page says it is about, if the person may see it."""
    slug = _text(request, "scope")
    return _deck(request, slug).slug if slug else ""


def _given(request: HttpRequest) -> Given:
    elapsed_ms = _number(request, "elapsed_ms")
    return Given(
        rating=_number(request, "rating"),
        place=_number(request, "choice"),
        typed="" if "skip" in request.POST else _text(request, "typed")[:LONGEST_TYPED],
        wants_hint="hint" in request.POST,
        elapsed_ms=None if elapsed_ms is None else min(elapsed_ms, LONGEST_MS),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _text(request: HttpRequest, name: str) -> str:
    """A field without the one character that PostgreSQL cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")


def _stale() -> str:
    return _("That page was out of date: its card was answered or changed elsewhere. Nothing was counted twice.")


def _broken() -> str:
    return _("That page could not be read, so nothing was counted. Here is your current question.")
