"""manage.py demo: the first deck and people to try the site with, on an empty database only."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from quizzes.models import Deck, User
from quizzes.services.people.roles import ADMIN, EDITOR, INSTRUCTOR, STUDENT, give_role
from quizzes.services.study.demo import study_for_days
from quizzes.services.study.joining import join_deck

FIXTURE = "soft_tissue_calcifications"
PASSWORD = "calcquiz-demo"
PEOPLE = (("student", STUDENT), ("newcomer", STUDENT), ("instructor", INSTRUCTOR), ("editor", EDITOR), ("admin", ADMIN))
DAYS, ANSWERS_A_DAY = 14, 18


class Command(BaseCommand):
    """Never touches a database that has decks or people of its own."""

    help = "Loads the first deck into an empty database, and makes demo people with some history."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Load, then make people; say what was done."""
        if not Deck.objects.exists():
            self.stdout.write("Loading the first deck: soft tissue calcifications ...")
            call_command("loaddata", FIXTURE, verbosity=0)
        if not User.objects.exists():
            self.stdout.write("Making demo people ...")
            self._make_people()
        if User.objects.filter(username="student").exists():
            self.stdout.write(f"Sign in as {', '.join(name for name, _role in PEOPLE)}; the password is {PASSWORD}")

    @transaction.atomic
    def _make_people(self) -> None:
        hashed = make_password(PASSWORD)
        for name, role in PEOPLE:
            user = User.objects.create(username=name, password=hashed)
            give_role(user=user, role=role)
        student, now = User.objects.get(username="student"), timezone.now()
        deck = Deck.objects.order_by("pk").first()
        if deck is not None:
            join_deck(user=student, deck=deck, now=now)
            given = study_for_days(
                user=student, days=DAYS, answers_a_day=ANSWERS_A_DAY, until=now, seed="demo", tell=self._tell
            )
            self.stdout.write(f"The student has {given} answers behind them.")

    def _tell(self, line: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"  {line}", ending="\r")
