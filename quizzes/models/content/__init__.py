"""Tables of what is known: decks, facts, the cards made from them."""

from quizzes.models.content.cards import Card, CardShift, CardTally, ItemSnapshot
from quizzes.models.content.decks import Deck, DeckTally, Section
from quizzes.models.content.facts import Fact, FactVersion, Overlap, PairTally
from quizzes.models.content.judging import PairJudgement
from quizzes.models.content.surveys import DeckSurvey
from quizzes.models.content.uploads import Upload

__all__ = [
    "Card",
    "CardShift",
    "CardTally",
    "Deck",
    "DeckSurvey",
    "DeckTally",
    "Fact",
    "FactVersion",
    "ItemSnapshot",
    "Overlap",
    "PairJudgement",
    "PairTally",
    "Section",
    "Upload",
]
