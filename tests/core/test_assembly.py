from collections import Counter

import pytest

from quizzes.core.assembly import assemble, quiz_faults
from quizzes.core.generation import Bank
from quizzes.core.specs import Direction
from tests.core.decks import capitals, deck, drugs, elements, fact, first_deck, section, violations

FIRST = Bank(first_deck())
CAPITALS = Bank(capitals())


@pytest.mark.parametrize("number", range(6))
def test_a_quiz_obeys_the_rules_of_quizzes(number):
    quiz = assemble(FIRST, 20, f"quiz/{number}")
    assert len(quiz.items) == 20
    assert quiz_faults(FIRST, quiz) == []
    assert [violation for item in quiz.items for violation in violations(item, FIRST.deck)] == []


def test_the_sections_take_turns():
    quiz = assemble(FIRST, 14, "quiz/1")
    sections = Counter(FIRST.fact(item.card).section for item in quiz.items)
    assert len(sections) == 7
    assert max(sections.values()) <= 3


def test_the_same_seed_assembles_the_same_quiz():
    assert assemble(CAPITALS, 10, "a") == assemble(Bank(capitals()), 10, "a")
    assert assemble(CAPITALS, 10, "a") != assemble(CAPITALS, 10, "b")


def test_one_item_in_ten_may_ask_for_what_does_not_belong():
    def negatives(size):
        items = assemble(CAPITALS, size, "a").items
        return sum(item.card.direction is Direction.NOT_MEMBER for item in items)

    assert [negatives(size) for size in (9, 10, 20)] == [0, 1, 2]


def test_a_deck_that_gives_fewer_items_gives_fewer_negatives_too():
    quiz = assemble(CAPITALS, 1000, "a")
    assert len(quiz.items) < 30
    assert quiz_faults(CAPITALS, quiz) == []


def test_an_answer_that_another_question_shows_is_left_out():
    facts = [
        fact("s/1", "iron", "rusts in damp air"),
        fact("s/2", "steel", "is made of iron with carbon"),
        *(fact(f"s/{n}", name, does) for n, (name, does) in enumerate(OTHERS, 3)),
    ]
    bank = Bank(deck([section("s", {"purpose_to_term": "Which of these metals {purpose}?"})], facts))
    for number in range(8):
        codes = {item.card.code for item in assemble(bank, 6, str(number)).items}
        assert not {"s/1", "s/2"} <= codes
        assert len(codes) == 4


OTHERS = [("tin", "coats cans"), ("zinc", "covers roofs"), ("gold", "fills teeth")]


def test_each_fact_is_asked_once_even_where_it_has_many_cards():
    quiz = assemble(Bank(drugs()), 50, "a")
    assert sorted(Counter(item.card.code for item in quiz.items).values()) == [1] * len(quiz.items)
    assert len(quiz.items) == 7


def test_an_empty_deck_or_size_gives_an_empty_quiz():
    assert assemble(Bank(deck([], [])), 5, "a").items == ()
    assert assemble(Bank(elements()), 0, "a").items == ()
