"""The bank of a deck as it is now, kept in this process for as long as nothing changes that questions come from."""

from quizzes.core.generation import Bank
from quizzes.models import Deck
from quizzes.selectors.content.latest import Latest
from quizzes.selectors.content.specs import deck_spec

_banks = Latest[Bank]()


def bank_of(deck: Deck) -> Bank:
    """The deck's bank; the one of before, with all that it has worked out, if the deck says the same. Three queries."""
    spec = deck_spec(deck)
    known = _banks.find(deck.pk)
    return known if known and known.deck == spec else _banks.keep(Bank(spec), deck.pk)


def clear_cache() -> None:
    """Forget every bank."""
    _banks.clear()
