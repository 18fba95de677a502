"""A question with two choices, of which one is the fact that is taken for the other."""

from collections import Counter
from dataclasses import replace

import pytest

from quizzes.core.generation import Bank
from quizzes.core.rules import examined
from quizzes.core.specs import CardSpec, Direction, Item, Refusal, Verdict
from tests.core.decks import capitals, deck, drugs, elements, fact, first_deck, section

ELEMENTS = Bank(elements())
IRON = CardSpec("elements/9", Direction.PURPOSE_TO_TERM)
COPPER = "elements/10"


def broken(item, spec):
    """The rules that it breaks, besides the one on the number of options."""
    return {violation.rule for _, violation in examined([item], spec)} - {"option count"}


def test_the_cards_own_question_has_its_answer_and_the_other_facts_as_its_choices():
    item = ELEMENTS.contrast(IRON, COPPER, "x/1")
    assert item.stem == ELEMENTS.prompt(IRON).stem
    assert (item.card, item.key.text) == (IRON, "iron")
    assert {option.text for option in item.options} == {"iron", "copper"}
    assert all(option.feedback for option in item.options)
    assert broken(item, elements()) == set()


def test_the_same_seed_gives_the_same_order_and_seeds_give_both_orders_equally_often():
    assert ELEMENTS.contrast(IRON, COPPER, "x/1") == Bank(elements()).contrast(IRON, COPPER, "x/1")
    places = Counter(ELEMENTS.contrast(IRON, COPPER, f"x/{n}").options[0].is_key for n in range(400))
    assert 160 < places[True] < 240


@pytest.mark.parametrize("verdict", [Verdict.RIGHT, Verdict.ARGUABLE])
def test_a_fact_that_is_or_might_be_right_too_is_refused(verdict):
    bank = Bank(elements({("elements/9", COPPER, ""): verdict}))
    assert "“copper”" in bank.contrast(IRON, COPPER, "x").reason
    assert isinstance(bank.contrast(IRON, "elements/11", "x"), Item)


def test_a_pair_judged_distinct_is_asked():
    assert isinstance(Bank(elements({("elements/9", COPPER, ""): Verdict.DISTINCT})).contrast(IRON, COPPER, "x"), Item)


def test_one_answer_within_the_other_is_refused():
    facts = [fact("s/1", "bone scan", "to show early uptake"), fact("s/2", "scan", "to see what is inside")]
    bank = Bank(deck([section("s", {"purpose_to_term": "Which {noun} is done {purpose}?"}, "test")], facts))
    assert bank.contrast(CardSpec("s/2", Direction.PURPOSE_TO_TERM), "s/1", "x").reason.endswith("too much alike")


def test_a_question_that_gives_its_answer_away_is_refused_unless_the_other_answer_shares_it():
    facts = [
        fact("s/1", "thyroid tests", "to check the thyroid"),
        fact("s/2", "urine tests", "to look for calcium"),
        fact("s/3", "thyroid scan", "to picture a gland"),
    ]
    bank = Bank(deck([section("s", {"purpose_to_term": "Which of these is done {purpose}?"}, "check")], facts))
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    assert "shares “thyroid”" in bank.contrast(card, "s/2", "x").reason
    assert isinstance(bank.contrast(card, "s/3", "x"), Item)


def test_an_answer_that_stands_out_by_its_length_is_refused():
    facts = [fact("s/1", "electromyography measurements", "to test nerves"), fact("s/2", "MRI", "to see soft parts")]
    bank = Bank(deck([section("s", {"purpose_to_term": "Which {noun} is done {purpose}?"}, "test")], facts))
    assert "stand out" in bank.contrast(CardSpec("s/1", Direction.PURPOSE_TO_TERM), "s/2", "x").reason
    assert isinstance(bank.contrast(CardSpec("s/2", Direction.PURPOSE_TO_TERM), "s/1", "x"), Item)


def test_members_are_told_from_outsiders_and_not_from_each_other():
    bank, paris = Bank(capitals()), CardSpec("towns/1", Direction.MEMBERSHIP)
    item = bank.contrast(paris, "countries/1", "x")
    assert (item.key.text, item.asked_section) == ("Paris", "towns")
    assert "right too" in bank.contrast(paris, "towns/2", "x").reason


def test_any_example_that_is_clean_may_stand_for_the_fact():
    bank, card = Bank(drugs()), CardSpec("drugs/1", Direction.TERM_TO_EXAMPLE)
    shown = {bank.contrast(card, "drugs/3", f"x/{n}").key.text for n in range(20)}
    assert shown == {"ibuprofen", "paracetamol"}


@pytest.mark.parametrize("other", ["elements/9", "elements/99"])
def test_it_takes_two_facts_of_the_deck(other):
    assert ELEMENTS.contrast(IRON, other, "x").reason == "it takes two facts of the deck"


def test_facts_of_two_sections_or_without_such_an_answer_are_refused():
    spec = capitals()
    more = replace(spec, facts=(*spec.facts, fact("towns/13", "Bern", "holds a bear")))
    asked = {"purpose_to_term": "Which {noun} {purpose} in a pit?", "term_to_purpose": "What is true of {term} here?"}
    bank = Bank(replace(more, sections=(replace(spec.sections[0], wording=asked), spec.sections[1])))
    bern = CardSpec("towns/13", Direction.PURPOSE_TO_TERM)
    assert "another section" in bank.contrast(bern, "countries/1", "x").reason
    use_of_bern = CardSpec("towns/13", Direction.TERM_TO_PURPOSE)
    assert "nothing of “Paris”" in bank.contrast(use_of_bern, "towns/1", "x").reason


def test_most_pairs_of_the_first_deck_can_be_asked_and_each_keeps_all_rules():
    spec = first_deck()
    bank, asked, refused = Bank(spec), 0, 0
    for card in bank.cards():
        for other in (one.code for one in spec.facts if one.section == card.code.partition("/")[0]):
            item = bank.contrast(card, other, "x/1")
            asked, refused = asked + isinstance(item, Item), refused + isinstance(item, Refusal)
            assert isinstance(item, Refusal) or broken(item, spec) == set()
    assert asked > 500
    assert refused > 0
