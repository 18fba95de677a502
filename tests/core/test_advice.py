from dataclasses import replace

import pytest

from quizzes.core.advice import Adviser, Kind, choice_field, recall_field
from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, Direction, Verdict
from tests.core.decks import deck, elements, fact, section

TOOLS = ("hammer", "saw", "drill", "plane", "chisel", "file")
WORDING = {"purpose_to_term": "Which tool is used {purpose}?", "term_to_purpose": "What is a {term} used for?"}
WITH_EXAMPLES = {**WORDING, "term_to_example": "Which of these is a kind of {term}?"}


def tools(*, wording=None, overlaps=None, **changes):
    """Six tools, the first of which is changed."""
    facts = [
        fact(f"tools/{n}", term, f"to {verb} planks of oak", locator=f"p. {n}")
        for n, (term, verb) in enumerate(
            zip(TOOLS, ["nail", "shorten", "pierce", "smooth", "carve", "round"], strict=True), start=1
        )
    ]
    facts[0] = replace(facts[0], **changes)
    return replace(deck([section("tools", wording or WORDING, "tool")], facts), overlaps=overlaps or {})


def advice(made, code="tools/1"):
    return {(one.field, one.kind): one.about for one in Adviser(Bank(made)).advise(code)}


def test_a_sound_fact_needs_no_advice():
    assert advice(tools()) == {}


def test_a_purpose_in_another_form_than_its_neighbours_is_told_with_one_of_theirs():
    found = advice(tools(purpose="for nailing planks of oak"))
    assert found["purpose", Kind.OTHER_FORM] == ("to", "to shorten planks of oak", "5", "5")


def test_neighbours_are_not_told_that_one_of_them_differs():
    assert advice(tools(purpose="for nailing planks of oak"), "tools/2") == {}


def test_forms_are_not_compared_in_a_language_whose_forms_are_not_known():
    assert advice(replace(tools(purpose="for nailing planks of oak"), language="de")) == {}


def test_words_shown_as_a_blank_are_told_at_the_phrase_that_has_them():
    found = advice(tools(purpose="to hammer nails into planks of oak"))
    assert found["purpose", Kind.BLANKED] == ("hammer",)


def test_a_name_that_a_neighbour_has_is_told_at_its_field():
    assert advice(tools(aliases=("Saw",)))["aliases", Kind.NAME_OF_ANOTHER] == ("Saw", "saw", "tools/2")
    assert advice(tools(term="saw"))["term", Kind.NAME_OF_ANOTHER] == ("saw", "saw", "tools/2")
    assert advice(tools(short_label="saws"))["short_label", Kind.NAME_OF_ANOTHER] == ("saws", "saw", "tools/2")


def test_what_is_accepted_and_never_accepted_is_told():
    found = advice(tools(aliases=("mallet",), never_accept=("Mallet", "hummer")))
    assert found["never_accept", Kind.NEVER_AND_ALWAYS] == ("Mallet",)


def test_a_fact_without_examples_among_those_that_have_some_is_told():
    made = tools(wording=WITH_EXAMPLES)
    assert ("examples", Kind.NO_EXAMPLES) not in advice(made)
    having = tuple(replace(one, examples=(f"{one.term} number {n}",)) for n, one in enumerate(made.facts[1:]))
    assert advice(replace(made, facts=(made.facts[0], *having)))["examples", Kind.NO_EXAMPLES] == ()
    unasked = replace(made, facts=(made.facts[0], *having), sections=tools().sections)
    assert ("examples", Kind.NO_EXAMPLES) not in advice(unasked)


def test_an_example_of_two_facts_is_told():
    made = tools(examples=("jigsaw",), wording=WITH_EXAMPLES)
    facts = (made.facts[0], replace(made.facts[1], examples=("jigsaw",)), *made.facts[2:])
    found = advice(replace(made, facts=facts))
    assert found["examples", Kind.EXAMPLE_OF_ANOTHER] == ("jigsaw", "saw", "tools/2")


def test_a_fact_that_nothing_is_asked_of_is_told_at_its_section():
    assert advice(tools(purpose=""))["section", Kind.NOTHING_ASKED] == ()


