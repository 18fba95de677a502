from dataclasses import replace

import pytest

from quizzes.selectors.content.section_preview import preview_section
from quizzes.selectors.content.specs import deck_spec
from tests.factories import elements


@pytest.fixture
def deck(db):
    return deck_spec(elements())


def worded(deck, slug, **wording):
    return replace(next(one for one in deck.sections if one.slug == slug), wording=wording)


def test_each_written_question_is_filled_in_from_real_facts(deck):
    preview = preview_section(deck, worded(deck, "uses", purpose_to_term="What does one use {purpose}?"))
    (direction,) = preview.directions
    assert (preview.facts, direction.label, direction.asked, direction.refused) == (8, "purpose → term", 8, 0)
    assert [example.term for example in direction.examples] == ["iron", "aluminium", "iodine"]
    assert direction.examples[0].stem == "What does one use to build bridges and rails?"
    assert direction.examples[0].answer == "iron"


def test_a_question_that_makes_no_good_question_says_why(deck):
    preview = preview_section(deck, worded(deck, "gases", membership="Which noble gas?"))
    (direction,) = preview.directions
    assert direction.refused == 4
    assert direction.examples[0].refusal == "the question has 3 words, fewer than 4"


def test_a_direction_that_no_fact_fills_has_no_examples(deck):
    preview = preview_section(deck, worded(deck, "uses", condition_to_term="Which element is used for {condition}?"))
    assert [(one.asked, one.examples) for one in preview.directions] == [(0, ())]


def test_the_question_for_outsiders_is_shown_as_it_stands(deck):
    preview = preview_section(deck, worded(deck, "gases", not_member="Which of these {noun_plural} is NOT noble?"))
    assert preview.directions[0].examples[0].stem == "Which of these gases is NOT noble?"


def test_a_section_without_wording_asks_nothing(deck):
    assert preview_section(deck, worded(deck, "uses")).directions == ()
