from pathlib import Path

import pytest

from quizzes.core.generation import Bank
from quizzes.core.specs import Item
from quizzes.formats.outline import read_outline
from quizzes.models import Card, Deck, Fact, FactVersion, Section
from quizzes.selectors.content.specs import deck_spec
from quizzes.services.content.outlining import DeckExistsError, import_outline
from tests.factories import NOW

GUIDE = (Path(__file__).parents[2] / "formats" / "guides" / "lighthouses.txt").read_text()


def made(**more):
    about = {"slug": "lights", "title": "Lighthouses", "language": "en", "by": None, "now": NOW}
    return import_outline(outline=read_outline(GUIDE), **{**about, **more})


def test_an_outline_becomes_a_draft_with_sections_facts_versions_and_cards(db):
    deck = made()
    assert (deck.status, deck.title, deck.last_numbers) == (
        "draft", "Lighthouses", {"kinds": 3, "reasons": 5, "parts": 6, "tools": 5}
    )  # fmt: skip
    assert deck.description.startswith("A lighthouse warns ships")
    assert Fact.objects.filter(deck=deck).count() == FactVersion.objects.count() == 19
    oils = Fact.objects.get(code="tools/2")
    assert (oils.term, oils.purpose, oils.examples) == ("Oils", "to feed the lamp", ["colza"])
    assert oils.locator == "Tools Used in Keeping Lighthouses, 2"
    assert Card.objects.filter(fact=oils, status=Card.Status.ACTIVE).exists()


def test_what_was_not_clear_is_doubtful_and_says_why_and_where(db):
    made()
    brushes = Fact.objects.get(check_status="doubtful")
    assert brushes.code == "tools/5"
    assert brushes.caution.startswith("It is not clear how the words behind the bracket belong to the term. Line 43: “")
    assert set(Fact.objects.exclude(pk=brushes.pk).values_list("check_status", flat=True)) == {"unchecked"}


def test_a_plain_list_asks_for_what_belongs_in_the_words_of_its_heading(db):
    made()
    assert "membership" not in Section.objects.get(slug="parts").wording
    causes = read_outline("Rust\n\nCauses of Rust:\n\n- Wet air\n- Salt\n\nEverybody knows rust.")
    import_outline(outline=causes, slug="rust", title="Rust", language="en", by=None, now=NOW)
    wording = Section.objects.get(slug="causes").wording
    assert wording["membership"] == "Which of these is one of the {noun_plural} of rust?"


def test_its_questions_keep_the_rules_of_words(db):
    bank = Bank(deck_spec(made()))
    drawn = [bank.draw(card, "1") for card in bank.cards()]
    assert sum(isinstance(one, Item) for one in drawn) > len(drawn) // 2


def test_another_language_gets_its_own_words(db):
    made(language="de")
    assert Section.objects.get(position=1).wording["term_to_purpose"] == "Welche Beschreibung passt zu {term}?"


def test_a_deck_that_is_there_is_not_touched(db):
    made()
    with pytest.raises(DeckExistsError, match="There is a deck “lights” already"):
        made(title="Other")
    assert [deck.title for deck in Deck.objects.all()] == ["Lighthouses"]
