from datetime import timedelta

import pytest

from quizzes.models import Card, Deck, Fact
from quizzes.selectors.content.reviewing import review_decks, warned_facts, warning_counts
from tests.factories import NOW, DeckFactory, elements, keep

TODAY = NOW.date()


@pytest.fixture
def deck(db):
    return elements()


def review(deck):
    return next(one for one in review_decks(Deck.objects.all(), today=TODAY) if one.deck == deck)


def test_active_facts_are_counted_by_their_check(deck):
    Fact.objects.filter(code__in=["uses/1", "uses/2", "uses/3"]).update(check_status="checked")
    Fact.objects.filter(code="uses/4").update(check_status="doubtful")
    Fact.objects.filter(code="uses/3").update(status="retired")
    state = review(deck)
    assert (state.facts, state.checked, state.doubtful, state.unchecked, state.retired) == (11, 2, 1, 8, 1)
    assert [(share.name, share.start, share.width) for share in state.shares] == [
        ("checked", 0, 182),
        ("doubtful", 182, 91),
        ("unchecked", 273, 727),
    ]


def test_questions_are_counted_by_whether_they_are_asked(deck):
    Card.objects.filter(key="gases/1/membership").update(status="refused")
    assert (review(deck).asked, review(deck).refused) == (19, 1)


def test_a_recheck_is_due_from_its_day_on_while_the_fact_is_active(deck):
    for code, day in {"uses/1": 0, "uses/2": -9, "uses/3": 1, "uses/4": -1}.items():
        Fact.objects.filter(code=code).update(recheck_on=TODAY + timedelta(days=day))
    Fact.objects.filter(code="uses/4").update(status="retired")
    assert review(deck).recheck == 2


def test_an_empty_deck_has_a_bar_without_parts(deck):
    state = review(DeckFactory())
    assert (state.facts, state.asked, state.published) == (0, 0, True)
    assert {share.width for share in state.shares} == {0}


def test_the_number_of_queries_does_not_depend_on_the_number_of_decks(deck, django_assert_num_queries):
    DeckFactory.create_batch(5)
    with django_assert_num_queries(3):
        assert len(review_decks(Deck.objects.all(), today=TODAY)) == 6


def test_facts_with_warnings_are_counted_anew_after_each_edit(deck):
    iron = Fact.objects.get(code="uses/1")
    assert (warned_facts([deck]), warning_counts(deck.facts.all())) == ([], {})
    Fact.objects.filter(pk=iron.pk).update(purpose="for building bridges", caution="Doubtful.")
    keep(deck)
    facts = Fact.objects.select_related("deck")
    assert warned_facts([Deck.objects.get()]) == [iron.pk]
    assert warning_counts(facts) == {iron.pk: 2}


def test_a_retired_fact_has_no_warnings(deck):
    Fact.objects.filter(code="uses/1").update(caution="Doubtful.", status="retired")
    keep(deck)
    assert warning_counts(Fact.objects.filter(code="uses/1").select_related("deck")) == {}
