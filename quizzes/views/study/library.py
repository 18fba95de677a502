"""The library: decks to join, pause and leave, each with limits of its own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quizzes.forms.study.limits import LimitsForm
from quizzes.selectors.study.library import LibraryDeck, find_library_deck, library_page
from quizzes.selectors.study.library_deck import find_deck_page
from quizzes.services.study.joining import change_limits, join_deck, leave_deck, pause_deck
from quizzes.views.people.accounts import signed_in
from quizzes.views.study.reading import find_deck

LONGEST_QUERY = 100


@require_GET
@never_cache
def library(request: HttpRequest) -> HttpResponse:
    """All decks that the person may see."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    page = library_page(signed_in(request), query=query, page=request.GET.get("page", ""), now=timezone.now())
    return render(request, "study/library_student.html", {"page": page})


@require_GET
@never_cache
def deck(request: HttpRequest, slug: str) -> HttpResponse:
    """One deck, with what helps to decide."""
    return _deck_page(request, slug)


@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with a deck, or go on with it."""
    found, now = find_deck(request, slug), timezone.now()
    study = join_deck(user=signed_in(request), deck=found, now=now)
    words = _("You study “%(deck)s” now: up to %(new)d new cards and %(reviews)d reviews a day.")
    values = {"deck": found.title, "new": study.new_per_day, "reviews": study.reviews_per_day}
    messages.success(request, words % values)
    return _back(request, slug)


@require_POST
def pause(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask nothing of a deck until the person goes on with it."""
    found = find_deck(request, slug)
    if pause_deck(user=signed_in(request), deck=found, now=timezone.now()):
        words = _("“%(deck)s” is paused. None of its cards come until you go on.")
        messages.success(request, words % {"deck": found.title})
    return _back(request, slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first, then take a deck off the person's decks."""
    found = find_deck(request, slug)
    if request.method == "POST":
        if leave_deck(user=signed_in(request), deck=found, now=timezone.now()):
            words = _("You have left “%(deck)s”. Join it again whenever you like, and go on where you stopped.")
            messages.success(request, words % {"deck": found.title})
        return HttpResponseRedirect(reverse("library"))
    shown = _shown(request, slug)
    if not shown.mine:
        return HttpResponseRedirect(reverse("library-deck", args=[slug]))
    return render(request, "study/library_leave_student.html", {"deck": shown})


@require_POST
def limits(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the limits of one deck; answers the form alone to htmx, else leads back."""
    found, form = find_deck(request, slug), LimitsForm(request.POST, auto_id=f"{slug}-%s")
    valid = form.is_valid()
    if valid:
        change_limits(user=signed_in(request), deck=found, **form.cleaned_data)
    if request.headers.get("HX-Request") == "true":
        context = {"deck": _shown(request, slug), "form": None if valid else form, "saved": valid, "open": True}
        return render(request, "study/_limits.html", context)
    if not valid:
        return _deck_page(request, slug, form=form, status=422)
    messages.success(request, _("The limits of “%(deck)s” are saved.") % {"deck": found.title})
    return _back(request, slug)


def _deck_page(request: HttpRequest, slug: str, *, form: LimitsForm | None = None, status: int = 200) -> HttpResponse:
    page = find_deck_page(signed_in(request), slug, now=timezone.now())
    if page is None:
        raise Http404
    context = {"page": page, "deck": page.deck, "form": form}
    return render(request, "study/library_deck_student.html", context, status=status)


def _shown(request: HttpRequest, slug: str) -> LibraryDeck:
    shown = find_library_deck(signed_in(request), slug, now=timezone.now())
    if shown is None:
        raise Http404
    return shown


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To where the button stood: the deck's own page, or the library."""
    url = reverse("library-deck", args=[slug]) if request.POST.get("from") == "deck" else reverse("library")
    return HttpResponseRedirect(url)
