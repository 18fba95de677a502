"""What the forms of a session bring, read with care: anything may be sent."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from quizzes.models import Deck
from quizzes.selectors.access import visible_decks
from quizzes.selectors.study.asked import Asked, BadTokenError, unsign
from quizzes.selectors.study.scopes import read_scope
from quizzes.selectors.teaching.own_quiz import may_practise
from quizzes.services.study.answering import Given
from quizzes.views.people.accounts import signed_in

LONGEST_MS = 10 * 60 * 1000
LONGEST_TYPED = 500


def find_deck(request: HttpRequest, slug: str) -> Deck:
    """The deck, if the person may see it; else 404."""
    return get_object_or_404(visible_decks(signed_in(request)).select_related("tally"), slug=slug)


def asked_in(request: HttpRequest) -> Asked | None:
    """The question that the form is about; None if it was not issued to this person."""
    try:
        return unsign(request.POST.get("token", ""), signed_in(request).pk)
    except BadTokenError:
        return None


def scope_in(request: HttpRequest) -> str:
    """The session that the form says it belongs to; 404 for a deck that the person may not see."""
    scope = read_scope(text(request, "scope"))
    return str(check_scope(request, str(scope)))


def check_scope(request: HttpRequest, scope: str) -> str:
    """The same scope; 404 if the person may not see its deck, or the deck has no such section.

    Of an attempt at a quiz: 404 unless it is their own, was handed in, and what was right may be told.
    """
    found = read_scope(scope)
    if found.deck:
        deck = find_deck(request, found.deck)
        if found.section and not deck.sections.filter(slug=found.section).exists():
            raise Http404
        if found.attempt and not may_practise(signed_in(request), deck, found.attempt, now=timezone.now()):
            raise Http404
    return scope


def given_in(request: HttpRequest) -> Given:
    """The answer in the form."""
    elapsed_ms = number(request, "elapsed_ms")
    return Given(
        rating=number(request, "rating"),
        place=number(request, "choice"),
        typed="" if "skip" in request.POST else text(request, "typed")[:LONGEST_TYPED],
        wants_hint="hint" in request.POST,
        elapsed_ms=None if elapsed_ms is None else min(elapsed_ms, LONGEST_MS),
    )


def number(request: HttpRequest, name: str) -> int | None:
    """A field that holds a whole number; None for anything else."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None


def text(request: HttpRequest, name: str) -> str:
    """A field without the one character that PostgreSQL cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")
