import pytest
from django.db import IntegrityError, transaction

from quizzes.models import Fact, FactVersion, Overlap
from quizzes.models.append_only import AppendOnlyError
from tests.factories import FactFactory, SectionFactory, elements

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two facts of one section."""
    section = SectionFactory()
    return FactFactory(section=section), FactFactory(section=section)


def verdict(**fields):
    return Overlap.objects.create(**{"verdict": "right", "reason": "They are alike.", **fields})


def refused(**fields):
    """Whether the database refuses this verdict."""
    try:
        with transaction.atomic():
            verdict(**fields)
    except IntegrityError:
        return True
    return False


def test_a_fact_has_a_term():
    with pytest.raises(IntegrityError):
        FactFactory(term="")


def test_a_code_is_given_once_in_a_deck(pair):
    with pytest.raises(IntegrityError):
        FactFactory(section=pair[0].section, code=pair[0].code)


def test_a_fact_is_found_by_its_natural_key(pair):
    assert Fact.objects.get_by_natural_key(*pair[1].natural_key()) == pair[1]


def test_facts_stand_in_the_teaching_order_of_their_deck():
    deck = elements()
    Fact.objects.filter(code="uses/8").update(position=0)
    codes = [fact.code for fact in Fact.objects.filter(deck=deck)]
    assert codes[:2] == ["uses/8", "uses/1"]
    assert codes[-1] == "gases/4"


def test_versions_cannot_be_changed_or_deleted():
    elements()
    before = list(FactVersion.objects.order_by("pk").values())
    rows = FactVersion.objects.filter(number=1)
    with pytest.raises(AppendOnlyError, match="FactVersion"):
        rows.update(content={})
    with pytest.raises(AppendOnlyError, match="FactVersion"):
        rows.delete()
    with pytest.raises(AppendOnlyError, match="FactVersion"), transaction.atomic():
        FactVersion.objects.bulk_update(rows, ["content"])
    assert list(FactVersion.objects.order_by("pk").values()) == before


def test_a_version_number_is_written_once():
    elements()
    version = FactVersion.objects.first()
    version.pk = None
    with pytest.raises(IntegrityError):
        version.save(force_insert=True)


def test_versions_and_verdicts_are_found_by_their_natural_keys(pair):
    elements()
    version = FactVersion.objects.last()
    row = verdict(asked=pair[0], offered=pair[1], direction="purpose_to_term")
    assert FactVersion.objects.get_by_natural_key(*version.natural_key()) == version
    assert Overlap.objects.get_by_natural_key(*row.natural_key()) == row


def test_a_pair_is_judged_once_per_direction(pair):
    asked, offered = pair
    verdict(asked=asked, offered=offered, direction="purpose_to_term")
    assert refused(asked=asked, offered=offered, direction="purpose_to_term", verdict="distinct")
    assert not refused(asked=asked, offered=offered, direction="term_to_purpose")
    assert not refused(asked=asked, offered=offered, direction="")
    assert not refused(asked=offered, offered=asked, direction="purpose_to_term")


def test_a_fact_is_not_judged_against_itself(pair):
    assert refused(asked=pair[0], offered=pair[0])


def test_a_verdict_asks_a_fact_or_a_membership_and_never_both(pair):
    asked, offered = pair
    assert refused(offered=offered)
    assert refused(asked=asked, asked_section=asked.section, offered=offered, direction="membership")
    assert refused(asked_section=asked.section, offered=offered, direction="purpose_to_term")
    assert not refused(asked_section=asked.section, offered=offered, direction="membership")
    assert refused(asked_section=asked.section, offered=offered, direction="membership", verdict="distinct")
