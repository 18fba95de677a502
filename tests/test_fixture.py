"""The first deck as it is shipped: complete, attributed, judged pair by pair, and loaded the same again and again."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from quizzes.core import stems
from quizzes.core.generation import Bank
from quizzes.core.overlaps import judged
from quizzes.core.specs import Direction, Verdict
from quizzes.core.text import ABSOLUTE_WORDS, words
from quizzes.models import Card, Deck, Fact, FactVersion, Overlap, Section
from quizzes.selectors.content.specs import deck_spec, fact_content
from quizzes.services.content.cards import sync_cards
from quizzes.services.content.facts import keep_versions
from tests.factories import NOW, guide

pytestmark = pytest.mark.django_db

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "soft_tissue_calcifications.json"
TABLES = (Deck, Section, Fact, FactVersion, Overlap, Card)
SIZES = {"types": 4, "causes": 10, "symptoms": 10, "tests": 10, "treatments": 10, "drugs": 10, "procedures": 10}
LISTS = {"causes", "symptoms"}
FOR_WHOM = {"treatments/6", "treatments/8", "drugs/8", "procedures/7"}
EXAMPLES = {
    "drugs/1": ["ibuprofen", "naproxen"],
    "drugs/2": ["verapamil"],
    "drugs/3": ["alendronate"],
    "drugs/4": ["prednisone"],
    "drugs/5": ["levothyroxine"],
    "drugs/7": ["furosemide"],
    "drugs/8": ["sevelamer"],
    "drugs/10": ["methotrexate"],
}
CAUTIONS = {
    "types/2": "spread of cancer",
    "types/4": "dystrophic",
    "causes/5": "hypothyroidism",
    "tests/7": "bone scan",
    "tests/10": "electromyography",
    "treatments/2": "kidney",
    "treatments/5": "diltiazem",
    "drugs/1": "kidney",
    "drugs/2": "diltiazem",
    "drugs/5": "hypothyroidism",
    "drugs/7": "furosemide",
    "drugs/9": "short",
    "procedures/3": "divides",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The deck, loaded once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield guide()
        transaction.set_rollback(True)


@pytest.fixture
def deck(loaded):
    return Deck.objects.get(pk=loaded.pk)


@pytest.fixture(scope="module")
def spec(loaded):
    return deck_spec(loaded)


@pytest.fixture(scope="module")
def bank(spec):
    return Bank(spec)


def contents():
    """Every row of every table that the fixture fills, ids included."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def dumped():
    out = StringIO()
    names = [model._meta.label for model in TABLES]
    call_command("dumpdata", *names, natural_foreign=True, natural_primary=True, stdout=out)
    return json.loads(out.getvalue())


def per_table(rows):
    """The rows of a fixture by table, in an order of their own."""
    found = {}
    for row in rows:
        found.setdefault(row["model"], []).append(row["fields"])
    return {name: sorted(fields, key=json.dumps) for name, fields in found.items()}


def mixed_pairs(spec):
    """Each card and other fact that one question could show together, as (asked, offered, direction)."""
    sections = {section.slug: section for section in spec.sections}
    for fact in spec.facts:
        for card in stems.cards_of(fact, sections[fact.section]):
            mixing = card.direction in stems.OF_SECTION
            needed = ("term", "example") if card.direction is Direction.EXAMPLE_TO_TERM else ()
            for other in spec.facts:
                beside = (other.section == fact.section) != mixing and other.code != fact.code
                if beside and stems.has_slots(other, (*needed, stems.answer_slot(card.direction))):
                    yield fact, other, card.direction


def verdict(spec, asked, offered, direction):
    if direction in stems.OF_SECTION:
        return spec.verdict(asked.section, offered.code, direction)
    return judged(spec, asked.code, offered.code, direction)


def test_it_is_loaded_a_second_time_without_a_change(deck):
    before = contents()
    call_command("loaddata", "soft_tissue_calcifications", verbosity=0)
    assert contents() == before


def test_it_is_what_a_dump_of_it_gives(deck):
    assert per_table(dumped()) == per_table(json.loads(FIXTURE.read_text()))


def test_it_names_no_row_by_its_number():
    assert all("pk" not in row for row in json.loads(FIXTURE.read_text()))


def test_each_line_of_the_guide_is_a_fact(spec):
    assert Counter(fact.section for fact in spec.facts) == SIZES
    assert [fact.code for fact in spec.facts] == [
        f"{slug}/{n}" for slug, size in SIZES.items() for n in range(1, size + 1)
    ]
    assert len({fact.term for fact in spec.facts if fact.section != "treatments"}) == 54


def test_codes_go_on_after_the_last_ones(deck):
    assert deck.last_numbers == SIZES


def test_each_fact_says_where_the_guide_has_it(spec):
    assert [fact.locator for fact in spec.facts] == [
        f"{fact.section.capitalize()}, {fact.number}" for fact in spec.facts
    ]
    assert all(fact.position == fact.number for fact in spec.facts)


def test_facts_start_unchecked(deck):
    assert set(Fact.objects.values_list("status", "check_status", "checker", "checked_on")) == {
        ("active", "unchecked", None, None)
    }


def test_the_deck_says_where_it_comes_from_and_what_it_is_not(deck):
    assert deck.status == Deck.Status.PUBLISHED
    assert "general guide for education" in deck.source
    assert "without references" in deck.source
    assert "not medical advice" in deck.disclaimer
    assert "have not been checked" in deck.disclaimer


