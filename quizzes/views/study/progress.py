"""How a student is doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.study.predictions_page import predictions_page
from quizzes.selectors.study.progress import progress_page
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import find_deck


@require_GET
@never_cache
def progress(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One's own progress, over all decks or over one."""
    user = signed_in(request)
    deck = find_deck(request, slug) if slug else None
    page = progress_page(user, deck, now=timezone.now())
    return render(request, "study/progress_student.html", {"page": page})


@require_GET
@never_cache
def predictions(request: HttpRequest, slug: str) -> HttpResponse:
    """How well the predictions fit one's own answers in a deck, and what they are made from."""
    user, deck = signed_in(request), find_deck(request, slug)
    page = predictions_page(user, deck, now=timezone.now())
    return render(request, "study/predictions_student.html", {"page": page})
