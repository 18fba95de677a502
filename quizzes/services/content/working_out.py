"""Stale cards of large decks worked out little by little, beside editors and other workers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from quizzes.core.generation import Bank
from quizzes.models import Card, Deck
from quizzes.selectors.content.banks import bank_at, note_bank
from quizzes.services.content.cards import FOUND, Finding, finding

CLAIM = timedelta(minutes=2)
"""How long a deck waits for a worker that was killed; far longer than a batch takes."""
_MOST_IDS = 5_000

Findings = Mapping[int, Finding]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one turn did: the deck, how many of its cards were worked out, how many of these changed.

    `kept` is False where the deck was edited meanwhile: then nothing was written, and the next turn starts over.
    """

    deck: Deck
    cards: int
    changed: int
    kept: bool


def work_out_some(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> Batch | None:
    """Work out stale cards of one deck for so many seconds of the clock, one at least; None if no deck needs it.

    It ends early when `stop` says so. Nothing is locked while questions are worked out. The deck is claimed for that
    time, so that no other worker takes it up, and what was found is kept only if the deck still says what it said at
    the start.
    """
    deck = claim(now=now)
    if deck is None:
        return None
    try:
        bank = bank_at(deck)
        batch = _keep(deck, _find(deck, bank, lambda began: stop() or clock() - began >= seconds, clock))
        if batch.changed:
            note_bank(bank, deck.pk, deck.content_version + 1)
        return batch
    finally:
        Deck.objects.filter(pk=deck.pk, worked_on_until=deck.worked_on_until).update(worked_on_until=None)


def claim(*, now: datetime) -> Deck | None:
    """A deck with stale cards that no other worker has in hand, published ones first; None if there is none."""
    free = Q(worked_on_until=None) | Q(worked_on_until__lt=now)
    stale = Exists(Card.objects.filter(deck=OuterRef("pk"), stale=True))
    for pk in Deck.objects.filter(free, stale).order_by("-status", "pk").values_list("pk", flat=True):
        if Deck.objects.filter(free, pk=pk).update(worked_on_until=now + CLAIM):
            return Deck.objects.get(pk=pk)
    return None


def _find(deck: Deck, bank: Bank, enough: Callable[[float], bool], clock: Callable[[], float]) -> dict[int, Finding]:
    """The findings by card id, empty for a card that the facts do not give, which no edit leaves behind."""
    stale = dict(Card.objects.filter(deck=deck, stale=True).values_list("key", "pk"))
    specs = [(stale.pop(spec.key), spec) for spec in bank.cards() if spec.key in stale]
    found: dict[int, Finding] = {pk: {} for pk in stale.values()}
    began = clock()
    for pk, spec in specs:
        found[pk] = finding(bank, spec)
        if enough(began):
            break
    return found


@transaction.atomic
def _keep(deck: Deck, found: Findings) -> Batch:
    now_there = Deck.objects.select_for_update().get(pk=deck.pk)
    if now_there.content_version != deck.content_version:
        return Batch(deck, len(found), 0, kept=False)
    changed = _write(found)
    if changed:
        Deck.objects.filter(pk=deck.pk).update(content_version=F("content_version") + 1)
    return Batch(deck, len(found), changed, kept=True)


def _write(found: Findings) -> int:
    """Keep what was found of the cards that are still stale; returns how many of them say something else now."""
    ids, changed = list(found), 0
    for at in range(0, len(ids), _MOST_IDS):
        rows = Card.objects.filter(pk__in=ids[at : at + _MOST_IDS], stale=True).only("pk", *FOUND)
        changed += _write_some(rows, found)
    return changed


def _write_some(rows: Iterable[Card], found: Findings) -> int:
    alike: dict[tuple[str | int, ...], list[int]] = defaultdict(list)
    same: list[int] = []
    for card in rows:
        old = tuple(getattr(card, name) for name in FOUND)
        new = tuple(found[card.pk].get(name, was) for name, was in zip(FOUND, old, strict=True))
        (same if new == old else alike[new]).append(card.pk)
    Card.objects.filter(pk__in=same).update(stale=False)
    for new, ids in alike.items():
        Card.objects.filter(pk__in=ids).update(stale=False, **dict(zip(FOUND, new, strict=True)))
    return sum(map(len, alike.values()))
