"""Students with a history and a session of their own, in a new database with the first deck."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, models, transaction

from quizzes.models import CardProgress, DailyStudy, Deck, ReviewLog, StudySession, User
from quizzes.services.people.notices import see_notice
from quizzes.services.study.demo import study_for_days
from quizzes.services.study.joining import join_deck

FIXTURE = "soft_tissue_calcifications"
DAYS, ANSWERS_A_DAY = 10, 20
HISTORY = (ReviewLog, CardProgress, DailyStudy)


def make_database() -> Deck:
    """Tables and the first deck, in the database that the settings name."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("loaddata", FIXTURE, verbosity=0)
    deck: Deck = Deck.objects.get()
    return deck


@transaction.atomic
def make_students(deck: Deck, count: int, now: datetime) -> list[User]:
    """Students of the deck who all have the history that one of them got by answering."""
    names = [f"bench-{number:03}" for number in range(count)]
    password = make_password(None)
    students: list[User] = User.objects.bulk_create([User(username=name, password=password) for name in names])
    for student in students:
        join_deck(user=student, deck=deck, now=now - timedelta(days=DAYS + 1))
        see_notice(user=student, slug=deck.slug, now=now)
    study_for_days(
        user=students[0], days=DAYS, answers_a_day=ANSWERS_A_DAY, until=now, seed="bench", tell=lambda _line: None
    )
    copy_history(students[0], students[1:])
    return students


def copy_history(source: User, others: Sequence[User]) -> None:
    """Give others, whose ids follow each other, all that the source has done; nobody has a question open then."""
    for model in HISTORY:
        _copy(model, source, others)
    last_seq = StudySession.objects.values_list("last_seq", flat=True).get(user=source)
    StudySession.objects.filter(user__in=[source, *others]).update(last_seq=last_seq, prompt=None)


def _copy(model: type[models.Model], source: User, others: Sequence[User]) -> None:
    """The source's rows once more for each of the others."""
    quote = connection.ops.quote_name
    table, people = quote(model._meta.db_table), quote(User._meta.db_table)
    names = [field.column for field in model._meta.concrete_fields if field.column not in (None, "user_id")]
    columns = ", ".join(map(quote, names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (user_id, {columns}) SELECT person.id, {columns} FROM {table} "
            f"CROSS JOIN {people} person WHERE user_id = %s AND person.id BETWEEN %s AND %s",
            [source.pk, others[0].pk, others[-1].pk],
        )


def sign_in(student: User) -> str:
    """The key of a new session, as signing in makes it, without the cost of a password."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(student.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = student.get_session_auth_hash()
    session.save()
    return str(session.session_key)
