import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from quizzes.models import Deck, Section
from tests.factories import DeckFactory, FactFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_two_decks_do_not_share_a_slug():
    DeckFactory(slug="bones")
    with pytest.raises(IntegrityError):
        DeckFactory(slug="bones")


def test_two_sections_of_a_deck_do_not_share_a_slug():
    section = SectionFactory(slug="hand")
    with pytest.raises(IntegrityError):
        SectionFactory(slug="hand", deck=section.deck)


def test_sections_of_two_decks_may_share_a_slug():
    sections = {SectionFactory(slug="hand") for _deck in range(2)}
    assert len({section.natural_key() for section in sections}) == 2


def test_decks_and_sections_are_found_by_their_natural_keys():
    section = SectionFactory()
    SectionFactory(slug=section.slug)
    assert Section.objects.get_by_natural_key(*section.natural_key()) == section
    assert Deck.objects.get_by_natural_key(*section.deck.natural_key()) == section.deck


def test_a_section_with_facts_and_a_deck_with_sections_cannot_be_deleted():
    section = FactFactory().section
    with pytest.raises(ProtectedError):
        section.delete()
    with pytest.raises(ProtectedError):
        section.deck.delete()


def test_sections_stand_in_the_order_of_their_positions():
    deck = DeckFactory()
    for position in (2, 1, 3):
        SectionFactory(deck=deck, slug=f"part-{position}", position=position)
    assert [section.slug for section in deck.sections.all()] == ["part-1", "part-2", "part-3"]
