"""manage.py erase_person USER: delete a person and everything that is kept of them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.management.commands.export_person import find_user
from quizzes.services.teaching.erasing import NotYetError, erase_person


class Command(BaseCommand):
    """Asks first; there is no way back but a backup."""

    help = "Deletes a person with everything that is kept of them. Counts over all students name nobody and stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, and whether to ask."""
        parser.add_argument("user", help="user name")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Ask for the user name once more, then erase."""
        user = find_user(options["user"])
        name = user.get_username()
        if not options["yes"] and input(f"All that is kept of {name} goes for ever. Type the user name: ") != name:
            raise CommandError("Nothing was erased.")
        try:
            erase_person(user=user)
        except NotYetError as error:
            raise CommandError(f"{name} was not erased. {error}") from error
        self.stderr.write(f"{name} is erased.")
