import pytest

from quizzes.core.specs import Direction, Verdict
from quizzes.models import Fact, Overlap, Section
from quizzes.selectors.content.specs import CONTENT_FIELDS, deck_spec, fact_content
from tests.factories import elements


@pytest.fixture
def deck(db):
    return elements(language="en-gb")


def test_a_deck_is_read_as_values_in_few_queries(deck, django_assert_num_queries):
    with django_assert_num_queries(3):
        spec = deck_spec(deck)
    assert (spec.slug, spec.title, spec.language) == ("elements", "Chemical elements", "en-gb")
    assert [section.slug for section in spec.sections] == ["uses", "gases"]
    assert [fact.code for fact in spec.facts] == [
        *(f"uses/{n}" for n in range(1, 9)),
        *(f"gases/{n}" for n in range(1, 5)),
    ]


def test_a_fact_is_read_with_all_it_says(deck):
    Fact.objects.filter(code="uses/2").update(caution="Thefts are common.", version=3, meaning_version=2)
    copper = next(fact for fact in deck_spec(deck).facts if fact.code == "uses/2")
    assert (copper.term, copper.section, copper.position) == ("copper", "uses", 2)
    assert (copper.examples, copper.aliases) == (("brass", "bronze"), ("cuprum",))
    assert (copper.caution, copper.version, copper.meaning_version) == ("Thefts are common.", 3, 2)


def test_facts_come_in_teaching_order_whatever_their_codes(deck):
    Fact.objects.filter(code="uses/8").update(position=0)
    Section.objects.filter(slug="gases").update(position=0)
    codes = [fact.code for fact in deck_spec(deck).facts]
    assert codes[:5] == ["gases/1", "gases/2", "gases/3", "gases/4", "uses/8"]


def test_retired_facts_are_left_out(deck):
    Fact.objects.filter(code="uses/1").update(status=Fact.Status.RETIRED)
    assert "uses/1" not in {fact.code for fact in deck_spec(deck).facts}


def test_verdicts_are_found_by_code_or_section_and_direction(deck):
    iron, copper, helium = (Fact.objects.get(code=code) for code in ("uses/1", "uses/2", "gases/1"))
    Overlap.objects.create(asked=iron, offered=copper, direction="purpose_to_term", verdict="right")
    Overlap.objects.create(asked=copper, offered=iron, verdict="arguable")
    Overlap.objects.create(asked_section=helium.section, offered=iron, direction="membership", verdict="distinct")
    spec = deck_spec(deck)
    assert spec.verdict("uses/1", "uses/2", Direction.PURPOSE_TO_TERM) is Verdict.RIGHT
    assert spec.verdict("uses/1", "uses/2", Direction.TERM_TO_PURPOSE) is None
    assert spec.verdict("uses/2", "uses/1", Direction.TERM_TO_PURPOSE) is Verdict.ARGUABLE
    assert spec.verdict("gases", "uses/1", Direction.MEMBERSHIP) is Verdict.DISTINCT


def test_verdicts_of_other_decks_are_left_out(deck):
    other = elements(slug="more-elements")
    asked, offered = other.facts.all()[:2]
    Overlap.objects.create(asked=asked, offered=offered, verdict="right")
    assert deck_spec(deck).overlaps == {}
    assert len(deck_spec(other).overlaps) == 1


def test_the_content_of_a_fact_is_what_a_version_keeps(deck):
    content = fact_content(Fact.objects.get(code="uses/1"))
    assert tuple(content) == CONTENT_FIELDS
    assert content["purpose"] == "to build bridges and rails"
    assert {"section", "position", "status", "check_status"}.isdisjoint(content)
