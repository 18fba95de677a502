from datetime import timedelta

import pytest

from quizzes.core.differences import Change
from quizzes.models import Fact, FactVersion
from quizzes.selectors.content.versions import changes_to, fact_versions
from quizzes.services.content.facts import bring_deck_up_to_date
from tests.factories import NOW, elements


@pytest.fixture
def iron(db):
    elements()
    return Fact.objects.get(code="uses/1")


def edit(fact, by=None, change="wording", **content):
    Fact.objects.filter(pk=fact.pk).update(**content)
    bring_deck_up_to_date(deck=fact.deck, by=by, now=NOW + timedelta(days=1), change=change)
    fact.refresh_from_db()


def marked(pieces):
    return "".join({Change.SAME: "", Change.GONE: "-", Change.NEW: "+"}[piece.change] + piece.text for piece in pieces)


def test_versions_stand_newest_first_with_who_when_and_what_kind(iron, eve):
    edit(iron, eve, "meaning", purpose="to build towers and rails")
    second, first = fact_versions(iron)
    assert (second.number, second.change, second.writer, second.current) == (2, "meaning", "eve", True)
    assert second.written_at == NOW + timedelta(days=1)
    assert (first.number, first.change, first.writer, first.current, first.changes) == (1, "first", "", False, ())


def test_only_fields_that_differ_are_compared_word_by_word(iron):
    edit(iron, purpose="to build towers and rails", aliases=["ferrum", "Fe"])
    names, purpose = fact_versions(iron)[0].changes
    assert (names.label, marked(names.before), marked(names.after)) == ("other names", "ferrum", "ferrum+\nFe")
    assert marked(purpose.before) == "to build -bridges and rails"
    assert marked(purpose.after) == "to build +towers and rails"


def test_each_version_tells_all_that_it_said(iron):
    edit(iron, purpose="to build towers")
    assert dict(fact_versions(iron)[1].content)["purpose"] == "to build bridges and rails"
    assert dict(fact_versions(iron)[1].content)["examples"] == "steel"
    assert "condition" not in dict(fact_versions(iron)[0].content)


def test_a_restoration_is_told_before_it_is_made(iron):
    edit(iron, purpose="to build towers")
    (change,) = changes_to(iron, FactVersion.objects.get(fact=iron, number=1))
    assert marked(change.after) == "to build +bridges and rails"
    assert changes_to(iron, FactVersion.objects.get(fact=iron, number=2)) == ()


def test_all_versions_take_one_query(iron, django_assert_num_queries):
    for number in range(5):
        edit(iron, purpose=f"to build {number} towers")
    with django_assert_num_queries(1):
        assert len(fact_versions(iron)) == 6
