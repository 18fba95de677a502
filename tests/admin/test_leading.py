"""An editor is led from an empty deck to one that can be published."""

import re

import pytest

from quizzes.core.specs import Direction
from quizzes.models import Deck, Fact, Section
from tests.admin.forms import address, save, told
from tests.factories import DeckFactory, elements

QUESTION = {"purpose_to_term": "Which metal is used {purpose}?"}
METALS = {"noun": "metal", "noun_plural": "metals", "slug": "metals"}


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def birds(db):
    return DeckFactory(title="Birds", slug="birds", status="draft", source="A field guide.")


def metals(deck, *, facts=0, wording=None):
    section = Section.objects.create(deck=deck, position=1, wording=QUESTION if wording is None else wording, **METALS)
    for number in range(facts):
        Fact.objects.create(deck=deck, section=section, code=f"metals/{number}", term=f"m{number}", position=number)
    return section


def step(response):
    """The last message, without its tags."""
    return re.sub(r"<[^>]+>", "", told(response)[-1])


def missing(editor, deck):
    return [one.words for one in editor.get(address(Deck, deck.pk)).context["outline"].missing]


def test_a_new_deck_leads_to_its_own_page_and_to_its_first_section(editor, db):
    answer = save(editor, address(Deck, kind="add"), title="Birds", slug="birds", source="A field guide.")
    deck = Deck.objects.get(slug="birds")
    assert answer.url == address(Deck, deck.pk)
    assert step(answer) == "The deck has no section yet: facts stand in sections. Next: Add a section"
    assert f'href="{address(Section, kind="add")}?deck={deck.pk}"' in editor.get(answer.url).content.decode()


def test_the_form_of_a_new_section_has_the_deck_filled_in(editor, birds):
    page = editor.get(address(Section, kind="add"), {"deck": birds.pk})
    assert page.context["adminform"].form["deck"].value() == str(birds.pk)


def test_a_new_section_leads_to_its_first_fact(editor, birds):
    answer = save(editor, address(Section, kind="add"), deck=birds.pk, **METALS, **QUESTION)
    section = Section.objects.get(slug="metals")
    assert answer.url == address(Section, section.pk)
    assert step(answer) == "“metals” has no facts yet. Next: Add a fact"
    page = editor.get(answer.url).content.decode()
    assert "no facts in this section yet" in page
    assert f'href="{address(Fact, kind="add")}?section={section.pk}"' in page


def test_a_new_section_without_a_question_leads_to_its_questions(editor, birds):
    none = dict.fromkeys(Direction, "")
    answer = save(editor, address(Section, kind="add"), deck=birds.pk, **METALS, **none)
    assert step(answer).startswith("No question is written for “metals”")


def test_the_form_of_a_new_fact_has_the_section_filled_in(editor, birds):
    section = metals(birds)
    page = editor.get(address(Fact, kind="add"), {"section": section.pk})
    assert page.context["adminform"].form["section"].value() == str(section.pk)


def test_a_new_fact_leads_to_the_next_one_until_there_are_enough(editor, birds):
    section = metals(birds, facts=2)
    page = f"{address(Fact, kind='add')}?section={section.pk}"
    answer = save(editor, page, term="gold", purpose="to make rings", position=8)
    assert answer.url == address(Fact)
    assert step(answer).startswith("“metals” has 3 facts: from 4 on they are answer choices for each other.")
    answer = save(editor, page, term="iron", purpose="to build rails", position=9)
    assert step(answer) == "Nothing is missing in the deck. Next: Look at its questions, and publish it"


def test_the_buttons_that_lead_elsewhere_still_do(editor, birds):
    page = address(Section, kind="add")
    assert save(editor, page, deck=birds.pk, **METALS, _addanother="1").url == page


def test_the_page_of_a_deck_lists_its_sections_with_their_counts(editor, db):
    outline = editor.get(address(Deck, elements().pk)).context["outline"]
    assert [(line.name, line.facts, line.refused) for line in outline.sections] == [("elements", 8, 0), ("gases", 4, 0)]
    assert outline.facts == 12
    assert all(line.asked for line in outline.sections)


def test_the_page_of_a_deck_says_what_is_missing(editor, birds):
    Deck.objects.update(source="")
    assert missing(editor, birds) == [
        "The deck has no section yet: facts stand in sections.",
        "Nothing says where its facts come from.",
    ]
    metals(birds, facts=1, wording={})
    assert missing(editor, birds)[:2] == [
        "No question is written for “metals”, so nothing of it is asked.",
        "“metals” has 1 fact: from 4 on they are answer choices for each other.",
    ]


def test_a_section_whose_facts_give_no_question_is_told(editor, birds):
    metals(birds, facts=4)
    assert missing(editor, birds) == ["No fact of “metals” gives a question that is asked."]


def test_a_deck_that_needs_nothing_can_be_published(editor, db):
    deck = elements()
    Deck.objects.update(status="draft", source="A handbook.")
    assert "Nothing is missing." in editor.get(address(Deck, deck.pk)).content.decode()


def test_editing_a_published_deck_is_not_commented(editor, db):
    deck = elements()
    answer = save(editor, address(Deck, deck.pk), title="The elements")
    assert not any("Next:" in message for message in told(answer))


def test_the_page_of_a_deck_takes_the_same_queries_for_any_number_of_sections(
    editor, birds, django_assert_max_num_queries
):
    for number in range(5):
        Section.objects.create(deck=birds, position=number, noun="n", noun_plural="ns", slug=f"s{number}")
    with django_assert_max_num_queries(9):
        editor.get(address(Deck, birds.pk))
