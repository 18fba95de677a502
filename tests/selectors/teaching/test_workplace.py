from datetime import timedelta

import pytest

from quizzes.models import Fact
from quizzes.selectors.teaching.workplace import read_workplace
from tests.factories import NOW, DeckFactory, ReportFactory, elements, keep

TODAY = NOW.date()


@pytest.fixture
def deck(db):
    return elements()


def test_nothing_waits_at_first(deck):
    place = read_workplace(today=TODAY)
    assert place.nothing_to_do
    assert [review.deck for review in place.decks] == [deck]
    assert (place.rechecks, place.changes) == ([], [])


def test_open_reports_and_facts_due_wait(deck):
    ReportFactory()
    ReportFactory(status="fixed")
    Fact.objects.filter(code="uses/2").update(recheck_on=TODAY)
    Fact.objects.filter(code="uses/1").update(recheck_on=TODAY - timedelta(days=2))
    Fact.objects.filter(code="uses/3").update(check_status="doubtful")
    place = read_workplace(today=TODAY)
    assert not place.nothing_to_do
    assert (place.reports, place.recheck, place.doubtful) == (1, 2, 1)
    assert [fact.code for fact in place.rechecks] == ["uses/1", "uses/2"]


def test_what_was_edited_last_is_listed_and_first_versions_are_not(deck):
    Fact.objects.filter(code="uses/2").update(purpose="to make coins")
    keep(deck)
    assert [version.fact.code for version in read_workplace(today=TODAY).changes] == ["uses/2"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_decks(deck, django_assert_num_queries):
    DeckFactory.create_batch(4)
    with django_assert_num_queries(7):
        read_workplace(today=TODAY)
