"""What earlier students showed of each card, kept for students to come: by the worker, never by an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from quizzes.core.memory import NO_SHIFT, Shift
from quizzes.models import CardShift, Deck, DeckTally
from quizzes.selectors.content.decks import card_shifts
from quizzes.selectors.study.card_knowledge import CardKnowledge, answers_so_far, card_knowledge, decks_to_learn
from quizzes.services.study.tallying import tally_deck

LEAST_LN_STABILITY, LEAST_DIFFICULTY = 0.05, 0.1
"""A card gets a new version if one of its two numbers has changed by this much."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A deck whose cards were looked at: how many have answers on a later day, how many got a new version, its number
    (0: there has never been one)."""

    deck: Deck
    cards: int
    changed: int
    version: int


def learn_deck(*, deck: Deck, now: datetime) -> Learned:
    """Estimate the shifts of a deck's cards and keep those that have changed as a new version.

    The estimate takes seconds and is made outside of any transaction; of two at the same time the later one is dropped.
    """
    tally = DeckTally.objects.filter(deck=deck).first() or tally_deck(deck=deck, now=now)
    _students, answers = answers_so_far(deck.pk).get(deck.pk, (0, 0))
    found = list(card_knowledge(deck.pk))
    return _keep(deck=deck, before=tally.shift_version, found=found, answers=answers, now=now)


def learn_changed(*, now: datetime, stop: Callable[[], bool] = lambda: False) -> list[Learned]:
    """The same for each deck that enough students have studied, and much more than at the last time."""
    done = []
    for deck in Deck.objects.filter(pk__in=decks_to_learn()).order_by("pk"):
        if stop():
            break
        done.append(learn_deck(deck=deck, now=now))
    return done


@transaction.atomic
def _keep(*, deck: Deck, before: int, found: Sequence[CardKnowledge], answers: int, now: datetime) -> Learned:
    tally = DeckTally.objects.select_for_update().get(deck=deck)
    if tally.shift_version != before:
        return Learned(deck, len(found), 0, tally.shift_version)
    known = card_shifts(deck.pk)
    rows = [
        CardShift(
            card_id=one.card_id,
            version=before + 1,
            ln_stability=one.ln_stability,
            difficulty=one.difficulty,
            students=one.students,
            answers=one.answers,
            made_at=now,
        )
        for one in found
        if _is_news(one, known.get(one.card_id, NO_SHIFT))
    ]
    CardShift.objects.bulk_create(rows, batch_size=1000)
    tally.shift_answers = answers
    if rows:
        tally.shift_version, tally.version = before + 1, tally.version + 1
    tally.save(update_fields=["shift_answers", "shift_version", "version"])
    return Learned(deck, len(found), len(rows), tally.shift_version)


def _is_news(found: CardKnowledge, known: Shift) -> bool:
    return (
        abs(found.ln_stability - known.ln_stability) >= LEAST_LN_STABILITY
        or abs(found.difficulty - known.difficulty) >= LEAST_DIFFICULTY
    )
