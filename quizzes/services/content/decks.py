"""Decks published and taken back."""

from collections.abc import Collection

from django.db import transaction

from quizzes.models import Deck


@transaction.atomic
def set_deck_status(*, decks: Collection[Deck], status: str) -> int:
    """Publish decks or make them drafts again; returns how many changed.

    Memories stay either way: of a draft nothing is asked, and when it is published again it goes on where it was.
    """
    rows = Deck.objects.filter(pk__in=[deck.pk for deck in decks]).exclude(status=status)
    return rows.update(status=Deck.Status(status))
