"""Tables of what is known: decks, facts, the cards made from them."""

from quizzes.models.content.cards import Card, CardTally, ItemSnapshot
from quizzes.models.content.decks import Deck, DeckTally, Section
from quizzes.models.content.facts import Fact, FactVersion, Overlap, PairTally

__all__ = [
    "Card",
    "CardTally",
    "Deck",
    "DeckTally",
    "Fact",
    "FactVersion",
    "ItemSnapshot",
    "Overlap",
    "PairTally",
    "Section",
]
