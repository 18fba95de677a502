"""manage.py bank DECK: draw questions and print them, as data or as a person reads them, and check the rules."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.core.assembly import Quiz, assemble, quiz_faults
from quizzes.core.blueprints import Row, draw_form
from quizzes.core.generation import Bank
from quizzes.core.quality import drawn
from quizzes.core.rules import examined
from quizzes.core.specs import Closeness, Direction, Item, Refusal
from quizzes.core.survey import DRAWS, survey
from quizzes.formats import bank as printed
from quizzes.management.progress import Bar
from quizzes.models import Deck
from quizzes.selectors.content.pairs import reach_of
from quizzes.selectors.content.specs import deck_spec

MOST_CHECKED = 2000
QUIZ_SIZE = 20
MOST_FAULTS = 50


class Command(BaseCommand):
    """Reads only; the same seed prints the same bytes on every machine."""

    help = "Draws questions from a deck and prints them; --check exits 1 where they break a rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is drawn, and how it is printed."""
        parser.add_argument("deck", help="the deck's slug")
        parser.add_argument("--draws", type=int, help=f"items per card (1; with --check {DRAWS})")
        parser.add_argument("--seed", default="", help="any text; another one draws other items")
        parser.add_argument("--quiz", type=int, metavar="N", help=f"draw N whole quizzes instead, of up to {QUIZ_SIZE}")
        parser.add_argument(
            "--blueprint",
            default="",
            help="the quizzes' rows, as in drugs:purpose_to_term:near:5,all:any:mixed:10"
            " (section, direction, closeness, number)",
        )
        parser.add_argument(
            "--format", choices=("json", "text"), help="JSON Lines (default), or as a person reads them"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help=f"exit 1 where a rule is broken; reports on the deck, from {MOST_CHECKED} cards of a larger one",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Draw, print, check; a reader that has seen enough may close the pipe."""
        try:
            self._handle(options)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _handle(self, options: dict[str, Any]) -> None:
        draws = options["draws"] if options["draws"] is not None else DRAWS if options["check"] else 1
        if draws < 1 or (options["quiz"] is not None and options["quiz"] < 1):
            raise CommandError("--draws and --quiz take a number from 1 up")
        self.deck = find_deck(options["deck"])
        bank = Bank(deck_spec(self.deck))
        self.way = options["format"] or ("" if options["check"] else "json")
        if options["quiz"] is not None:
            rows = read_rows(bank, options["blueprint"]) if options["blueprint"] else ()
            faults = self._quizzes(bank, options["quiz"], options["seed"], rows)
        else:
            faults = self._items(bank, draws, options["seed"], check=options["check"])
        if options["check"]:
            self._tell(faults)

    def _items(self, bank: Bank, draws: int, seed: str, *, check: bool) -> list[str]:
        if self.way:
            for one in drawn(bank, draws, seed):
                self._print(bank, one)
        return self._check(bank, draws, seed) if check else []

    def _check(self, bank: Bank, draws: int, seed: str) -> list[str]:
        bar = Bar(self.stderr)
        try:
            found = survey(bank, draws=draws, seed=seed, most=MOST_CHECKED, told=partial(bar.tell, "Cards looked at"))
        finally:
            bar.end()
        for line in printed.survey_lines(found):
            self.stderr.write(line)
        reach = reach_of(self.deck)
        self.stderr.write(f"pairs judged: {reach.judged:,} of {reach.pairs:,}")
        return list(found.violations)

    def _quizzes(self, bank: Bank, count: int, seed: str, rows: Sequence[Row]) -> list[str]:
        faults: list[str] = []
        for number in range(1, count + 1):
            quiz, lacking = draw_quiz(bank, f"{bank.deck.slug}/{seed}/quiz/{number}", rows)
            self._print_quiz(bank, quiz, number)
            broken = [f"{item.card.key}: {one.rule}, {one.detail}" for item, one in examined(quiz.items, bank.deck)]
            faults += [f"quiz {number}: {fault}" for fault in [*lacking, *quiz_faults(bank, quiz), *broken]]
        return faults

    def _print_quiz(self, bank: Bank, quiz: Quiz, number: int) -> None:
        if self.way == "text":
            self.stdout.write(f"Quiz {number}\n")
        for item in quiz.items:
            self._print(bank, item, quiz=number)

    def _print(self, bank: Bank, one: Item | Refusal, **more: int) -> None:
        if self.way == "text":
            self.stdout.write(printed.text(one))
        elif self.way == "json":
            record = printed.refused(one) if isinstance(one, Refusal) else printed.line(bank.deck.slug, one)
            self.stdout.write(printed.dumps({**record, **more}))

    def _tell(self, faults: list[str]) -> None:
        for fault in faults[:MOST_FAULTS]:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} broken rules")
        self.stderr.write("No rule is broken.")


def draw_quiz(bank: Bank, seed: str, rows: Sequence[Row]) -> tuple[Quiz, list[str]]:
    """A quiz by these rows, with what they lack; without rows one of twenty from anywhere."""
    if not rows:
        return assemble(bank, QUIZ_SIZE, seed), []
    form = draw_form(bank, rows, seed)
    lacking = [f"row {one.row + 1} asks for {one.wanted} items, {one.given} were found" for one in form.shortfalls]
    return Quiz(form.items, seed), lacking


def read_rows(bank: Bank, text: str) -> list[Row]:
    """The rows of a blueprint as typed; a CommandError that says what they have to look like."""
    return [_read_row(bank, part.split(":"), part) for part in text.split(",")]


def _read_row(bank: Bank, parts: Sequence[str], part: str) -> Row:
    sections = [section.slug for section in bank.deck.sections]
    try:
        section, direction, closeness, number = parts
        if section not in {"all", *sections} or int(number) < 1:
            raise ValueError
        asked = None if direction == "any" else Direction(direction)
        return Row("" if section == "all" else section, asked, Closeness(closeness), int(number))
    except ValueError as error:
        known = f"Sections: all, {', '.join(sections)}. Directions: any, {', '.join(Direction)}."
        hint = (
            f"“{part}” is no row: write section:direction:closeness:number. {known} Closeness: {', '.join(Closeness)}."
        )
        raise CommandError(hint) from error


def find_deck(slug: str) -> Deck:
    """The deck of that slug; a CommandError that names the decks there are."""
    deck = Deck.objects.filter(slug=slug).first()
    if deck is None:
        known = ", ".join(Deck.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no deck “{slug}”. Decks: {known}.")
    return deck
