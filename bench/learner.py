"""The progress page of one student with ten thousand cards and a long history, asked for inside this process."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from bench.pages import time_page
from quizzes.core.specs import Direction, Evidence
from quizzes.models import (
    Card,
    CardProgress,
    DailyStudy,
    Deck,
    Fact,
    ReviewLog,
    Section,
    StudySession,
    StudySettings,
    User,
)
from quizzes.services.study.joining import join_deck

CARDS, DAYS, ANSWERS_A_DAY = 10_000, 84, 740
SECTIONS = 7
BATCH = 2_000


def time_progress(now: datetime) -> dict[str, float]:
    """Milliseconds of the page, and how large the history is."""
    student = make_learner(now)
    figures = {"cards": CARDS, "answers": ReviewLog.objects.filter(user=student).count()}
    return {**figures, **time_page(student, reverse("progress"))}


@transaction.atomic
def make_learner(now: datetime) -> User:
    """A student of a deck of their own, who has answered the same number of its cards on each day, round by round."""
    student = User.objects.create(username="bench-learner", password=make_password(None))
    deck = Deck.objects.create(slug="bench-wide", title="Bench, wide", status=Deck.Status.PUBLISHED)
    cards = _cards(deck)
    join_deck(user=student, deck=deck, now=now - timedelta(days=DAYS))
    answers = list(_answers(student, deck, cards, now))
    ReviewLog.objects.bulk_create(answers, batch_size=BATCH)
    CardProgress.objects.bulk_create(_memories(answers), batch_size=BATCH)
    DailyStudy.objects.bulk_create(_days(student, deck, answers))
    StudySession.objects.filter(user=student).update(last_seq=len(answers))
    return student


def _cards(deck: Deck) -> list[Card]:
    places = [f"part{number}" for number in range(SECTIONS)]
    sections = Section.objects.bulk_create(
        [Section(deck=deck, slug=name, position=at, noun=name, noun_plural=name) for at, name in enumerate(places)]
    )
    names = ((section, number) for number in range(CARDS) for section in [sections[number % SECTIONS]])
    facts = Fact.objects.bulk_create(
        [
            Fact(deck=deck, section=section, code=f"{section.slug}/{number}", term=f"term {number}", position=number)
            for section, number in names
        ],
        batch_size=BATCH,
    )
    direction = Direction.PURPOSE_TO_TERM
    rows = [
        Card(deck=deck, fact=fact, direction=direction, key=f"{fact.code}/{direction}", order=at, status="active")
        for at, fact in enumerate(facts)
    ]
    return Card.objects.bulk_create(rows, batch_size=BATCH)


def _answers(student: User, deck: Deck, cards: list[Card], now: datetime) -> Iterator[ReviewLog]:
    dice, parameters = Random("bench"), StudySettings.objects.get(user=student).parameter_set_id
    for seq in range(1, DAYS * ANSWERS_A_DAY + 1):
        at = now - timedelta(days=DAYS - (seq - 1) // ANSWERS_A_DAY, seconds=-seq % ANSWERS_A_DAY)
        rating, interval = (3 if dice.random() < 0.9 else 1), 1 + 40 * dice.random()
        yield ReviewLog(
            user=student,
            seq=seq,
            kind=ReviewLog.Kind.ANSWER,
            client_id=uuid.UUID(int=seq),
            card=cards[seq % CARDS],
            answered_at=at,
            received_at=at,
            study_day=at.date(),
            time_zone="UTC",
            rollover_hour=4,
            evidence=Evidence.GRADED.value,
            rating=rating,
            correct=rating > 1,
            predicted_recall=0.9,
            parameter_set_id=parameters,
            interval_days=interval,
            due_on=at.date() + timedelta(days=round(interval)),
            due_reason="promised",
            detail={"deck": deck.pk, "counts_as": "review"},
        )


def _memories(answers: list[ReviewLog]) -> list[CardProgress]:
    last = {answer.card_id: answer for answer in answers}
    return [
        CardProgress(
            user_id=answer.user_id,
            card_id=answer.card_id,
            phase="review",
            stability=answer.interval_days,
            difficulty=5.0,
            due_on=answer.due_on,
            interval_days=answer.interval_days,
            reps=6,
            lapses=answer.seq % 3,
            last_study_day=answer.study_day,
            last_answered_at=answer.answered_at,
        )
        for answer in last.values()
    ]


def _days(student: User, deck: Deck, answers: list[ReviewLog]) -> list[DailyStudy]:
    right: dict[object, list[bool]] = {}
    for answer in answers:
        right.setdefault(answer.study_day, []).append(bool(answer.correct))
    return [
        DailyStudy(
            user=student,
            day=day,
            answers=len(marks),
            correct=sum(marks),
            decks={str(deck.pk): [0, len(marks), 0, len(marks), len(marks), sum(marks)]},
        )
        for day, marks in right.items()
    ]
