"""The bank of a deck as it is now, kept in this process for as long as nothing changes that questions come from."""

from quizzes.core.generation import Bank
from quizzes.models import Deck
from quizzes.selectors.content.latest import Latest
from quizzes.selectors.content.specs import deck_spec

_banks = Latest[Bank]()
_at_version = Latest[Bank]()


def bank_of(deck: Deck) -> Bank:
    """The deck's bank; the one of before, with all that it has worked out, if the deck says the same. Three queries."""
    spec = deck_spec(deck)
    known = _banks.find(deck.pk)
    return known if known and known.deck == spec else _banks.keep(Bank(spec), deck.pk)


def bank_at(deck: Deck) -> Bank:
    """The bank of a deck whose row was just read, outside of any edit; no query if this `content_version` is known."""
    version = deck.content_version
    return _at_version.find(deck.pk, version) or note_bank(bank_of(deck), deck.pk, version)


def note_bank(bank: Bank, deck_id: int, version: int) -> Bank:
    """Remember that this is what the deck gives at that version of its content."""
    return _at_version.keep(bank, deck_id, version)


def clear_cache() -> None:
    """Forget every bank."""
    _banks.clear()
    _at_version.clear()
