"""The notice of a deck, loudly once: before its first question."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.study.welcome import notices_seen, welcome_page
from quizzes.services.people.notices import see_notice
from quizzes.services.study.joining import open_deck
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import check_scope, find_deck

SESSION_KEY = "notices_seen"


@require_http_methods(["GET", "POST"])
@never_cache
def welcome(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice; agreeing leads on, to all decks, to practice or to the deck, which is begun by that."""
    deck = find_deck(request, slug)
    wanted = request.GET.get("scope", slug)
    scope = slug if wanted == slug else check_scope(request, str(read_scope(wanted)))
    if request.method == "GET" and deck.disclaimer:
        return render(request, "study/welcome.html", {"page": welcome_page(deck)})
    if request.method == "POST":
        see_notice(user=signed_in(request), slug=slug, now=timezone.now())
        _remember(request, [slug])
        if scope == slug:
            open_deck(user=signed_in(request), deck=deck, now=timezone.now())
    return HttpResponseRedirect(session_url(scope))


def lead_to_notice(request: HttpRequest, notices: Iterable[tuple[str, str]], *, scope: str) -> HttpResponse | None:
    """The way to the first notice that the person has not read, of decks given as (slug, notice); None without one.

    The session remembers which decks need not be asked about: for those there is no query.
    """
    known = set(request.session.get(SESSION_KEY, ()))
    asked = {slug: notice for slug, notice in notices if slug not in known}
    if not asked:
        return None
    seen = notices_seen(signed_in(request).pk)
    unread = [slug for slug, notice in asked.items() if notice and slug not in seen]
    _remember(request, asked.keys() - set(unread))
    return _way(request, unread[0], scope) if unread else None


def is_remembered(request: HttpRequest, slug: str) -> bool:
    """Whether this session knows that the deck's notice was read."""
    return slug in request.session.get(SESSION_KEY, ())


def _remember(request: HttpRequest, slugs: Iterable[str]) -> None:
    known = set(request.session.get(SESSION_KEY, ()))
    if not known.issuperset(slugs):
        request.session[SESSION_KEY] = sorted(known | set(slugs))


def _way(request: HttpRequest, slug: str, scope: str) -> HttpResponse:
    address = reverse("welcome", args=[slug]) + ("" if scope == slug else f"?{urlencode({'scope': scope})}")
    return go_to(request, address)


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page; htmx is told to load it whole."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
