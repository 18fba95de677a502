"""manage.py export_reviews CLASS [FILE]: the review log of a class's students as a table."""

from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.formats.large_workbooks import write_workbook
from quizzes.formats.spreadsheet import csv_parts
from quizzes.management.finding import find_class
from quizzes.management.progress import Bar
from quizzes.models import Download
from quizzes.selectors.teaching.download_rows import sheet_name
from quizzes.selectors.teaching.exported import exported_students
from quizzes.selectors.teaching.review_export import review_rows


class Command(BaseCommand):
    """Reads only; the same rows as an instructor's download has, of all decks of the class."""

    help = "Writes the review log of a class: a row for each answer that stands, or for each event of a card."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which class, where to, and what of it."""
        parser.add_argument("class", help="the class's join code or id")
        parser.add_argument(
            "file", nargs="?", default="", help="ending in .csv or .xlsx; CSV to standard output if left out"
        )
        parser.add_argument("--pseudonymous", action="store_true", help="no names; pseudonyms as in downloads")
        parser.add_argument("--every-event", action="store_true", help="also answers taken back, cards set aside, ...")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Write the table row by row."""
        name, bar = options["file"], Bar(self.stderr)
        if name and Path(name).suffix.casefold() not in (".csv", ".xlsx"):
            raise CommandError(f"{name} ends neither in .csv nor in .xlsx.")
        try:
            self._write(name, _rows(options, bar))
        except OSError as error:
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from error
        finally:
            bar.end()
        if name:
            self.stderr.write(f"{name} is written.")

    def _write(self, name: str, rows: Iterator[list[object]]) -> None:
        if not name:
            for part in csv_parts(rows):
                self.stdout.write(part, ending="")
        elif Path(name).suffix.casefold() == ".xlsx":
            with Path(name).open("wb") as book:
                write_workbook(book, sheet_name(Download.What.REVIEWS), rows)
        else:
            with Path(name).open("w", encoding="utf-8", newline="") as table:
                table.writelines(csv_parts(rows))


def _rows(options: dict[str, Any], bar: Bar) -> Iterator[list[object]]:
    cohort, pseudonymous = find_class(options["class"]), options["pseudonymous"]
    students = exported_students(cohort, pseudonymous=pseudonymous)
    return review_rows(
        students,
        list(cohort.decks.values_list("pk", flat=True)),
        pseudonymous=pseudonymous,
        everything=options["every_event"],
        tell=partial(_tell, bar, sum(one.events for one in students)),
    )


def _tell(bar: Bar, whole: int, done: int) -> None:
    bar.tell("events read", done, whole)
