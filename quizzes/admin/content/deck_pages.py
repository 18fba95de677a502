"""What the pages of a deck beside its form share: who may open them, and the frame they are shown in."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from quizzes.models import Deck


class DeckPagesAdmin(admin.ModelAdmin):
    """Decks with more pages than their form."""

    def deck_or_404(self, request: HttpRequest, pk: int) -> Deck:
        """The deck, for whoever may change it."""
        deck = Deck.objects.filter(pk=pk).first()
        if deck is None:
            raise Http404
        if not self.has_change_permission(request, deck):
            raise PermissionDenied
        return deck

    def page(self, request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401
        """The page of that name among the templates of a deck."""
        frame = {**self.admin_site.each_context(request), "subtitle": None, "opts": self.opts, "media": self.media}
        return TemplateResponse(request, f"admin/quizzes/deck/{name}.html", {**frame, **context}, status=status)
