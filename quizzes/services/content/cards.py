"""Cards brought up to date with the facts they are made from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec
from quizzes.models import Card, Deck, Fact
from quizzes.selectors.content.banks import bank_of

WORKED_OUT_AT_ONCE = 1_500
CHANGED_AT_ONCE = 60
"""Cards of a deck, and cards of changed facts in a larger one, whose refusals nobody has to wait for."""
FOUND = ("status", "recall_refusal", "choice_refusal", "choices")
"""The columns that say what was found out about a card."""
Finding = Mapping[str, str | int]
_BATCH = 500
_MOST_SHIFTS = 20
_MOST_IDS = 5_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A card that the facts give, with its place; `finding` is empty where the worker is to work it out."""

    order: int
    spec: CardSpec
    finding: Finding


@transaction.atomic
def sync_cards(*, deck: Deck, changed: Collection[Fact] = ()) -> None:
    """Make the cards that the deck's facts give, retire those they no longer give, and note refusals.

    A card keeps its row for ever: one that comes back is the same card with the same memories. In a large deck only
    the cards of the `changed` facts are worked out here, if they are few. The others go stale and are asked as before,
    and new ones are pending, until the worker comes to them.
    """
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    bank = bank_of(deck)
    wanted = _wanted(bank, {fact.code for fact in changed})
    existing = {card.key: card for card in Card.objects.filter(deck=deck).only("key", "order", *FOUND, "stale")}
    _make(deck, [one for key, one in wanted.items() if key not in existing])
    _reorder([(card, wanted[key].order) for key, card in existing.items() if key in wanted])
    found = [card for key, card in existing.items() if _bring_up_to_date(card, wanted.get(key))]
    Card.objects.bulk_update(found, [*FOUND, "stale"], batch_size=_BATCH)
    if not all(one.finding for one in wanted.values()):
        _leave_to_worker(deck, [key for key, one in wanted.items() if one.finding])
    Deck.objects.filter(pk=deck.pk).update(content_version=F("content_version") + 1)


def finding(bank: Bank, spec: CardSpec) -> dict[str, str | int]:
    """What a card's row says of its questions: its status, why it is refused, how many answer choices, as columns."""
    refusal = bank.refusal(spec)
    choice = refusal.reason if refusal else ""
    recall = bank.unusable(spec)
    status = Card.Status.REFUSED if choice and recall else Card.Status.ACTIVE
    return {"status": status, "recall_refusal": recall, "choice_refusal": choice, "choices": bank.choice_count(spec)}


def _wanted(bank: Bank, changed: Collection[str]) -> dict[str, _Wanted]:
    cards = bank.cards()
    whole = len(cards) <= WORKED_OUT_AT_ONCE
    own = sum(spec.code in changed for spec in cards)
    few = own <= CHANGED_AT_ONCE
    return {
        spec.key: _Wanted(order, spec, finding(bank, spec) if whole or (few and spec.code in changed) else {})
        for order, spec in enumerate(cards)
    }


def _make(deck: Deck, wanted: Iterable[_Wanted]) -> None:
    fact_ids = dict(Fact.objects.filter(deck=deck).values_list("code", "pk"))
    rows = [
        Card(
            deck=deck,
            fact_id=fact_ids[one.spec.code],
            direction=one.spec.direction,
            part=one.spec.part,
            key=one.spec.key,
            order=one.order,
            stale=not one.finding,
            **(one.finding or {"status": Card.Status.PENDING}),
        )
        for one in wanted
    ]
    Card.objects.bulk_create(rows, batch_size=_BATCH)


def _reorder(placed: Iterable[tuple[Card, int]]) -> None:
    """Cards to their places: those that move alike in one statement, since a fact put in moves all behind it."""
    moved = [(card, order) for card, order in placed if card.order != order]
    alike: dict[int, list[int]] = defaultdict(list)
    for card, order in moved:
        alike[order - card.order].append(card.pk)
        card.order = order
    if len(alike) > _MOST_SHIFTS:
        Card.objects.bulk_update([card for card, _order in moved], ["order"], batch_size=_BATCH)
        return
    for shift, ids in alike.items():
        for some in _in_batches(ids):
            Card.objects.filter(pk__in=some).update(order=F("order") + shift)


def _bring_up_to_date(card: Card, wanted: _Wanted | None) -> bool:
    """What is known of the card now; False if its row says so already. One that comes back waits for the worker."""
    before = [getattr(card, name) for name in (*FOUND, "stale")]
    if wanted is None:
        card.status, card.stale = Card.Status.RETIRED, False
    elif wanted.finding:
        card.stale = False
        for name, value in wanted.finding.items():
            setattr(card, name, value)
    elif card.status == Card.Status.RETIRED:
        card.status, card.stale = Card.Status.PENDING, True
    return before != [getattr(card, name) for name in (*FOUND, "stale")]


def _leave_to_worker(deck: Deck, known: Collection[str]) -> None:
    """Marks cards whose refusals may have changed, all but those of the `known` keys."""
    rows = Card.objects.filter(deck=deck, stale=False).exclude(key__in=known)
    rows.exclude(status=Card.Status.RETIRED).update(stale=True)


def _in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many as a statement may hold on any database."""
    return (ids[at : at + _MOST_IDS] for at in range(0, len(ids), _MOST_IDS))
