"""manage.py import_facts FILE --deck SLUG: a table of facts into a deck, said before it is done."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils import timezone

from quizzes.core.columns import MappingError, table
from quizzes.core.outcomes import Outcome, Plan
from quizzes.core.sheets import Table
from quizzes.formats import plans
from quizzes.formats.errors import TableError
from quizzes.formats.tables import read_sheet
from quizzes.management.progress import Bar
from quizzes.models import Deck
from quizzes.selectors.content.importing import plan_import
from quizzes.services.content.importing import StalePlanError, import_table


class Command(BaseCommand):
    """Writes in one transaction, or nothing; exits 1 where no row could be imported."""

    help = "Imports a table of facts (CSV, XLSX) into a deck; importing again updates. Says first what changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the deck, how to read, how to write."""
        parser.add_argument("file", help="a CSV file or XLSX workbook; - reads standard input")
        parser.add_argument("--deck", required=True, metavar="SLUG", help="the deck; made as a draft if there is none")
        parser.add_argument("--title", default="", help="of a deck that is made (from the slug)")
        parser.add_argument("--language", default="en", help="of a deck that is made, such as de (en)")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--map", default="", metavar="FIELD=COLUMN,…", help="columns by header or number: term=Symbol,description=2"
        )
        parser.add_argument("--no-header", action="store_true", help="the first row is a fact")
        parser.add_argument("--sheet", default="", help="the sheet of a workbook (the first with anything in it)")
        parser.add_argument("--encoding", default="", help="of a CSV file, such as cp1250 (found out)")
        parser.add_argument("--retire-missing", action="store_true", help="retire facts that the table leaves out")
        parser.add_argument("--meaning", action="store_true", help="what changes, changes its meaning: it comes back")
        parser.add_argument("--json", action="store_true", help="the whole plan as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Read, plan, tell, write."""
        deck = _deck(options)
        try:
            read = _read(options)
            plan = plan_import(deck, read, _mapping(options["map"]), retire_missing=options["retire_missing"])
        except (TableError, MappingError) as error:
            raise CommandError(str(error)) from error
        self._tell_plan(plan, as_json=options["json"])
        if len(plan.of(Outcome.REFUSED)) == len(plan.lines):
            said = "No row can be imported" if plan.lines else "There is no row below the header"
            raise CommandError(f"{said}; nothing was changed.")
        if options["dry_run"]:
            self.stderr.write("Nothing was changed: this was a dry run.")
            return
        self._write(deck, plan, meaning=options["meaning"])

    def _tell_plan(self, plan: Plan, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(plans.record(plan), ensure_ascii=False))
            return
        for line in plans.text(plan):
            self.stdout.write(line)

    def _write(self, deck: Deck, plan: Plan, *, meaning: bool) -> None:
        bar = Bar(self.stderr)
        try:
            done = import_table(deck=deck, plan=plan, by=None, now=timezone.now(), meaning=meaning, tell=bar.tell)
        except StalePlanError as error:
            raise CommandError(f"{error}.") from error
        finally:
            bar.end()
        refused = len(plan.of(Outcome.REFUSED))
        said = f"{done.created:,} facts made, {done.updated:,} changed, {done.retired:,} retired in “{done.deck.slug}”"
        self.stderr.write(f"{said}; {refused:,} rows refused, see above." if refused else f"{said}.")


def _deck(options: dict[str, Any]) -> Deck:
    """The deck of that slug, or a new draft that is not saved yet."""
    slug = options["deck"]
    found = Deck.objects.filter(slug=slug).first()
    if found is not None:
        return found
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise CommandError("A deck's slug has letters a to z, digits, hyphens and underscores only.") from error
    if len(slug) > 80 or len(options["title"]) > 200 or len(options["language"]) > 16:
        raise CommandError("A slug has at most 80 letters, a title 200, a language 16.")
    title = options["title"] or slug.replace("-", " ").replace("_", " ").strip().capitalize() or slug
    return Deck(slug=slug, title=title, language=options["language"])


def _read(options: dict[str, Any]) -> Table:
    try:
        data = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
    except OSError as error:
        raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
    sheet = read_sheet(data, sheet=options["sheet"], encoding=options["encoding"])
    named = any(not header.strip().isdecimal() for header in _mapping(options["map"]).values())
    return table(sheet, header=False if options["no_header"] else True if named else None)


def _mapping(text: str) -> dict[str, str]:
    """Fields and columns from `term=Symbol,description=Name`."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if wrong := next((name for name, sign, _ in pairs if not sign), ""):
        raise CommandError(f"--map takes pairs such as term=Symbol,description=Name; “{wrong}” is none.")
    return {name.strip(): column.strip() for name, _, column in pairs}