def test_three_choices_are_told_of_the_card():
    overlaps = {("tools/1", f"tools/{n}", "purpose_to_term"): Verdict.ARGUABLE for n in (2, 3, 4)}
    found = Adviser(Bank(tools(overlaps=overlaps))).advise("tools/1")
    told = {one.card for one in found if one.kind is Kind.THREE_CHOICES}
    assert CardSpec("tools/1", Direction.PURPOSE_TO_TERM) in told


def test_a_long_label_is_told_where_a_short_one_is_to_be_given():
    term = "hammer with a long handle made of ash"
    assert advice(tools(term=term))["short_label", Kind.LONG_LABEL] == ("8",)
    assert advice(tools(term=term, short_label="hammer")) == {}


def test_a_caution_has_a_source_and_a_fact_a_place():
    found = advice(tools(caution="Some use glue.", locator=""))
    assert found["caution_source", Kind.NO_CAUTION_SOURCE] == ()
    assert found["locator", Kind.NO_LOCATOR] == ("5", "5")


def test_advice_on_a_fact_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        Adviser(Bank(tools())).advise("tools/9")


@pytest.mark.parametrize(
    ("changes", "direction", "field"),
    [
        ({"purpose": "to nail every plank of oak"}, Direction.TERM_TO_PURPOSE, "purpose"),
        ({"purpose": "for nailing planks of oak"}, Direction.TERM_TO_PURPOSE, "purpose"),
        ({"purpose": "to shorten planks of oak"}, Direction.PURPOSE_TO_TERM, "purpose"),
        ({"term": "all of the above"}, Direction.PURPOSE_TO_TERM, "term"),
        ({"term": "hammer", "short_label": "both of these"}, Direction.PURPOSE_TO_TERM, "short_label"),
        ({"term": "hammer made of ash and steel in a forge far away"}, Direction.PURPOSE_TO_TERM, "term"),
        ({"purpose": "to nail a hammer"}, Direction.PURPOSE_TO_TERM, "purpose"),
    ],
)
def test_a_refusal_of_choices_stands_beside_the_field_it_comes_from(changes, direction, field):
    bank = Bank(tools(**changes))
    card = CardSpec("tools/1", direction)
    refusal = bank.refusal(card)
    if refusal is None:
        pytest.fail(f"{changes} gives a question: {bank.prompt(card).stem}")
    assert choice_field(bank, card, refusal.reason) == field, refusal.reason


def test_too_few_distractors_stand_beside_what_took_them_away():
    overlaps = {("tools/1", f"tools/{n}", "purpose_to_term"): Verdict.RIGHT for n in range(2, 7)}
    bank, card = Bank(tools(overlaps=overlaps)), CardSpec("tools/1", Direction.PURPOSE_TO_TERM)
    assert choice_field(bank, card, bank.refusal(card).reason) == "overlaps"
    made = tools()
    few, card = Bank(replace(made, facts=made.facts[:2])), CardSpec("tools/1", Direction.PURPOSE_TO_TERM)
    assert choice_field(few, card, few.refusal(card).reason) == "section"


def test_a_faulty_question_stands_beside_the_section():
    bank = Bank(tools(wording={"purpose_to_term": "Tool used {purpose}"}))
    card = CardSpec("tools/1", Direction.PURPOSE_TO_TERM)
    assert choice_field(bank, card, bank.refusal(card).reason) == "section"


def test_a_refusal_without_choices_stands_beside_the_verdict_or_the_phrase():
    card = CardSpec("tools/1", Direction.PURPOSE_TO_TERM)
    judged = Bank(tools(overlaps={("tools/1", "tools/2", "purpose_to_term"): Verdict.RIGHT}))
    assert (judged.unusable(card) != "", recall_field(judged, card)) == (True, "overlaps")
    alike = Bank(tools(purpose="to shorten planks of oak"))
    assert (alike.unusable(card) != "", recall_field(alike, card)) == (True, "purpose")


def test_questions_that_always_have_choices_are_nobodys_fault():
    bank = Bank(tools(wording={"membership": "Which of these is a tool?"}))
    assert recall_field(bank, CardSpec("tools/1", Direction.MEMBERSHIP)) == ""


def test_what_a_bank_tells_about_choices_is_what_it_draws():
    bank = Bank(elements())
    for card in bank.cards():
        assert bank.choice_count(card) == len(bank.sketch(card, "seed/1").options)
