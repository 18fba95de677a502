import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.models import Deck, Fact
from quizzes.selectors.content.decks import deck_content, warm_up
from tests.factories import elements, keep


@pytest.fixture
def deck(db):
    return elements()


def test_a_deck_is_read_once_for_each_version_of_its_content(deck, django_assert_num_queries):
    content = deck_content(deck)
    again = Deck.objects.select_related("tally").get(pk=deck.pk)
    with django_assert_num_queries(0):
        assert deck_content(again) is content


def test_an_edit_is_seen_by_whoever_reads_the_deck_anew(deck):
    before = deck_content(deck)
    Fact.objects.filter(code="uses/1").update(term="steel", aliases=[])
    keep(deck)
    after = deck_content(Deck.objects.get(pk=deck.pk))
    assert before.names["uses/1"] == ("iron", "ferrum", "steel")
    assert after.names["uses/1"] == ("steel", "steel")


def test_a_deck_holds_the_cards_that_can_be_asked(deck):
    Fact.objects.filter(code="gases/4").update(status=Fact.Status.RETIRED)
    keep(deck)
    content = deck_content(Deck.objects.get(pk=deck.pk))
    places = sorted(content.cards.values(), key=lambda place: place.order)
    assert [place.order for place in places] == list(range(19))
    assert [(place.spec.key, place.choice, place.recall) for place in places[-1:]] == [
        ("gases/3/membership", True, False)
    ]
    assert all(place.fact_id == content.fact_ids[place.spec.code] for place in places)


def test_a_section_is_named_by_its_plural_noun(deck):
    content = deck_content(deck)
    assert content.section_title("gases") == "Gases"
    assert content.section_title("gone") == "Gone"


def test_questions_worked_out_ahead_are_not_worked_out_again(deck, monkeypatch, django_assert_num_queries):
    warm_up()
    monkeypatch.setattr("quizzes.core.plans.dozen", None)
    content = deck_content(Deck.objects.select_related("tally").get(pk=deck.pk))
    assert all(content.bank.draw(place.spec, "a") for place in content.cards.values() if place.choice)
    with django_assert_num_queries(1):
        warm_up()


def test_drafts_are_not_worked_out_ahead(deck):
    Deck.objects.update(status=Deck.Status.DRAFT)
    with CaptureQueriesContext(connection) as queries:
        warm_up()
    assert len(queries) == 1
