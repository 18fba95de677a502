"""manage.py export_facts DECK [FILE]: a deck as a table that import_facts reads back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.management.commands.bank import find_deck
from quizzes.selectors.content.exporting import deck_csv, deck_workbook


class Command(BaseCommand):
    """Reads only."""

    help = "Writes a deck's facts as CSV, or as XLSX with its sections and their questions in a second sheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which deck, and where to."""
        parser.add_argument("deck", help="the deck's slug")
        parser.add_argument(
            "file", nargs="?", default="", help="ending in .csv or .xlsx; CSV to standard output if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Write the table, row by row where it is CSV."""
        deck, name = find_deck(options["deck"]), options["file"]
        if not name:
            for line in deck_csv(deck):
                self.stdout.write(line, ending="")
            return
        way = Path(name).suffix.casefold()
        if way not in (".csv", ".xlsx"):
            raise CommandError(f"{name} ends neither in .csv nor in .xlsx.")
        try:
            if way == ".xlsx":
                Path(name).write_bytes(deck_workbook(deck))
            else:
                with Path(name).open("w", encoding="utf-8", newline="") as file:
                    file.writelines(deck_csv(deck))
        except OSError as error:
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{name} is written.")
