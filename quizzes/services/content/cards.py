"""Cards brought up to date with the facts they are made from."""

from django.db import transaction
from django.db.models import F

from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec
from quizzes.models import Card, Deck, Fact
from quizzes.selectors.content.specs import deck_spec

SYNCED_FIELDS = ["order", "status", "recall_refusal", "choice_refusal"]


@transaction.atomic
def sync_cards(*, deck: Deck) -> None:
    """Make the cards that the deck's facts give, retire those they no longer give, and note refusals.

    A card keeps its row for ever: one that comes back is the same card with the same memories.
    """
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    bank = Bank(deck_spec(deck))
    fact_ids = dict(Fact.objects.filter(deck=deck).values_list("code", "pk"))
    existing = {card.key: card for card in Card.objects.filter(deck=deck)}
    wanted = {spec.key: _card(deck, fact_ids[spec.code], spec, order, bank) for order, spec in enumerate(bank.cards())}
    Card.objects.bulk_create([card for key, card in wanted.items() if key not in existing], batch_size=500)
    changed = [card for key, card in existing.items() if _bring_up_to_date(card, wanted.get(key))]
    Card.objects.bulk_update(changed, SYNCED_FIELDS, batch_size=500)
    Deck.objects.filter(pk=deck.pk).update(content_version=F("content_version") + 1)


def _card(deck: Deck, fact_id: int, spec: CardSpec, order: int, bank: Bank) -> Card:
    refusal = bank.refusal(spec)
    choice_refusal = refusal.reason if refusal else ""
    recall_refusal = bank.unusable(spec) or ""
    return Card(
        deck=deck,
        fact_id=fact_id,
        direction=spec.direction,
        part=spec.part,
        key=spec.key,
        order=order,
        status=Card.Status.REFUSED if choice_refusal and recall_refusal else Card.Status.ACTIVE,
        recall_refusal=recall_refusal,
        choice_refusal=choice_refusal,
    )


def _bring_up_to_date(card: Card, wanted: Card | None) -> bool:
    before = [getattr(card, name) for name in SYNCED_FIELDS]
    if wanted is None:
        card.status = Card.Status.RETIRED
    else:
        for name in SYNCED_FIELDS:
            setattr(card, name, getattr(wanted, name))
    return before != [getattr(card, name) for name in SYNCED_FIELDS]
