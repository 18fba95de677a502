import re
from datetime import UTC, datetime

import pytest

from quizzes.models import Cohort, CohortGroup, Enrolment
from quizzes.services.teaching.groups import create_group, fill_group
from tests.classes import join
from tests.factories import NOW, AssignmentFactory, DeckFactory, QuizFactory


def html(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def monday(klass, ada):
    """A group with ada in it, beside zoe who is in none."""
    join(klass, username="zoe")
    made = create_group(cohort=klass, name="Monday")
    fill_group(group=made, user_ids=[ada.pk], shown=[])
    return made


def names(response):
    return re.findall(r'<th scope="row"><a [^>]*><bdi>([^<]+)</bdi></a>', html(response))


def test_a_group_is_made_filled_renamed_and_deleted(desk, klass, url, ada):
    assert "None yet." in html(desk.get(url("groups/")))
    page = desk.post(url("groups/"), {"name": "Monday"}).url
    assert 'name="student"' in html(desk.get(page))
    desk.post(page, {"do": "fill", "student": [ada.pk]})
    assert "1 student" in html(desk.get(url("groups/")))
    desk.post(page, {"do": "rename", "name": "Friday"})
    assert CohortGroup.objects.get().name == "Friday"
    assert "Its students stay in the class." in html(desk.post(page, {"do": "delete"}, follow=True))
    assert (CohortGroup.objects.count(), Enrolment.objects.get(user=ada).left_at) == (0, None)


@pytest.mark.parametrize(
    ("name", "error"), [("", "Give the group a name."), ("MONDAY", "a group of this name already")]
)
def test_a_faulty_name_is_refused(desk, url, monday, name, error):
    create_group(cohort=monday.cohort, name="Tuesday")
    assert error in html(desk.post(url("groups/"), {"name": name}))
    other = CohortGroup.objects.get(name="Tuesday")
    assert error in html(desk.post(url(f"groups/{other.pk}/"), {"do": "rename", "name": name}))
    assert CohortGroup.objects.count() == 2


def test_a_post_without_sense_changes_nothing(desk, url, monday, ada):
    assert desk.post(url(f"groups/{monday.pk}/"), {}).status_code == 200
    desk.post(url(f"groups/{monday.pk}/"), {"do": "fill", "student": ["x", "99999999999999999999"]})
    assert Enrolment.objects.get(user=ada).group == monday


def test_the_table_has_a_column_and_a_filter_once_there_are_groups(desk, klass, url, ada):
    assert 'name="group"' not in html(desk.get(url()))
    monday = create_group(cohort=klass, name="Monday")
    join(klass, username="zoe")
    fill_group(group=monday, user_ids=[ada.pk], shown=[])
    assert names(desk.get(url())) == ["ada", "zoe"]
    assert names(desk.get(url(f"?group={monday.pk}"))) == ["ada"]
    assert names(desk.get(url("?group=0"))) == ["zoe"]
    assert "Nobody in this class fits" in html(desk.get(url("?group=nonsense")))
    assert names(desk.get(url("?sort=-group"))) == ["ada", "zoe"]


def test_a_filter_goes_along_with_sorting(desk, url, monday):
    assert f"?sort=recall&amp;group={monday.pk}" in html(desk.get(url(f"?group={monday.pk}")))


def test_the_file_has_a_column_of_groups_once_there_are_any(desk, url, monday):
    heads, ada, zoe = desk.get(url("table.csv")).content.decode("utf-8-sig").splitlines()
    assert heads.split(",")[3] == "group"
    assert (ada.split(",")[3], zoe.split(",")[3]) == ("Monday", "")


def test_a_student_page_names_the_group(desk, ada_url, monday):
    assert '<dd dir="auto">Monday</dd>' in html(desk.get(ada_url))


COPY = {"name": "Anatomy, summer", "first_day": "2026-09-07"}


@pytest.fixture
def filled(klass, deck):
    """A class with an assignment that opens on 10 March and a quiz."""
    AssignmentFactory(cohort=klass, deck=deck, title="Week 1")
    QuizFactory(cohort=klass, deck=deck, title="Test 1")
    return klass


def everything(page):
    form = page.context["form"]
    return {
        name: [str(value) for value in form[name].value()] for name in form.fields if name.startswith(("d", "a", "q"))
    }


def test_a_class_is_copied_with_its_dates_moved(desk, filled, url, deck):
    page = desk.get(url("copy/"))
    assert "opened on 10 March 2026" in html(page)
    assert "Week 1\u2069 \u2068(10 Mar 2026)\u2069" in html(page)
    response = desk.post(url("copy/"), {**COPY, **everything(page)})
    made = Cohort.objects.get(name="Anatomy, summer")
    assert response.url == f"/classes/{made.pk}/"
    assert made.assignments.get().opens_at == datetime(2026, 9, 7, 10, tzinfo=UTC)
    assert made.quizzes.get().published_at is None
    assert (list(made.decks.all()), made.enrolments.count()) == ([deck], 1)


def test_the_first_day_is_needed_where_there_are_dates(desk, filled, url):
    form = {**COPY, **everything(desk.get(url("copy/"))), "first_day": ""}
    assert "Choose the day on which the first of them opens" in html(desk.post(url("copy/"), form))
    assert desk.post(url("copy/"), {**form, "assignments": [], "quizzes": []}).status_code == 302


def test_a_deck_that_something_is_set_in_cannot_be_left_out(desk, filled, url, deck):
    filled.decks.add(other := DeckFactory())
    form = {**COPY, **everything(desk.get(url("copy/"))), "decks": [other.pk]}
    assert f"“Week 1” is set in {deck.title}: take that deck along too" in html(desk.post(url("copy/"), form))
    assert Cohort.objects.filter(name="Anatomy, summer").count() == 0


def test_nothing_of_another_class_can_be_copied(desk, filled, url):
    stranger = AssignmentFactory()
    form = {**COPY, **everything(desk.get(url("copy/"))), "assignments": [stranger.pk]}
    assert "Not saved" in html(desk.post(url("copy/"), form))


def test_a_class_without_assignments_asks_for_no_day(desk, klass, url):
    page = desk.get(url("copy/"))
    assert 'name="first_day"' not in html(page)
    desk.post(url("copy/"), {"name": "Empty", **everything(page)})
    assert Cohort.objects.get(name="Empty").created_at == NOW


def test_the_settings_lead_to_the_copy(desk, url):
    assert f'href="{url("copy/")}"' in html(desk.get(url("edit/")))
