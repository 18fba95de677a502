"""manage.py rollup: make the figures of cards anew from the log, or compare them with what is kept."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes.management.progress import Bar
from quizzes.models import Cohort, Deck
from quizzes.selectors.teaching.rollup_check import differences
from quizzes.services.teaching.confusing import recount, wrong_counts
from quizzes.services.teaching.due_work import recount_due_work
from quizzes.services.teaching.rolling_up import all_pairs, roll_up

MOST_SHOWN = 50


class Command(BaseCommand):
    """The worker does the same by itself, for what has changed."""

    help = "Makes figures of cards, mix-ups and due work anew from the log; --check compares, and writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All, or one class."""
        parser.add_argument("class", nargs="?", type=int, metavar="CLASS", help="the number in the class's address")
        parser.add_argument("--check", action="store_true", help="compare, and exit 1 where log and figures differ")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Each class and deck in turn, with a line."""
        cohort = _class(options["class"])
        pairs = list(all_pairs(cohort))
        if options["check"]:
            self._check(pairs, wrong_counts(cohort=cohort))
            return
        bar = Bar(self.stderr)
        for at, (deck, of) in enumerate(pairs):
            bar.tell("classes and decks", at, len(pairs))
            made = roll_up(deck=deck, cohort=of, now=timezone.now(), clock=monotonic)
            bar.end()
            self.stdout.write(f"{_name(deck, of)}: {made.students} students, {made.answers} answers")
        self.stdout.write(f"mix-ups: {recount(cohort=cohort, now=timezone.now())} students")
        self.stdout.write(f"due work: {recount_due_work(cohort=cohort, now=timezone.now())} students")

    def _check(self, pairs: list[tuple[Deck, Cohort | None]], mix_ups: list[str]) -> None:
        found = [f"{_name(deck, of)}{line}" for deck, of in pairs for line in differences(deck, of)] + mix_ups
        self.stdout.write(f"{len(pairs)} classes and decks reckoned")
        for line in found[:MOST_SHOWN]:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} differences between the log and the figures that are kept")
        self.stdout.write("The log gives the figures that are kept.")


def _class(number: int | None) -> Cohort | None:
    if number is None:
        return None
    found = Cohort.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(f"there is no class {number}")
    return found


def _name(deck: Deck, cohort: Cohort | None) -> str:
    return f"{cohort.name}, {deck.slug}" if cohort else f"everybody, {deck.slug}"
