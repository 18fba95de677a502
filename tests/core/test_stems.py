import pytest

from quizzes.core import stems
from quizzes.core.specs import CardSpec, Direction
from tests.core.decks import drugs, elements, fact, section

DRUGS = drugs()
WORDING = {direction.value: "Which {noun} is it among the {noun_plural}?" for direction in Direction}


def test_a_fact_gives_the_cards_that_its_slots_and_its_section_allow():
    cards = stems.cards_of(DRUGS.facts[0], DRUGS.sections[0])
    assert [card.key for card in cards] == [
        "drugs/1/term_to_purpose",
        "drugs/1/purpose_to_term",
        "drugs/1/term_to_example",
        "drugs/1/example_to_term/ibuprofen",
        "drugs/1/example_to_term/paracetamol",
        "drugs/1/purpose_to_example",
        "drugs/1/example_to_purpose/ibuprofen",
        "drugs/1/example_to_purpose/paracetamol",
    ]


def test_a_condition_gives_a_card_of_its_own():
    directions = [card.direction for card in stems.cards_of(DRUGS.facts[1], DRUGS.sections[0])]
    assert Direction.CONDITION_TO_TERM in directions


def test_nothing_is_asked_of_empty_slots():
    bare = fact("s/1", "term")
    assert [card.direction for card in stems.cards_of(bare, section("s", WORDING))] == [Direction.MEMBERSHIP]


def test_wording_that_shows_an_empty_slot_gives_no_card():
    asked = section("s", {"purpose_to_term": "Which {noun} treats {condition} {purpose}?"})
    assert stems.cards_of(fact("s/1", "term", "purpose"), asked) == ()


def test_outsiders_are_never_asked_for_by_cards():
    asked = section("s", WORDING)
    assert Direction.NOT_MEMBER not in [card.direction for card in stems.cards_of(DRUGS.facts[0], asked)]


def test_the_noun_comes_from_the_fact_where_it_has_one():
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    asked = section("s", WORDING, "drug")
    assert stems.stem(card, fact("s/1", "x", "y"), asked) == "Which drug is it among the drugs?"
    assert stems.stem(card, fact("s/1", "x", "y", noun="class"), asked) == "Which class is it among the classes?"


def test_membership_asks_with_the_sections_noun():
    card = CardSpec("s/1", Direction.MEMBERSHIP)
    assert stems.stem(card, fact("s/1", "x", noun="odd"), section("s", WORDING, "drug")).startswith("Which drug is")


def test_a_stem_shows_no_brackets_and_begins_with_a_capital():
    card = CardSpec("s/1", Direction.TERM_TO_PURPOSE)
    asked = section("s", {"term_to_purpose": "{term} is used for what?"})
    assert stems.stem(card, fact("s/1", "dialysis (blood)", "x"), asked) == "Dialysis is used for what?"
    assert stems.stem(card, fact("s/1", "pH paper", "x"), asked) == "pH paper is used for what?"


def test_braces_in_a_fact_are_left_alone_and_make_the_stem_unfit():
    card = CardSpec("s/1", Direction.TERM_TO_PURPOSE)
    text = stems.stem(
        card, fact("s/1", "{purpose}", "x"), section("s", {"term_to_purpose": "What is it: {term} here?"})
    )
    assert text == "What is it: purpose here?"
    assert "braces" in stems.stem_problem("What is this {thing} here?", Direction.TERM_TO_PURPOSE)


def test_hidden_words_become_one_blank():
    assert (
        stems.blanked("to lower calcium-phosphate levels", frozenset({"calcium", "phosphate"}))
        == "to lower ____ levels"
    )


@pytest.mark.parametrize(
    ("text", "direction", "why"),
    [
        ("What is it?", Direction.TERM_TO_PURPOSE, "fewer than 4"),
        ("What " + "very " * 40 + "long is it?", Direction.TERM_TO_PURPOSE, "more than 40"),
        ("Name the drug in question.", Direction.TERM_TO_PURPOSE, "does not end as a question"),
        ("This is one example of the?", Direction.TERM_TO_PURPOSE, "ends with an article"),
        ("Which of these is NOT one?", Direction.MEMBERSHIP, "NOT belongs"),
        ("Which of these is no drug?", Direction.NOT_MEMBER, "NOT belongs"),
        ("Which of these is a drug?", Direction.MEMBERSHIP, ""),
        ("Which of these is NOT one?", Direction.NOT_MEMBER, ""),
        ("哪个器官？", Direction.PURPOSE_TO_TERM, ""),
        ("ما هو الدواء هنا؟", Direction.PURPOSE_TO_TERM, ""),
    ],
)
def test_a_stem_is_one_question_of_4_to_40_words(text, direction, why):
    found = stems.stem_problem(text, direction)
    assert why in found
    assert bool(found) == bool(why)


def test_examples_have_slugs_of_their_own():
    assert stems.examples(fact("s/1", "t", examples=("C++", "C#", "c++", " ", "#"))) == {
        "c": "C++",
        "c-2": "C#",
        "5": "#",
    }


def test_a_prompt_accepts_names_and_aliases_of_a_term():
    named = fact("s/1", "MRI (magnetic resonance imaging)", "x", short_label="MRI scan", aliases=("NMR",))
    prompt = stems.prompt(CardSpec("s/1", Direction.PURPOSE_TO_TERM), named, "Which?")
    assert prompt.answer == "MRI (magnetic resonance imaging)"
    assert prompt.accepted == ("MRI (magnetic resonance imaging)", "MRI", "MRI scan", "NMR")


def test_any_example_is_right_when_typed():
    prompt = stems.prompt(CardSpec("drugs/1", Direction.TERM_TO_EXAMPLE), DRUGS.facts[0], "Which?")
    assert prompt.answer == "ibuprofen, paracetamol"
    assert prompt.accepted == ("ibuprofen", "paracetamol")


def test_a_purpose_is_recalled_but_not_typed():
    deck = elements()
    prompt = stems.prompt(CardSpec("elements/1", Direction.TERM_TO_PURPOSE), deck.facts[0], "What?")
    assert (prompt.answer, prompt.accepted) == ("burns with oxygen to water", ())
