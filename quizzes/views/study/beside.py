"""Pages beside the session: what can be practised, why a card is asked now, two facts side by side or told apart."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.models import Deck
from quizzes.selectors.study.comparing import comparison_page
from quizzes.selectors.study.contrast_pages import any_question_page
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.practice_choice import practice_choices
from quizzes.selectors.study.students import NotAStudentError
from quizzes.selectors.study.why_page import why_page
from quizzes.services.study.contrasting import NoContrastError, ask_contrast
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import find_deck
from quizzes.views.study.steps import render_page, wants_fragment
from quizzes.views.study.welcome import lead_to_notice


@require_GET
@never_cache
def practice(request: HttpRequest) -> HttpResponse:
    """The sections to practise."""
    decks = practice_choices(signed_in(request), now=timezone.now())
    return render(request, "study/practice_student.html", {"decks": decks})


@require_GET
@never_cache
def why(request: HttpRequest, card_id: int) -> HttpResponse:
    """Why a card is asked now: a page, or for htmx what a dialog shows."""
    page = why_page(signed_in(request), card_id, now=timezone.now())
    if page is None:
        raise Http404
    template = "study/_why_now.html" if wants_fragment(request) else "study/why_student.html"
    return render(request, template, {"page": page})


@require_GET
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two facts of a deck side by side."""
    return _side_by_side(request, find_deck(request, slug))


@require_GET
@never_cache
def contrast(request: HttpRequest, slug: str) -> HttpResponse:
    """Which of two facts is which: a question with two choices, or why it is not asked, with the two side by side."""
    deck, codes, card = find_deck(request, slug), request.GET.getlist("fact"), request.GET.get("card", "")
    if len(codes) != 2:
        raise Http404
    card_id = int(card) if card.isascii() and card.isdigit() and len(card) < 12 else 0
    user, (one, other) = signed_in(request), codes
    try:
        desk, asked = ask_contrast(
            user=user, deck=deck, asked=one, taken_for=other, card_id=card_id, now=timezone.now()
        )
    except NoContrastError as refusal:
        return _side_by_side(request, deck, str(refusal))
    except NotAStudentError:
        return _side_by_side(request, deck, _("you do not study this deck now"))
    if not asked.beside:
        words = _("This card is your question just now, so the answer counts, as a choice between two.")
        messages.info(request, words)
        return HttpResponseRedirect(session_url(asked.scope))
    way = lead_to_notice(request, [(deck.slug, deck.disclaimer)], scope=asked.scope)
    return way or render_page(request, any_question_page(desk, asked))


def _side_by_side(request: HttpRequest, deck: Deck, refusal: str = "") -> HttpResponse:
    page = comparison_page(signed_in(request), deck, request.GET.getlist("fact"), refusal=refusal)
    if page is None:
        raise Http404
    return render(request, "study/compare_student.html", {"page": page})
