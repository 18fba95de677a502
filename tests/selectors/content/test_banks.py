import pytest

from quizzes.models import Card, Deck, Fact
from quizzes.selectors.content.banks import bank_of
from quizzes.selectors.content.work import work_left
from tests.factories import elements


@pytest.fixture
def deck(db):
    return elements()


def test_what_was_worked_out_is_used_until_the_deck_says_something_else(deck):
    bank = bank_of(deck)
    Deck.objects.update(content_version=9)
    assert bank_of(Deck.objects.get()) is bank
    Fact.objects.filter(code="uses/1").update(purpose="to forge swords")
    assert bank_of(Deck.objects.get()).facts["uses/1"].purpose == "to forge swords"


def test_the_work_left_is_counted_without_what_is_retired(deck):
    assert work_left(deck) == (20, 20)
    Card.objects.filter(fact__code="uses/1").update(stale=True)
    Card.objects.filter(fact__code="uses/2").update(status="retired")
    assert work_left(deck) == (16, 18)
    assert work_left(deck).left == 2
