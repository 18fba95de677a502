import pytest

from quizzes.models import Deck
from quizzes.services.content.decks import set_deck_status
from tests.factories import DeckFactory, elements
from tests.study import IRON, begin, holds, memory, rate, waiting


def test_decks_are_published_and_taken_back(db):
    drafts = DeckFactory.create_batch(2, status="draft")
    assert set_deck_status(decks=[*drafts, DeckFactory()], status="published") == 2
    assert set_deck_status(decks=drafts[:1], status="draft") == 1
    assert sorted(Deck.objects.values_list("status", flat=True)) == ["draft", "published", "published"]


def test_memories_wait_while_a_deck_is_a_draft(ada):
    deck = elements()
    rate(begin(ada, deck), IRON, 3)
    kept, before = memory(ada, IRON), waiting(ada)
    set_deck_status(decks=[deck], status="draft")
    assert waiting(ada) == []
    set_deck_status(decks=[deck], status="published")
    assert (memory(ada, IRON), waiting(ada)) == (kept, before)
    assert holds()


def test_a_status_that_is_none_is_refused(db):
    with pytest.raises(ValueError, match="hidden"):
        set_deck_status(decks=[DeckFactory()], status="hidden")
