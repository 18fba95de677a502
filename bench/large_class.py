"""A class of a thousand students with a million answers, made in bulk: a hundred terms, each lived by ten students."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from bench.people import copy_history
from bench.term import Questions, Term, Way, live_through, questions_of
from quizzes.core.minds import Ability
from quizzes.models import (
    CardProgress,
    Cohort,
    DailyStudy,
    Deck,
    Enrolment,
    ReviewLog,
    StudySession,
    User,
)
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.history import progress_columns
from quizzes.selectors.study.students import get_student
from quizzes.services.people.notices import see_notice
from quizzes.services.people.roles import give_role
from quizzes.services.study.asking import keep_snapshots
from quizzes.services.study.joining import become_students, join_decks
from quizzes.services.teaching.classes import create_class
from quizzes.services.teaching.enrolling import enrol_all

ANSWERS_EACH, ALIKE = 1_030, 10
DAYS = 120
BATCH = 500
GROUPS = 20


def ways(count: int) -> list[Way]:
    """How students study: most nearly daily, some seldom, some not any more; ANSWERS_EACH on average."""
    dice, found = Random("ways"), list[Way]()
    for number in range(count):
        until = (0, 0, 0, 0, 1, 2, 4, 9, 16, 0)[number % 10]
        most = int(ANSWERS_EACH * (0.75 + 0.5 * ((number * 7 + 3) % count + 0.5) / count))
        ability = Ability(0.05 + 0.4 * dice.random(), 0.6 + 2.4 * dice.random(), 1.6 + 1.2 * dice.random())
        found.append(Way(DAYS, until, 0.35 + 0.6 * dice.random(), 4 + int(10 * dice.random()), most, ability))
    return found


@transaction.atomic
def make_students(deck: Deck, names: Sequence[str], began: datetime) -> list[User]:
    """Students of the deck, whose ids follow each other, with nothing learned yet."""
    password = make_password(None)
    rows = [
        User(username=name, password=password, first_name=f"Student {at:04}", last_name="Bench")
        for at, name in enumerate(names)
    ]
    students: list[User] = User.objects.bulk_create(rows, batch_size=BATCH)
    become_students(users=students, now=began)
    join_decks(users=students, decks=[deck], now=began)
    return students


def make_triplets(deck: Deck, now: datetime) -> list[User]:
    """Three students of the deck with the same past, who have been away for a while: many cards wait for them."""
    triplets = make_students(deck, ["triplet-1", "triplet-2", "triplet-3"], now - timedelta(days=DAYS + 1))
    content = deck_content(deck)
    way = Way(DAYS, 12, 0.9, 10, ANSWERS_EACH, Ability())
    with transaction.atomic():
        _keep(triplets[0], live_through(get_student(triplets[0].pk), content, _kept(content, now), way, now))
        copy_history(triplets[0], triplets[1:])
    for one in triplets:
        see_notice(user=one, slug=deck.slug, now=now)
    return triplets


def make_class(deck: Deck, students: int, one: User, now: datetime) -> tuple[User, Cohort]:
    """The instructor, and the class that `one` is in with students - 1 others."""
    began = now - timedelta(days=DAYS + 1)
    instructor = User.objects.create(username="large-instructor", password=make_password(None))
    give_role(user=instructor, role="instructor")
    cohort = create_class(user=instructor, name="Large", decks=[deck], closes_at=None, below=lambda _n: 0, now=began)
    members = make_students(deck, [f"large-{number:04}" for number in range(1, students)], began)
    enrol_all(users=[*members, one], cohort=cohort, now=began)
    _group(cohort, members)
    _live(deck, members, now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return instructor, cohort


def _group(cohort: Cohort, members: Sequence[User]) -> None:
    groups = [cohort.groups.create(name=f"Tutorial {number:02}") for number in range(1, GROUPS + 1)]
    for at, group in enumerate(groups):
        ids = [member.pk for member in members[at::GROUPS]]
        Enrolment.objects.filter(cohort=cohort, user__in=ids).update(group=group)


def _live(deck: Deck, members: Sequence[User], now: datetime) -> None:
    content = deck_content(deck)
    asked = _kept(content, now)
    firsts = members[::ALIKE]
    for first, way, at in zip(firsts, ways(len(firsts)), range(0, len(members), ALIKE), strict=True):
        term = live_through(get_student(first.pk), content, asked, way, now)
        with transaction.atomic():
            _keep(first, term)
            if others := members[at + 1 : at + ALIKE]:
                copy_history(first, others)


def _kept(content: DeckContent, now: datetime) -> list[Questions]:
    """The questions that are going to be asked, kept as shown."""
    asked = questions_of(content)
    keep_snapshots((shown for one in asked for shown in (*one.choices, one.open)), now)
    return asked


@transaction.atomic
def _keep(student: User, term: Term) -> None:
    ReviewLog.objects.bulk_create(term.rows, batch_size=BATCH)
    CardProgress.objects.bulk_create(
        [CardProgress(user=student, card_id=pk, **progress_columns(one)) for pk, one in term.memories.items()],
        batch_size=BATCH,
    )
    DailyStudy.objects.bulk_create([DailyStudy(user=student, day=day, **kept) for day, kept in term.days.items()])
    StudySession.objects.filter(user=student).update(last_seq=len(term.rows))
