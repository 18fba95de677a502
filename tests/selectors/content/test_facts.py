import pytest

from quizzes.models import Fact
from quizzes.selectors.content.facts import learners, studied_facts, used_facts
from quizzes.selectors.study.items import get_item
from quizzes.services.study.marks import mark_card
from tests.factories import NOW, elements
from tests.study import COPPER, IRON, USE_OF_IRON, begin, given, press, put, rate


@pytest.fixture
def deck(db):
    return elements()


def test_nothing_is_studied_before_the_first_answer(deck):
    assert studied_facts(list(deck.facts.all())) == set()


def test_a_fact_is_studied_once_one_of_its_cards_was_answered(ada, deck):
    rate(begin(ada, deck), IRON, 3)
    assert studied_facts(list(deck.facts.all())) == {Fact.objects.get(code="uses/1").pk}


def test_a_fact_is_studied_once_it_was_taken_for_another(ada, deck):
    student = begin(ada, deck)
    asked = put(student, COPPER, "choice")
    wrong = press(student, asked, given(asked, right=False)).row.taken_for
    assert studied_facts([wrong]) == {wrong.pk}


def test_only_the_facts_in_question_are_told(ada, deck):
    rate(begin(ada, deck), IRON, 3)
    assert studied_facts(list(deck.facts.exclude(code="uses/1"))) == set()


def test_a_fact_is_used_once_a_question_that_was_put_shows_it(ada, deck):
    asked = put(begin(ada, deck), COPPER, "choice")
    codes = {option["code"] for option in get_item(asked.item_hash)["options"]}
    facts = list(deck.facts.all())
    assert studied_facts(facts) == set()
    assert used_facts(facts) == {fact.pk for fact in facts if fact.code in codes}
    assert len(codes) == 4


def test_what_another_deck_shows_does_not_count(ada, deck):
    put(begin(ada, deck), COPPER, "choice")
    other = elements(slug="more-elements")
    assert used_facts(list(other.facts.all())) == set()


def test_people_have_learned_a_fact_once_each(ada, ben, deck):
    iron = Fact.objects.get(code="uses/1")
    assert learners(iron) == 0
    rate(begin(ada, deck), IRON, 3)
    rate(ada, USE_OF_IRON, 3)
    rate(begin(ben, deck), IRON, 1)
    assert learners(iron) == 2
    assert learners(Fact.objects.get(code="uses/2")) == 0


def test_a_card_that_was_only_put_off_is_not_learned(ada, deck):
    mark_card(user=begin(ada, deck), asked=put(ada, IRON), mark="bury", now=NOW)
    assert learners(Fact.objects.get(code="uses/1")) == 0
