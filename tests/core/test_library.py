from quizzes.core.library import Library
from quizzes.core.specs import CardSpec, Direction, Verdict
from tests.core.decks import PURPOSE_WORDING, deck, fact, section

FACTS = [
    fact("s/1", "aspirin", "to relieve pain", condition="headache", examples=("tablet",)),
    fact("s/2", "ibuprofen", "To relieve pain."),
    fact("s/3", "morphine", "to relieve pain after surgery", aliases=("aspirin",)),
    fact("s/4", "codeine", "to calm a cough", condition="Headaches", examples=("Tablets",)),
    fact("t/1", "aspirin", "to relieve pain"),
]


def library(rows=None):
    return Library(deck([section("s", PURPOSE_WORDING), section("t", PURPOSE_WORDING)], FACTS, rows))


def twins(code, direction, part=""):
    return [fact.code for fact in library().twins(CardSpec(code, direction, part))]


def test_twins_are_those_whose_question_reads_the_same():
    assert twins("s/1", Direction.PURPOSE_TO_TERM) == ["s/2"]
    assert twins("s/1", Direction.TERM_TO_PURPOSE) == ["s/3"]
    assert twins("s/1", Direction.CONDITION_TO_TERM) == ["s/4"]
    assert twins("s/1", Direction.EXAMPLE_TO_TERM, "tablet") == ["s/4"]
    assert twins("s/1", Direction.MEMBERSHIP) == []
    assert twins("s/2", Direction.TERM_TO_PURPOSE) == []


def test_a_fact_that_is_right_too_is_found_by_its_words():
    assert library().also_right(CardSpec("s/1", Direction.PURPOSE_TO_TERM)).code == "s/2"
    assert library().also_right(CardSpec("s/3", Direction.PURPOSE_TO_TERM)) is None
    assert library().also_right(CardSpec("s/4", Direction.PURPOSE_TO_TERM)) is None


def test_a_fact_that_is_right_too_is_found_by_the_editors_row():
    rows = {("s/4", "s/2", "purpose_to_term"): Verdict.RIGHT, ("s/4", "t/1", ""): Verdict.RIGHT}
    assert library(rows).also_right(CardSpec("s/4", Direction.PURPOSE_TO_TERM)).code == "s/2"


def test_a_contained_purpose_counts_until_it_is_judged_distinct():
    facts = [FACTS[1], FACTS[2], FACTS[3]]
    card = CardSpec("s/2", Direction.PURPOSE_TO_TERM)
    assert Library(deck([section("s", {})], facts)).also_right(card).code == "s/3"
    rows = {("s/2", "s/3", ""): Verdict.DISTINCT}
    assert Library(deck([section("s", {})], facts, rows)).also_right(card) is None


def test_a_misspelt_twin_counts_until_it_is_judged_distinct():
    facts = [fact("s/1", "aspirin", "to relieve strong pain"), fact("s/2", "codeine", "to releive strong pain")]
    card = CardSpec("s/1", Direction.PURPOSE_TO_TERM)
    assert Library(deck([section("s", {})], facts)).also_right(card).code == "s/2"
    rows = {("s/1", "s/2", ""): Verdict.DISTINCT}
    assert Library(deck([section("s", {})], facts, rows)).also_right(card) is None


def test_a_thing_may_have_two_purposes():
    rows = {("s/4", "s/2", "term_to_purpose"): Verdict.RIGHT}
    assert library(rows).also_right(CardSpec("s/4", Direction.TERM_TO_PURPOSE)) is None


def test_facts_of_unknown_sections_and_repeated_codes_are_left_out():
    stray = [*FACTS, fact("u/1", "stray"), fact("s/1", "second of that code")]
    found = Library(deck([section("s", {})], stray))
    assert [one.term for one in found.shelves["s"].facts] == ["aspirin", "ibuprofen", "morphine", "codeine"]
