"""The facts of a deck, with what a student remembers of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.models import Deck, Fact
from quizzes.selectors.study.browse import Wanted, browse_page
from quizzes.selectors.study.fact import FactPage, fact_page, find_fact
from quizzes.services.study.asking import StaleQuestionError
from quizzes.services.study.marks import UnknownMarkError, mark_by_card
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import find_deck, number

LONGEST_QUERY = 200


@require_GET
@never_cache
def deck(request: HttpRequest, slug: str) -> HttpResponse:
    """All facts of a deck, searched and filtered."""
    page = browse_page(signed_in(request), find_deck(request, slug), _wanted(request), now=timezone.now())
    return render(request, "study/browse_student.html", {"page": page})


@require_http_methods(["GET", "POST"])
@never_cache
def fact(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One fact with its cards; a POST marks one of them."""
    deck = find_deck(request, slug)
    found = find_fact(deck, code)
    if found is None:
        raise Http404
    page = fact_page(signed_in(request), deck, found, now=timezone.now())
    if request.method == "POST":
        return _mark(request, deck, found, page)
    return render(request, "study/fact_student.html", {"page": page})


def _mark(request: HttpRequest, deck: Deck, found: Fact, page: FactPage) -> HttpResponse:
    card_id, seen = number(request, "card"), number(request, "revision")
    if not page.memory or card_id not in {card.id for card in page.cards} or card_id is None or seen is None:
        raise Http404
    name, user = request.POST.get("mark", ""), signed_in(request)
    try:
        mark_by_card(user=user, card_id=card_id, mark=name, seen_revision=seen, now=timezone.now())
    except StaleQuestionError:
        messages.warning(request, _("That page was out of date: the card was answered or changed since. Look again."))
    except UnknownMarkError:
        messages.warning(request, _("That cannot be done with a card. Nothing was changed."))
    return HttpResponseRedirect(f"{reverse('browse-fact', args=[deck.slug, found.code])}#card-{card_id}")


def _wanted(request: HttpRequest) -> Wanted:
    page = request.GET.get("page", "")
    return Wanted(
        query=request.GET.get("q", "").strip()[:LONGEST_QUERY],
        section=request.GET.get("section", ""),
        state=request.GET.get("state", ""),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )
