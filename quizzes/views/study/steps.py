"""What comes after each step of a session: a fragment for htmx, else a page, after a write by redirect."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.contrast_pages import any_question_page, url_beside
from quizzes.selectors.study.finished import finished_page
from quizzes.selectors.study.notices import Notice, NoticeKind, warning
from quizzes.selectors.study.pages import SessionPage, session_url
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.students import NotAStudentError, has_begun
from quizzes.services.study.asking import resume
from quizzes.services.study.joining import become_student
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.fragments import FragmentResponse
from quizzes.views.study.reading import find_deck
from quizzes.views.study.welcome import go_to, is_remembered, lead_to_notice

NOTHING = Notice()
LEVELS = {
    NoticeKind.INFORMATION: messages.INFO,
    NoticeKind.SUCCESS: messages.SUCCESS,
    NoticeKind.WARNING: messages.WARNING,
}


def current_page(request: HttpRequest, scope: str, notice: Notice = NOTHING) -> SessionPage:
    """The question that the student is at, or the end."""
    user, now = signed_in(request), timezone.now()
    become_student(user=user, now=now)
    desk, asked = resume(user=user, scope=scope, now=now)
    return _page(request, desk, asked, scope, notice)


def opened_page(request: HttpRequest, scope: str) -> HttpResponse:
    """The same, for a session that is opened, which begins nothing.

    Whoever has not read the notice of one of its decks reads it first; who has not begun its deck is led to where that
    is done.
    """
    way = _way_before(request, scope)
    if way:
        return way
    try:
        desk, asked = resume(user=signed_in(request), scope=scope, now=timezone.now())
    except NotAStudentError:
        return go_to(request, reverse("practice" if read_scope(scope).practice else "home"))
    notices = [(content.slug, content.disclaimer) for content in desk.contents.values()]
    way = lead_to_notice(request, notices, scope=scope)
    return way or render_page(request, _page(request, desk, asked, scope, NOTHING))


def _way_before(request: HttpRequest, scope: str) -> HttpResponse | None:
    """Where the session of one deck leads first: to its notice, or to its page if it was never begun."""
    found = read_scope(scope)
    if not found.deck or (found.practice and is_remembered(request, found.deck)):
        return None
    deck = find_deck(request, found.deck)
    way = lead_to_notice(request, [(deck.slug, deck.disclaimer)], scope=scope)
    if way or found.practice or has_begun(signed_in(request).pk, deck.pk):
        return way
    return go_to(request, reverse("library-deck", args=[deck.slug]))


def _page(request: HttpRequest, desk: Desk, asked: Asked | None, scope: str, notice: Notice) -> SessionPage:
    if asked is None:
        page: SessionPage = finished_page(desk, scope, now=timezone.now())
    else:
        page = any_question_page(desk, asked, revealed="reveal" in request.GET)
    if notice == NOTHING:
        return page
    return replace(page, **notice.on_page())


def step(request: HttpRequest, desk: Desk, asked: Asked | None, scope: str, notice: Notice = NOTHING) -> HttpResponse:
    """What comes after a write."""
    if wants_fragment(request):
        return render_page(request, _page(request, desk, asked, scope, notice))
    return _go_to_page(request, url_beside(asked) if asked and asked.beside else session_url(scope), notice)


def start_again(request: HttpRequest, notice: Notice, scope: str = "") -> HttpResponse:
    """The student's current question with a notice of why they are here; nothing was counted."""
    if wants_fragment(request):
        return render_page(request, current_page(request, scope, notice))
    return _go_to_page(request, session_url(scope), notice)


def _go_to_page(request: HttpRequest, url: str, notice: Notice) -> HttpResponse:
    said = notice.text
    if notice.url:
        said = format_html('{} <a href="{}">{}</a>', notice.text, notice.url, notice.link)
    if said:
        messages.add_message(request, LEVELS[notice.kind], said)
    return HttpResponseRedirect(url)


def render_page(request: HttpRequest, page: SessionPage) -> HttpResponse:
    """The page's fragment, or the whole page."""
    if wants_fragment(request):
        return FragmentResponse(page, _csrf_token(request))
    return render(request, "study/session_student.html", {"page": page})


def _csrf_token(request: HttpRequest) -> str:
    """The token for the forms of a fragment: the one that came with the form, which the middleware has found good.

    Making another mask for it each time guards pages that an attacker can ask for; this one needs the token itself.
    """
    return request.POST.get("csrfmiddlewaretoken") or get_token(request)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks."""
    return request.headers.get("HX-Request") == "true"


def stale() -> Notice:
    """Why a page was refused that is older than its card."""
    return warning(
        _("That page was out of date: its card was answered or changed elsewhere. Nothing was counted twice.")
    )


def broken() -> Notice:
    """Why a page was refused that this site did not issue to this person."""
    return warning(_("That page could not be read, so nothing was counted. Here is your current question."))
