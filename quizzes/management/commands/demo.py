"""manage.py demo: the first deck and people to try the site with, on an empty database only."""

import io
import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from quizzes.core.join_codes import show_code
from quizzes.models import Cohort, Deck, User
from quizzes.services.people.notices import see_notice
from quizzes.services.people.roles import ADMIN, EDITOR, INSTRUCTOR, STUDENT, give_role
from quizzes.services.teaching.demo import STUDENTS, make_class, make_pasts
from quizzes.services.teaching.demo_work import set_work

FIXTURE = "soft_tissue_calcifications"
PASSWORD = "calcquiz-demo"
PEOPLE = (
    ("student", STUDENT),
    ("newcomer", STUDENT),
    ("instructor", INSTRUCTOR),
    ("editor", EDITOR),
    ("admin", ADMIN),
    *((one.username, STUDENT) for one in STUDENTS if one.username != "student"),
)


class Command(BaseCommand):
    """Never touches a database that has decks or people of its own."""

    help = "Loads the first deck into an empty database, and makes demo people with some history."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Load, then make people; say what was done, progress to standard error."""
        if not Deck.objects.exists():
            self._tell("Loading the first deck: soft tissue calcifications")
            call_command("loaddata", FIXTURE, verbosity=0)
        if not User.objects.exists():
            self._tell("Making demo people and letting them study, some seconds each")
            self._make_people()
            self._tell("Making the figures of cards and mix-ups")
            call_command("rollup", stdout=io.StringIO())
        if User.objects.filter(username="student").exists():
            self._say_how_to_sign_in()

    @transaction.atomic
    def _make_people(self) -> None:
        people, now, hashed = {}, timezone.now(), make_password(PASSWORD)
        for name, role in PEOPLE:
            people[name] = User.objects.create(username=name, password=hashed)
            give_role(user=people[name], role=role)
        deck = Deck.objects.order_by("pk").first()
        if deck is None:
            return
        instructor = people["instructor"]
        cohort = make_class(instructor=instructor, people=people, deck=deck, below=secrets.randbelow, now=now)
        quiz = set_work(cohort=cohort, instructor=instructor, people=people, deck=deck, now=now)
        for one in STUDENTS:
            see_notice(user=people[one.username], slug=deck.slug, now=now)
        total = 0
        for name, given in make_pasts(people=people, until=now, quiz=quiz):
            self._tell(f"  {name}: {given} answers")
            total += given
        self.stdout.write(f"The class has {total} answers behind it.")

    def _say_how_to_sign_in(self) -> None:
        first, others = PEOPLE[:5], PEOPLE[5:]
        self.stdout.write(f"Sign in as {', '.join(name for name, _role in first)}; the password is {PASSWORD}")
        cohort = Cohort.objects.filter(enrolments__user__username="instructor").order_by("pk").first()
        if cohort is not None:
            self.stdout.write(f"Join the class “{cohort.name}” as newcomer: its code is {show_code(cohort.join_code)}")
            self.stdout.write(f"Also in the class: {', '.join(name for name, _role in others)}; same password")

    def _tell(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()
