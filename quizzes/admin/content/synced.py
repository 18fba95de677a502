"""What the pages of a deck's parts share: after each save and delete, versions and cards are brought up to date."""

from collections.abc import Collection
from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from quizzes.admin.people.light import LightAdmin
from quizzes.models import Deck, Fact, FactVersion
from quizzes.services.content.facts import bring_deck_up_to_date


class ContentAdmin(LightAdmin):
    """A page for texts of a line or three."""

    formfield_overrides = {
        **LightAdmin.formfield_overrides,
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }

    def save_changed(self, obj: models.Model, form: ModelForm) -> None:
        """Write the columns that were changed in the form alone: services may have written others meanwhile."""
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=sorted(columns.intersection(form.changed_data)))


class SyncedAdmin(ContentAdmin):
    """An object of a deck."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """After the object and its inlines are saved."""
        super().save_related(request, form, formsets, change)
        kind = form.cleaned_data.get("change") or FactVersion.Change.WORDING
        self.keep(request, form.instance.deck, kind, [form.instance] if isinstance(form.instance, Fact) else [])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:  # noqa: ANN401
        """After the object is gone."""
        super().delete_model(request, obj)
        self.keep(request, obj.deck)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """After all of them are gone."""
        decks = list(Deck.objects.filter(pk__in=queryset.values("deck")))
        super().delete_queryset(request, queryset)
        for deck in decks:
            self.keep(request, deck)

    def keep(
        self,
        request: HttpRequest,
        deck: Deck,
        change: str = FactVersion.Change.WORDING,
        facts: Collection[Fact] = (),
    ) -> None:
        """Versions of these facts and cards of the deck, in this person's name."""
        by: Any = request.user
        bring_deck_up_to_date(deck=deck, by=by, now=timezone.now(), change=change, facts=facts)