@pytest.mark.parametrize(("code", "words"), CAUTIONS.items())
def test_a_doubtful_statement_carries_a_caution_note_with_its_source(spec, code, words):
    fact = next(fact for fact in spec.facts if fact.code == code)
    assert words in fact.caution.casefold()
    assert fact.caution_source


def test_no_other_fact_carries_a_caution_note(spec):
    assert {fact.code for fact in spec.facts if fact.caution or fact.caution_source} == set(CAUTIONS)


def test_every_line_with_a_description_has_a_purpose_or_says_for_whom(spec):
    described = [fact for fact in spec.facts if fact.section not in LISTS]
    assert len(described) == 44
    assert {fact.code for fact in described if not fact.purpose} == FOR_WHOM
    assert all(fact.condition for fact in described if not fact.purpose)
    assert not any(fact.purpose or fact.condition for fact in spec.facts if fact.section in LISTS)


def test_purposes_of_a_section_have_one_grammatical_form(spec):
    openings = {(fact.section, words(fact.purpose)[0]) for fact in spec.facts if fact.purpose}
    assert openings == {
        ("types", "deposits"),
        *((slug, "to") for slug in ("tests", "treatments", "drugs", "procedures")),
    }


def test_conditions_say_for_whom(spec):
    assert {words(fact.condition)[0] for fact in spec.facts if fact.condition} == {"people"}


def test_phrases_avoid_absolute_and_vague_words(spec):
    phrases = [(fact.code, phrase) for fact in spec.facts for phrase in (fact.purpose, fact.condition)]
    assert [code for code, phrase in phrases if not ABSOLUTE_WORDS.isdisjoint(words(phrase))] == []


def test_classes_of_drugs_have_the_examples_of_the_guide(spec):
    drugs = {fact.code: fact for fact in spec.facts if fact.section == "drugs"}
    assert {code: list(fact.examples) for code, fact in drugs.items() if fact.examples} == EXAMPLES
    assert {drugs[code].noun for code in EXAMPLES} == {"drug class"}
    assert {drugs[code].noun for code in ("drugs/6", "drugs/9")} == {"drug"}


def test_answer_choices_are_short_and_without_brackets(spec):
    assert [fact.code for fact in spec.facts if len(fact.label) > 30 or set("()[]") & set(fact.label)] == []


def test_lists_ask_for_membership_and_the_others_for_what_they_say(spec):
    asked = {section.slug: set(section.wording) for section in spec.sections}
    assert {slug for slug, directions in asked.items() if "membership" in directions} == LISTS
    assert {slug for slug, directions in asked.items() if "not_member" in directions} == LISTS
    assert all({"term_to_purpose", "purpose_to_term"} <= asked[slug] for slug in asked if slug not in LISTS)
    assert asked["drugs"] == set(Direction) - {"membership", "not_member"}


def test_every_pair_that_a_question_can_mix_has_a_verdict(spec):
    pairs = list(mixed_pairs(spec))
    assert len(pairs) > 1900
    assert [(a.code, b.code, way) for a, b, way in pairs if verdict(spec, a, b, way) is None] == []


def test_every_verdict_has_a_reason_and_a_time(deck):
    rows = Overlap.objects.values_list("reason", "judged_at")
    assert len(rows) > 800
    assert [reason for reason, judged_at in rows if len(reason.split()) < 3 or not judged_at] == []


def test_no_pair_is_judged_both_for_all_questions_and_for_one(deck):
    exact = Overlap.objects.filter(asked__isnull=False).exclude(direction="").values_list("asked", "offered")
    general = Overlap.objects.filter(asked__isnull=False, direction="").values_list("asked", "offered")
    assert set(exact).isdisjoint(general)


def test_what_is_offered_was_judged_distinct(spec, bank):
    drawn = [
        (card, bank.draw(card, f"pairs/{n}")) for card in bank.cards() if not bank.refusal(card) for n in range(12)
    ]
    offered = {(card.code, o.code, card.direction) for card, item in drawn for o in item.options if not o.is_key}
    facts = {fact.code: fact for fact in spec.facts}
    verdicts = {(a, b, way): verdict(spec, facts[a], facts[b], way) for a, b, way in offered}
    assert len(verdicts) > 600
    assert [pair for pair, said in verdicts.items() if said is not Verdict.DISTINCT] == []


def test_each_fact_has_its_first_version(deck):
    versions = list(FactVersion.objects.select_related("fact"))
    assert Counter((v.number, v.meaning_version, v.change) for v in versions) == {(1, 1, "first"): 64}
    assert all(version.content == fact_content(version.fact) for version in versions)
    assert keep_versions(deck=deck, by=None, now=NOW) == 0


def test_there_are_about_140_cards_and_few_refused(deck):
    assert 130 <= Card.objects.count() <= 150
    assert Card.objects.exclude(status=Card.Status.ACTIVE).count() <= 5
    assert set(Fact.objects.values_list("pk", flat=True)) == set(Card.objects.values_list("fact", flat=True))


def test_a_card_that_is_not_asked_says_why(deck):
    assert Card.objects.filter(status=Card.Status.REFUSED).exists()
    assert not Card.objects.filter(status=Card.Status.REFUSED, choice_refusal="").exists()
    assert not Card.objects.filter(status=Card.Status.REFUSED, recall_refusal="").exists()
    assert not Card.objects.filter(status=Card.Status.RETIRED).exists()


def test_its_cards_are_those_that_its_facts_give(deck):
    before = list(Card.objects.order_by("pk").values())
    sync_cards(deck=deck)
    assert list(Card.objects.order_by("pk").values()) == before
