"""Long logs for tests, made by a known memory: as if a student had answered flashcards for months."""

import uuid
from datetime import timedelta
from random import Random

from django.db import transaction

from quizzes.core.events import Event, Kind
from quizzes.core.history import Progress, fold
from quizzes.core.memory import DEFAULT_PARAMETERS, next_memory, retrievability
from quizzes.core.specs import Evidence
from quizzes.models import Card, CardProgress
from quizzes.selectors.study.history import card_events
from quizzes.services.study.log import close_log, count_many, evidence_columns, log_row, open_log, write_many
from tests.factories import NOW

FORGETFUL = tuple(
    {0: 0.05, 1: 0.1, 2: 0.3, 3: 0.5, 8: 0.3, 11: 0.4}.get(at, v) for at, v in enumerate(DEFAULT_PARAMETERS)
)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def remember(user, parameters, *, seed="log", cards=20, times=25, now=NOW):
    """Let somebody with this memory answer that many cards that often, on one day after the other; until `now`."""
    answers = sorted(_answers(parameters, Random(seed), cards, times))
    first = now - answers[-1][0] * DAY
    ids = list(Card.objects.filter(deck__studies__user=user).order_by("pk").values_list("pk", flat=True))[:cards]
    with transaction.atomic():
        pen = open_log(user)
        events = [
            (ids[card], _event(pen, first + day * DAY + at * SECOND, rating, gap))
            for at, (day, card, rating, gap) in enumerate(answers)
        ]
        rows = [_row(pen, card, event) for card, event in events]
        before = {card: card_events(user_id=user.pk, card_id=card) for card in ids}
        met = {card: fold([*before[card], *(event for other, event in events if other == card)]) for card in ids}
        CardProgress.objects.filter(user=user).delete()
        write_many(pen, rows, met)
        count_many(rows)
        close_log(pen, None)


def _answers(parameters, dice, cards, times):
    for card in range(cards):
        state, day = None, dice.randrange(5)
        for _ in range(times):
            gap = 0 if state is None else dice.choice([1, 2, 4, 9, 20])
            day += gap
            known = state is None or dice.random() < retrievability(state, gap, parameters)
            state = next_memory(state, 3 if known else 1, gap, parameters)
            yield day, card, 3 if known else 1, gap


def _event(pen, at, rating, gap):
    day = pen.student.day(at)
    return Event(
        seq=pen.next_seq(),
        kind=Kind.ANSWER,
        answered_at=at,
        study_day=day,
        client_id=str(uuid.UUID(int=pen.last_seq)),
        evidence=Evidence.GRADED,
        rating=rating,
        config=pen.student.config,
        correct=rating > 1,
        due_on=day + (gap or 1) * DAY,
        due_reason="promised",
        interval_days=gap or 1,
    )


def _row(pen, card_id, event):
    deck = pen.decks[0].deck.pk
    columns = {**evidence_columns(event, pen.student), "detail": {"deck": deck, "counts_as": "review"}}
    return log_row(pen.student, card_id, Progress(), event, event.answered_at, columns)
