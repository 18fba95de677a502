import pytest

from quizzes.core.offers import caution, describe, idea, make, offers_of, opening, option
from tests.core.decks import fact, section

DRUGS = section("s", {}, "drug")


def test_an_option_shows_the_short_label_without_brackets():
    offer = make(
        fact("s/1", "extracorporeal shock wave therapy", short_label="shock wave therapy (ESWT)"), "term", "en"
    )
    assert offer.text == "shock wave therapy"


def test_each_example_is_an_offer_and_empty_slots_give_none():
    assert [one.slot for one in offers_of(fact("s/1", "t", examples=("a b", "c")), "example", "en")] == [
        "example:a-b",
        "example:c",
    ]
    assert offers_of(fact("s/1", "t"), "purpose", "en") == ()


@pytest.mark.parametrize(
    ("text", "slot", "why"),
    [
        ("all of the above", "term", "catch-all"),
        ("A and C", "term", "catch-all"),
        ("is always right", "purpose", "absolute"),
        ("+ / -", "term", "neither letters"),
        ("word " * 60, "purpose", "too long"),
        ("vitamins A and C", "term", ""),
        ("May blossom", "term", ""),
    ],
)
def test_some_texts_can_never_be_options(text, slot, why):
    offer = make(fact("s/1", text, text), slot, "en")
    assert why in offer.problem
    assert bool(offer.problem) == bool(why)


def test_the_grammatical_form_is_told_by_the_first_word_in_english_alone():
    assert opening("to relieve pain", "en") == "to"
    assert opening("removing tissue", "en-GB") == "-ing"
    assert opening("string of beads", "en") == "-ing"
    assert opening("king of Spain", "en") == ""
    assert opening("to relieve pain", "de") == ""


def test_two_wordings_of_one_idea_have_the_same_content_words():
    assert idea("relief of pain and inflammation") == idea("inflammation and pain: relief")
    assert idea("relief of pain") != idea("relief of fever")


def test_a_fact_is_described_by_what_it_has():
    full = fact("s/1", "dialysis", "to clean the blood", condition="kidney failure", examples=("haemodialysis",))
    assert describe(full, DRUGS, "en") == "dialysis: to clean the blood; for kidney failure (haemodialysis)"
    assert describe(full, DRUGS, "de") == "dialysis: to clean the blood; kidney failure (haemodialysis)"
    assert describe(fact("s/1", "aspirin"), DRUGS, "en") == "aspirin: drug"
    assert describe(fact("s/1", "aspirin", noun="painkiller"), DRUGS, "en") == "aspirin: painkiller"


def test_the_key_is_told_why_it_is_right_and_a_distractor_what_it_is():
    doubtful = fact(
        "s/1",
        "calcitonin",
        "to slow bone loss",
        explanation="It acts on bone.",
        caution="Short use.",
        caution_source="EMA",
    )
    offer = make(doubtful, "term", "en")
    assert option(offer, DRUGS, "en", is_key=True).feedback == "Calcitonin: to slow bone loss. It acts on bone."
    assert option(offer, DRUGS, "en", is_key=False).feedback == "Calcitonin: to slow bone loss. Short use. (EMA)"


def test_feedback_names_the_example_that_was_chosen():
    offer = offers_of(fact("s/1", "binders", "to bind", examples=("sevelamer",)), "example", "en")[0]
    assert option(offer, DRUGS, "en", is_key=True).feedback == "Binders: to bind (sevelamer)."


def test_a_caution_carries_its_source():
    assert caution(fact("s/1", "t", caution="Doubtful.", caution_source="A journal")) == "Doubtful. (A journal)"
    assert caution(fact("s/1", "t", caution="Doubtful.")) == "Doubtful."
    assert caution(fact("s/1", "t", caution_source="A journal")) == ""
