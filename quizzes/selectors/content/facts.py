"""What an editor wants to know of facts: whether they have been studied, and what becomes of their questions."""

from collections.abc import Collection
from dataclasses import dataclass

from quizzes.core.specs import CardSpec, Direction
from quizzes.models import Card, CardProgress, Fact, ReviewLog
from quizzes.selectors.content.decks import deck_content


@dataclass(frozen=True, slots=True)
class AskedCard:
    """A card as its editor reads it: the question, and why it is not asked with or without answer choices."""

    direction: str
    question: str
    choice_refusal: str
    recall_refusal: str


def studied_facts(facts: Collection[Fact]) -> set[int]:
    """The ids of those facts that are part of somebody's memory or history, and so must stay."""
    return {
        *CardProgress.objects.filter(card__fact__in=facts).values_list("card__fact_id", flat=True).distinct(),
        *ReviewLog.objects.filter(card__fact__in=facts).values_list("card__fact_id", flat=True).distinct(),
        *ReviewLog.objects.filter(taken_for__in=facts).values_list("taken_for_id", flat=True).distinct(),
    }


def asked_cards(fact: Fact) -> list[AskedCard]:
    """The fact's cards with their questions, in teaching order; none for a retired fact."""
    rows = Card.objects.filter(fact=fact).exclude(status=Card.Status.RETIRED).order_by("order", "pk")
    bank = deck_content(fact.deck).bank
    return [
        AskedCard(
            direction=card.direction,
            question=bank.prompt(CardSpec(fact.code, Direction(card.direction), card.part)).stem,
            choice_refusal=card.choice_refusal,
            recall_refusal=card.recall_refusal,
        )
        for card in rows
    ]
