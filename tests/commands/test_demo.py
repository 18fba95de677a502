from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from quizzes.core.join_codes import show_code
from quizzes.management.commands.demo import PASSWORD, PEOPLE
from quizzes.models import ClassConfusionCount, Cohort, Deck, DeckStudy, Fact, ReviewLog, Rollup, User
from quizzes.selectors.teaching.assignments import read_places
from quizzes.selectors.teaching.own_work import own_work
from quizzes.selectors.teaching.reading import enrolled, read_students
from quizzes.services.teaching.demo import MOST_ANSWERS, STUDENTS
from quizzes.services.teaching.enrolling import enrol
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
    answers = ReviewLog.objects.filter(kind="answer")
    assert 500 < answers.count() <= MOST_ANSWERS
    assert f"{answers.count()} answers" in out
    cohort = Cohort.objects.get()
    assert cohort.name == "Soft tissue calcifications, evening group"
    assert show_code(cohort.join_code) in out
    busy = {one.username for one in STUDENTS} - {"silent"}
    assert set(answers.values_list("user__username", flat=True)) == busy
    assert set(cohort.enrolments.filter(role="student").values_list("user__username", flat=True)) == busy | {"silent"}
    assert PASSWORD in out
    assert holds()
    check_people()
    check_the_figures_of_the_class(cohort)
    check_the_work_of_the_class(cohort)
    check_a_second_start_keeps_all_data()


def check_people():
    for name, role in PEOPLE:
        user = User.objects.get(username=name)
        assert user.check_password(PASSWORD)
        assert list(user.groups.values_list("name", flat=True)) == [role]
        assert user.is_staff is (role in ("editor", "admin"))
        assert user.is_superuser is (role == "admin")
    assert not DeckStudy.objects.filter(user__username="newcomer").exists()


def check_the_work_of_the_class(cohort):
    past, still_open, _draft = cohort.quizzes.all()
    assert [past.attempts.count(), still_open.attempts.count()] == [11, 0]
    assert set(past.attempts.values_list("ended_by", flat=True)) == {"student", "clock"}
    newcomer, now = User.objects.get(username="newcomer"), timezone.now()
    enrol(user=newcomer, cohort=cohort, now=now)
    todo = [line.title for line in own_work(newcomer, now) if line.state == "open"]
    assert todo == ["Meet the whole deck before the exam", still_open.title]
    students = read_students(enrolled([cohort]), now=now)
    places = read_places(list(cohort.assignments.all()), students, now=now).values()
    assert {"submitted", "under_way", "open"} == {place.state for place in places}


def check_the_figures_of_the_class(cohort):
    call_command("rollup", "--check")
    assert Rollup.objects.get(cohort=cohort).cards.count() > 50
    assert ClassConfusionCount.objects.get(cohort=cohort).students == len(STUDENTS)


def check_a_second_start_keeps_all_data():
    Fact.objects.filter(code="drugs/1").update(term="as the editor wants it")
    User.objects.filter(username="admin").delete()
    before = ReviewLog.objects.count()
    code = show_code(Cohort.objects.get().join_code)
    assert code in demo()
    assert Fact.objects.get(code="drugs/1").term == "as the editor wants it"
    assert not User.objects.filter(username="admin").exists()
    assert ReviewLog.objects.count() == before


@pytest.mark.django_db
def test_a_site_with_a_deck_of_its_own_gets_no_other():
    elements()
    demo()
    assert list(Deck.objects.values_list("slug", flat=True)) == ["elements"]
    assert set(DeckStudy.objects.values_list("user__username", flat=True)) == {one.username for one in STUDENTS}


@pytest.mark.django_db
def test_a_site_with_people_of_its_own_gets_no_demo_people():
    person("somebody")
    out = demo()
    assert [user.username for user in User.objects.all()] == ["somebody"]
    assert PASSWORD not in out
