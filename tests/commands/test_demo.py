from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from quizzes.management.commands.demo import PASSWORD, PEOPLE
from quizzes.models import Deck, DeckStudy, Fact, ReviewLog, User
from tests.factories import GUIDE, elements
from tests.people import person
from tests.study import holds


def demo():
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_an_empty_site_gets_the_first_deck_people_and_some_history(db):
    out = demo()
    deck = Deck.objects.get()
    assert (deck.slug, deck.facts.count(), deck.status) == (GUIDE, 64, "published")
    assert {user.username for user in User.objects.all()} == {name for name, _role in PEOPLE}
    student = User.objects.get(username="student")
    answers = ReviewLog.objects.filter(kind="answer")
    assert 100 < answers.count() <= 2_000
    assert set(answers.values_list("user_id", flat=True)) == {student.pk}
    assert f"{answers.count()} answers" in out
    assert PASSWORD in out
    assert holds()
    check_people()
    check_a_second_start_keeps_all_data()


def check_people():
    for name, role in PEOPLE:
        user = authenticate(username=name, password=PASSWORD)
        assert list(user.groups.values_list("name", flat=True)) == [role]
        assert user.is_staff is (role in ("editor", "admin"))
        assert user.is_superuser is (role == "admin")
    assert not DeckStudy.objects.filter(user__username="newcomer").exists()


def check_a_second_start_keeps_all_data():
    Fact.objects.filter(code="drugs/1").update(term="as the editor wants it")
    User.objects.filter(username="admin").delete()
    before = ReviewLog.objects.count()
    demo()
    assert Fact.objects.get(code="drugs/1").term == "as the editor wants it"
    assert not User.objects.filter(username="admin").exists()
    assert ReviewLog.objects.count() == before


@pytest.mark.django_db
def test_a_site_with_a_deck_of_its_own_gets_no_other():
    elements()
    demo()
    assert list(Deck.objects.values_list("slug", flat=True)) == ["elements"]
    assert DeckStudy.objects.get().user.username == "student"


@pytest.mark.django_db
def test_a_site_with_people_of_its_own_gets_no_demo_people():
    person("somebody")
    out = demo()
    assert [user.username for user in User.objects.all()] == ["somebody"]
    assert PASSWORD not in out
