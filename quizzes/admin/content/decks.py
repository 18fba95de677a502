"""Decks in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quizzes.admin.content.synced import ContentAdmin
from quizzes.models import Card, Deck, Fact
from quizzes.services.content.cards import sync_cards


@admin.register(Deck)
class DeckAdmin(ContentAdmin):
    """Decks with how many facts and cards they have."""

    list_display = ("title", "status", "language", "facts", "active_cards", "refused_cards")
    ordering = ("title", "slug")
    list_filter = ("status", "language")
    search_fields = ("title", "slug")
    fields = ("title", "slug", "status", "language", "description", "source", "disclaimer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deck]:
        """Decks with their counts."""
        return super().get_queryset(request).annotate(
            n_facts=Count("facts", filter=Q(facts__status=Fact.Status.ACTIVE), distinct=True),
            n_active=Count("cards", filter=Q(cards__status=Card.Status.ACTIVE), distinct=True),
            n_refused=Count("cards", filter=Q(cards__status=Card.Status.REFUSED), distinct=True),
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Deck | None = None) -> tuple[str, ...]:
        """The slug is in every address of the deck, so it is chosen once."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Deck | None = None) -> dict[str, Any]:
        """Only a new deck has its slug made from the title."""
        return {} if obj else {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Deck | None = None) -> bool:
        """A deck with facts is kept: memories hang on its cards."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.facts.exists())

    def save_model(self, request: HttpRequest, obj: Deck, form: Any, change: bool) -> None:  # noqa: ANN401
        """The counters of codes and versions are not the form's to write."""
        if change:
            self.save_changed(obj, form)
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """Cards follow the deck's title and language, which the rules for questions use."""
        super().save_related(request, form, formsets, change)
        sync_cards(deck=form.instance)

    @admin.display(description=_("facts"), ordering="n_facts")
    def facts(self, deck: Deck) -> SafeString:
        address = reverse("admin:quizzes_fact_changelist")
        return format_html('<a href="{}?deck__id__exact={}">{}</a>', address, deck.pk, deck.n_facts)  # type: ignore[attr-defined]

    @admin.display(description=_("cards asked"), ordering="n_active")
    def active_cards(self, deck: Deck) -> int:
        return deck.n_active  # type: ignore[attr-defined]

    @admin.display(description=_("cards refused"), ordering="n_refused")
    def refused_cards(self, deck: Deck) -> int:
        return deck.n_refused  # type: ignore[attr-defined]
