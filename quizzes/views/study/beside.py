"""Pages beside the session: what can be practised, why a card is asked now, two facts side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.study.comparing import comparison_page
from quizzes.selectors.study.practice_choice import practice_choices
from quizzes.selectors.study.why_page import why_page
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import find_deck
from quizzes.views.study.steps import wants_fragment


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
    page = comparison_page(find_deck(request, slug), request.GET.getlist("fact"))
    if page is None:
        raise Http404
    return render(request, "study/compare_student.html", {"page": page})
