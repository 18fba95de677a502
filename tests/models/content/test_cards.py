import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from quizzes.models import Card, ItemSnapshot
from quizzes.models.append_only import AppendOnlyError
from tests.factories import NOW, FactFactory, elements

pytestmark = pytest.mark.django_db


def test_a_key_is_given_once_in_a_deck():
    card = elements().cards.first()
    with pytest.raises(IntegrityError):
        Card.objects.create(deck=card.deck, fact=FactFactory(), direction="membership", key=card.key)


def test_a_fact_has_one_card_per_direction_and_part():
    card = elements().cards.first()
    with pytest.raises(IntegrityError):
        Card.objects.create(deck=card.deck, fact=card.fact, direction=card.direction, key="another/key")


def test_a_card_is_found_by_its_natural_key():
    card = elements().cards.last()
    assert Card.objects.get_by_natural_key(*card.natural_key()) == card


def test_a_fact_with_cards_is_not_deleted_from_under_them():
    fact = elements().facts.first()
    with pytest.raises(ProtectedError):
        fact.delete()


def test_what_was_shown_cannot_be_changed_or_deleted():
    ItemSnapshot.objects.create(hash="a" * 64, content={"stem": "Which?"}, created_at=NOW)
    with pytest.raises(AppendOnlyError, match="ItemSnapshot"):
        ItemSnapshot.objects.update(content={})
    with pytest.raises(AppendOnlyError, match="ItemSnapshot"):
        ItemSnapshot.objects.all().delete()
    assert ItemSnapshot.objects.get().content == {"stem": "Which?"}
