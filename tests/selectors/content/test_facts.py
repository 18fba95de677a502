import pytest

from quizzes.models import Fact, Overlap, Section
from quizzes.selectors.content.facts import asked_cards, studied_facts
from tests.factories import elements, keep
from tests.study import COPPER, IRON, begin, given, press, put, rate


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


def test_an_editor_reads_the_questions_of_a_fact(deck):
    purpose, term = asked_cards(Fact.objects.get(code="uses/1"))
    assert purpose.question == "What is iron used for?"
    assert term.question == "Which element is used to build bridges and rails?"
    assert {purpose.choice_refusal, purpose.recall_refusal, term.choice_refusal, term.recall_refusal} == {""}


def test_an_editor_reads_why_a_question_is_not_asked(deck):
    iron = Fact.objects.get(code="uses/1")
    for fact in Fact.objects.filter(section=iron.section).exclude(pk=iron.pk):
        Overlap.objects.create(asked=iron, offered=fact, direction="purpose_to_term", verdict="right")
    keep(deck)
    card = asked_cards(Fact.objects.get(code="uses/1"))[1]
    assert "also right" in card.choice_refusal
    assert "is right for the same question" in card.recall_refusal


def test_cards_that_are_no_longer_made_are_not_shown(deck):
    Section.objects.filter(slug="uses").update(wording={"term_to_purpose": "What is {term} used for?"})
    keep(deck)
    assert [card.direction for card in asked_cards(Fact.objects.get(code="uses/1"))] == ["term_to_purpose"]


def test_a_retired_fact_has_no_questions(deck):
    Fact.objects.filter(code="uses/1").update(status=Fact.Status.RETIRED)
    keep(deck)
    assert asked_cards(Fact.objects.get(code="uses/1")) == []
