"""manage.py replay --check: fold every review log and compare it with what is kept."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.selectors.study.replay import replay_all

MOST_SHOWN = 50


class Command(BaseCommand):
    """Reads only; exits 1 and lists the differences where there are any."""

    help = "Folds every student's review log and compares the result with the progress that is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check is what the command does; it is there to be said."""
        parser.add_argument("--check", action="store_true", help="compare, and exit 1 where log and progress differ")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Print counts, then differences."""
        result = replay_all()
        self.stdout.write(f"{result.students} students, {result.events} events, {result.cards} cards folded")
        for line in result.differences[:MOST_SHOWN]:
            self.stdout.write(line)
        if result.differences:
            raise CommandError(f"{len(result.differences)} differences between the log and what is kept")
        self.stdout.write("The log replays to what is kept.")
