"""The words of the admin: what goes with a deletion, how many see a fact again, times as the site writes them."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format

from quizzes.models import Fact, User
from quizzes.services.people.roles import ADMIN
from tests.admin.forms import address, save, send, told
from tests.factories import NOW, UserFactory, elements
from tests.people import person
from tests.study import IRON, begin, rate

AFTERNOON = datetime(2026, 3, 10, 15, 4, tzinfo=UTC)


@pytest.fixture
def iron(db):
    elements()
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def root(client, db):
    client.force_login(person("root", ADMIN))
    return client


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def learned_by(fact, *people):
    for student in people:
        rate(begin(student, fact.deck), IRON, 3)


def test_a_change_of_meaning_says_how_many_students_see_the_fact_again(editor, iron, ada, ben):
    learned_by(iron, ada, ben)
    response = save(editor, address(Fact, iron.pk), purpose="to build towers", change="meaning")
    assert "2 students who have learned the fact will see it again the next time they study." in told(response)


def test_a_change_of_wording_says_nothing_of_the_kind(editor, iron, ada):
    learned_by(iron, ada)
    response = save(editor, address(Fact, iron.pk), purpose="to build bridges", change="wording")
    assert not any("see it again" in message for message in told(response))


def test_a_meaning_said_but_nothing_changed_is_no_change(editor, iron, ada):
    learned_by(iron, ada)
    response = save(editor, address(Fact, iron.pk), change="meaning")
    assert not any("see it again" in message for message in told(response))


def test_a_version_restored_as_another_meaning_says_it_too(editor, iron, ada):
    learned_by(iron, ada)
    save(editor, address(Fact, iron.pk), purpose="to build towers", change="wording")
    response = editor.post(f"/admin/quizzes/fact/{iron.pk}/versions/1/restore/", {"change": "meaning"})
    assert told(response)[-1] == "1 student who has learned the fact will see it again the next time they study."


def test_several_people_are_deleted_after_a_plain_question(root):
    people = UserFactory.create_batch(2)
    chosen = {"action": "delete_selected", "_selected_action": [user.pk for user in people]}
    page = root.post(address(User), chosen)
    assert page.context["title"] == "Delete 2 people?"
    assert "This cannot be undone." in page.content.decode()
    assert "Delete the chosen people …" in root.get(address(User)).content.decode()
    root.post(address(User), {**chosen, "post": "yes"})
    assert not User.objects.filter(pk__in=[user.pk for user in people]).exists()


def test_one_person_is_deleted_after_a_plain_question(root):
    kim = UserFactory(username="kim")
    page = root.get(address(User, kim.pk, kind="delete")).content.decode()
    assert "Delete “kim”? This cannot be undone." in page
    root.post(address(User, kim.pk, kind="delete"), {"post": "yes"})
    assert not User.objects.filter(pk=kim.pk).exists()


def test_times_are_those_of_a_clock_with_24_hours(root, ada):
    User.objects.filter(pk=ada.pk).update(last_login=AFTERNOON)
    page = root.get(address(User, ada.pk)).content.decode()
    assert "10 Mar 2026, 15:04" in page
    assert "p.m." not in page
    assert date_format(NOW, "SHORT_DATETIME_FORMAT") == "10/03/2026 10:00"


def test_a_person_is_described_in_the_words_of_the_site(root, ada):
    page = root.get(address(User, ada.pk)).content.decode()
    assert "May sign in" in page
    assert "Unselect" not in page
    assert "never" in page
    assert send(root, address(User, ada.pk)).status_code == 302
