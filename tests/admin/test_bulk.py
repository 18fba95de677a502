import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from quizzes.models import Card, Fact, Section
from tests.admin.forms import address, told
from tests.factories import UserFactory, elements


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def facts(*codes, deck="elements"):
    return list(Fact.objects.filter(deck__slug=deck, code__in=codes))


def choose(client, action, chosen, **fields):
    return client.post(address(Fact), {"action": action, "_selected_action": [fact.pk for fact in chosen], **fields})


def notes():
    return [entry.change_message for entry in LogEntry.objects.order_by("pk")]


def test_facts_are_marked_as_checked_today_by_whoever_does_it(editor, deck, eve):
    assert told(choose(editor, "mark_checked", facts("uses/1", "uses/2"))) == ["2 facts are marked as checked."]
    rows = Fact.objects.exclude(check_status="unchecked").values_list("code", "checker", "checked_on")
    assert list(rows) == [("uses/1", eve.pk, timezone.localdate()), ("uses/2", eve.pk, timezone.localdate())]
    assert notes() == ["Checked.", "Checked."]


def test_facts_are_moved_after_the_section_was_chosen(editor, deck):
    chosen, gases = facts("uses/1", "uses/2"), Section.objects.get(slug="gases")
    look = choose(editor, "move", chosen)
    assert "To the section" in look.content.decode()
    assert [fact.code for fact in look.context["facts"]] == ["uses/1", "uses/2"]
    assert Fact.objects.filter(section=gases).count() == 4
    response = choose(editor, "move", chosen, section=gases.pk)
    assert told(response) == ["2 facts moved to gases."]
    assert [fact.code for fact in Fact.objects.filter(section=gases)][-2:] == ["uses/1", "uses/2"]
    assert Card.objects.get(key="uses/1/membership").status == "active"
    assert notes() == ["Moved to gases.", "Moved to gases."]


def test_a_section_of_another_deck_cannot_be_chosen(editor, deck):
    other = elements(slug="more-elements")
    answer = choose(editor, "move", facts("uses/1"), section=other.sections.first().pk)
    assert "Select a valid choice" in answer.content.decode()
    assert facts("uses/1")[0].section.deck == deck


def test_facts_of_several_decks_are_not_moved_together(editor, deck):
    elements(slug="more-elements")
    both = facts("uses/1") + facts("uses/1", deck="more-elements")
    assert told(choose(editor, "move", both))[0].startswith("Nothing was moved: facts stay in their deck")


def test_somebody_who_may_only_look_checks_and_moves_nothing(client, deck):
    kim = UserFactory(is_staff=True)
    kim.user_permissions.add(Permission.objects.get(codename="view_fact"))
    client.force_login(kim)
    choose(client, "mark_checked", facts("uses/1"))
    choose(client, "move", facts("uses/1"), section=Section.objects.get(slug="gases").pk)
    assert (facts("uses/1")[0].check_status, facts("uses/1")[0].section.slug) == ("unchecked", "uses")
