"""The site as a server has it that has run for a while: the questions of every deck worked out."""

from django.db import connections

from calcquiz.wsgi import application
from quizzes.models import Deck
from quizzes.selectors.content.decks import deck_content

__all__ = ["application"]

for deck in Deck.objects.all():
    bank = deck_content(deck).bank
    for card in bank.cards():
        bank.draw(card, f"warm/{card.key}")
connections.close_all()
