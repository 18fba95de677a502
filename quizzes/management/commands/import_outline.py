"""manage.py import_outline FILE: a text guide into a draft deck."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from quizzes.core.outlines import Outline, SectionDraft, drafts_of
from quizzes.formats.outline import NoOutlineError, read_outline
from quizzes.formats.outline_text import UndecodableError, decode
from quizzes.models import Deck
from quizzes.services.content.outlining import DeckExistsError, import_outline

_SHOWN = 100


class Command(BaseCommand):
    """Makes a new deck or none; never changes one that exists."""

    help = "Makes a draft deck of a text guide: headings become sections, lines of lists become facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what the deck is to be called."""
        parser.add_argument("file", help="a text with headings and lists; - reads standard input")
        parser.add_argument("--deck", default="", metavar="SLUG", help="the new deck's slug (made from its title)")
        parser.add_argument("--title", default="", help="the new deck's title (the text's own)")
        parser.add_argument("--language", default="en", help="the text's language, such as en or pt-BR (en)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
        parser.add_argument("--json", action="store_true", help="print what was understood as data")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Read, understand, make the deck, tell."""
        try:
            outline = read_outline(decode(_bytes(options["file"])))
        except (UndecodableError, NoOutlineError) as error:
            raise CommandError(str(error)) from error
        title = " ".join((options["title"] or outline.title).split())
        slug = options["deck"] or slugify(title)[:80].strip("-")
        _check(slug, options["language"])
        title = title or slug
        if not options["dry_run"]:
            try:
                import_outline(
                    outline=outline, slug=slug, title=title, language=options["language"], by=None, now=timezone.now()
                )
            except DeckExistsError as error:
                raise CommandError(str(error)) from error
        drafts = drafts_of(outline, options["language"])
        if options["json"]:
            self.stdout.write(json.dumps(_record(slug, title, outline, drafts), ensure_ascii=False, indent=2))
        else:
            self._tell(slug, title, outline, drafts, dry_run=options["dry_run"])

    def _tell(
        self, slug: str, title: str, outline: Outline, drafts: tuple[SectionDraft, ...], *, dry_run: bool
    ) -> None:
        self.stdout.write(f"{title} ({slug}): {len(drafts)} sections, {len(outline.facts)} facts")
        for draft in drafts:
            self.stdout.write(f"  {_counted(draft)}")
            if draft.forms:
                begin = ", ".join(f"“{word}”" for word in draft.forms)
                self.stdout.write(f"    Descriptions begin in different forms: {begin}. Give them one form.")
        self._list("Unclear", [f"{fact.line}: {' '.join(fact.unclear)} “{fact.text}”" for fact in _unclear(outline)])
        self._list("In no list, left out", [f"{line.line}: {line.text}" for line in outline.skipped])
        if dry_run:
            self.stdout.write("Nothing was made. Run it without --dry-run to make the deck.")
            return
        self.stdout.write(
            f"The deck is a draft. Next: look through its facts in the admin, the doubtful ones first; print its "
            f"questions with manage.py bank {slug} --format text; publish it."
        )

    def _list(self, head: str, lines: list[str]) -> None:
        if lines:
            self.stdout.write(f"{head} ({len(lines)}), by line number:")
        for line in lines:
            self.stdout.write(f"  {line if len(line) <= _SHOWN + 1 else line[:_SHOWN].rstrip() + '…'}")


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def _check(slug: str, language: str) -> None:
    if not slug:
        raise CommandError("The text has no title that makes a slug. Give one: --deck SLUG, in a-z, 0-9 and -.")
    field = Deck._meta.get_field("slug")
    if slugify(slug) != slug.lower() or len(slug) > (field.max_length or 0):
        raise CommandError(f"“{slug}” is no slug: at most {field.max_length} of a-z, 0-9 and -.")
    longest = Deck._meta.get_field("language").max_length or 0
    if not language or len(language) > longest:
        raise CommandError("--language takes a language such as en or pt-BR.")


def _unclear(outline: Outline) -> list[Any]:
    return [fact for fact in outline.facts if fact.unclear]


def _counted(draft: SectionDraft) -> str:
    parts = {
        "with a description": sum(bool(fact.description) for fact in draft.facts),
        "with a condition": sum(bool(fact.condition) for fact in draft.facts),
        "with examples": sum(bool(fact.examples) for fact in draft.facts),
    }
    said = ", ".join(f"{count} {what}" for what, count in parts.items() if count) or "a plain list"
    return f"{draft.slug} ({draft.noun} / {draft.noun_plural}): {len(draft.facts)} facts, {said}"


def _record(slug: str, title: str, outline: Outline, drafts: tuple[SectionDraft, ...]) -> dict[str, Any]:
    return {
        "deck": slug,
        "title": title,
        "introduction": outline.introduction,
        "sections": [
            {
                "slug": draft.slug,
                "heading": draft.heading,
                "noun": draft.noun,
                "noun_plural": draft.noun_plural,
                "forms": list(draft.forms),
                "facts": [
                    {
                        "line": fact.line,
                        "term": fact.term,
                        "description": fact.description,
                        "condition": fact.condition,
                        "examples": list(fact.examples),
                        "aliases": list(fact.aliases),
                        "unclear": list(fact.unclear),
                    }
                    for fact in draft.facts
                ],
            }
            for draft in drafts
        ],
        "skipped": [{"line": line.line, "text": line.text} for line in outline.skipped],
    }
