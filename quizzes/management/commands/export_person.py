"""manage.py export_person USER FILE.zip: all that is kept of a person, as they get it from their settings."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes.models import AccessRecord, User
from quizzes.selectors.teaching.own_data_file import own_data_zip
from quizzes.services.teaching.opening import note_opening


def find_user(name: str) -> User:
    """The person of this user name; CommandError if there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Nobody has the user name {name}.")
    return user


class Command(BaseCommand):
    """Changes nothing but the list of who opened the person's record."""

    help = "Writes all that the site keeps of a person into a ZIP: JSON, a CSV file for each table, and what it means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and where to."""
        parser.add_argument("user", help="user name")
        parser.add_argument("file", help="the ZIP to write; one that is there already is not overwritten")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Write it piece by piece."""
        user, path, now = find_user(options["user"]), Path(options["file"]), timezone.now()
        try:
            with path.open("xb") as file:
                note_opening(person=user, by=None, what=AccessRecord.What.EXPORT, now=now)
                file.writelines(own_data_zip(user, now=now))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{path} is written.")
