"""manage.py tally: count over all students what choosing distractors and weighing guesses rest on."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.models import Deck
from quizzes.services.study.tallying import tally_deck


class Command(BaseCommand):
    """To be run now and then, nightly say; counts are made anew each time."""

    help = "Counts, over all students, which facts are taken for which, the times of answers, the share known at first."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Each deck in turn, with a line."""
        for deck in Deck.objects.order_by("slug"):
            tally = tally_deck(deck=deck, now=timezone.now())
            known = f"{tally.known_share:.0%} known at first sight"
            self.stdout.write(f"{deck.slug}: {tally.first_answers} first answers, {known}")
