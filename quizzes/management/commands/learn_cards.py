"""manage.py learn_cards: how hard each card is, from the answers of all its students, for students to come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes.models import Deck
from quizzes.services.study.card_learning import Learned, learn_deck


class Command(BaseCommand):
    """What the worker does when there is enough to learn from, done now."""

    help = "Learns, from the answers of all students, how hard each card is: new students start from that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One deck, or all."""
        parser.add_argument("deck", nargs="?", help="slug of a deck; all decks without it")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Each deck in turn, with a line."""
        decks = Deck.objects.order_by("slug")
        if options["deck"]:
            decks = decks.filter(slug=options["deck"])
            if not decks:
                raise CommandError(f"there is no deck “{options['deck']}”")
        for deck in decks:
            self.stdout.write(_line(learn_deck(deck=deck, now=timezone.now())))


def _line(learned: Learned) -> str:
    version = f"version {learned.version}" if learned.version else "no version yet"
    return f"{learned.deck.slug}: {learned.cards} cards answered on a later day, {learned.changed} changed; {version}"
