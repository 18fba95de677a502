"""The quality of a deck's questions as a page, from where the deck is published."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.admin.content.deck_pages import DeckPagesAdmin
from quizzes.models import Deck
from quizzes.selectors.content.quality import quality_page
from quizzes.services.content.publishing import (
    NotPublishableError,
    OpenWarningsError,
    publish_deck,
    survey_deck,
    unpublish_decks,
)

BACK_TO_DRAFT = gettext_lazy("Back to draft: hidden from students, memories stay")


class QualityAdmin(DeckPagesAdmin):
    """Decks surveyed, published and taken back."""

    def get_urls(self) -> list[URLPattern]:
        """With the page on a deck's questions."""
        view = self.admin_site.admin_view(self.quality_view)
        return [path("<int:pk>/quality/", view, name="quizzes_deck_quality"), *super().get_urls()]

    def quality_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The last survey; a button makes a new one, publishes the deck or takes it back."""
        deck = self.deck_or_404(request, pk)
        if request.method == "POST":
            self._act(request, deck)
            return HttpResponseRedirect(reverse("admin:quizzes_deck_quality", args=[deck.pk]))
        title = _("Quality of the questions")
        return self.page(request, "quality", title=title, subtitle=str(deck), deck=deck, page=quality_page(deck))

    def _act(self, request: HttpRequest, deck: Deck) -> None:
        match request.POST.get("do"):
            case "publish":
                self._publish(request, deck, despite_warnings="despite" in request.POST)
            case "unpublish":
                self.unpublish(request, Deck.objects.filter(pk=deck.pk))
            case _:
                survey_deck(deck=deck, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def _publish(self, request: HttpRequest, deck: Deck, *, despite_warnings: bool) -> bool:
        """Publishes, or says why not; returns whether the deck is published now."""
        try:
            new = publish_deck(deck=deck, by=request.user, now=timezone.now(), despite_warnings=despite_warnings)  # type: ignore[arg-type]
        except NotPublishableError as error:
            told = _("“%(deck)s” was not published: %(why)s.") % {"deck": deck, "why": error}
            self.message_user(request, told, messages.ERROR)
            return False
        except OpenWarningsError:
            told = _(
                "“%s” is not published yet: look at its warnings, then publish it all the same or mend them first."
            )
            self.message_user(request, told % deck, messages.WARNING)
            return False
        if new:
            self.log_change(request, deck, _("Published."))
        self.message_user(request, _("“%s” is published: students find it in the library.") % deck, messages.SUCCESS)
        return True

    @admin.action(permissions=["change"], description=gettext_lazy("Publish: students can find and study them"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Deck]) -> HttpResponse | None:
        waiting = [deck for deck in queryset if not self._publish(request, deck, despite_warnings=False)]
        if len(waiting) == 1:
            return HttpResponseRedirect(reverse("admin:quizzes_deck_quality", args=[waiting[0].pk]))
        return None

    @admin.action(
        permissions=["change"], description=gettext_lazy("Back to draft: hidden from students, memories stay")
    )
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Deck]) -> None:
        decks = list(queryset.filter(status=Deck.Status.PUBLISHED))
        unpublish_decks(decks=decks)
        for deck in decks:
            self.log_change(request, deck, _("Made a draft again."))
        done = ngettext("%d deck is a draft again.", "%d decks are drafts again.", len(decks)) % len(decks)
        self.message_user(request, done, messages.SUCCESS)
