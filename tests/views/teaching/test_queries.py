"""How many times a page of classes asks the database, whatever the number of classes, students and answers."""

import pytest

from quizzes.services.teaching.groups import create_group, fill_group
from tests.classes import USES, answer, class_of, join
from tests.factories import NOW, AssignmentFactory, DeckFactory, QuizFactory
from tests.study import DAY

SIGNED_IN = 2  # the session and its user
NOTED = 5  # the first opening in an hour: a savepoint, an update, the role, a row, its end


@pytest.fixture(params=["one", "many"])
def size(request, klass, deck, ivy, ada):
    """A class with one student, or with five, among three classes."""
    if request.param == "many":
        for _ in range(4):
            answer(join(klass), USES[:3], days_ago=2)
        for _ in range(2):
            other = class_of(deck, ivy)
            other.decks.add(DeckFactory())
            answer(join(other), USES[:3], days_ago=1)
    return request.param


def test_the_list(desk, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 10):
        desk.get("/classes/")


def test_the_list_of_a_student(signed_in, ada, size, django_assert_num_queries):
    web = signed_in(ada)
    with django_assert_num_queries(SIGNED_IN + 5):
        web.get("/classes/")


def test_a_class(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 18):
        desk.get(url())


def test_a_class_by_days_and_on_exam_day(desk, url, klass, deck, size, django_assert_num_queries):
    exams = [AssignmentFactory(cohort=klass, deck=deck, exam_on=NOW.date() + days * DAY) for days in (3, 9)]
    for exam in exams[: 1 if size == "one" else 2]:
        exam.sections.add(deck.sections.first())
    with django_assert_num_queries(SIGNED_IN + 28):
        desk.get(url(f"?on={exams[0].exam_on}"))
    with django_assert_num_queries(SIGNED_IN + 26):
        desk.get(url("?view=days"))


def test_who_falls_behind(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 14 + NOTED):
        assert desk.get(url("behind/")).context["page"].lists


def test_a_class_as_a_file(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 14 + NOTED):
        desk.get(url("table.csv"))


def test_a_class_with_groups(desk, url, klass, ada, size, django_assert_num_queries):
    fill_group(group=create_group(cohort=klass, name="Monday"), user_ids=[ada.pk], shown=[])
    with django_assert_num_queries(SIGNED_IN + 19):
        desk.get(url())


def test_the_groups(desk, url, klass, size, django_assert_num_queries):
    made, _other = (create_group(cohort=klass, name=name) for name in ("Monday", "Tuesday"))
    with django_assert_num_queries(SIGNED_IN + 7):
        desk.get(url("groups/"))
    with django_assert_num_queries(SIGNED_IN + 7):
        desk.get(url(f"groups/{made.pk}/"))


@pytest.mark.parametrize("rows", [1, 40])
def test_a_list_of_students(desk, url, klass, rows, django_assert_num_queries):
    lines = ["e-mail,number,group", *(f"p{n}@example.org,N{n},{n % 3}" for n in range(rows))]
    page = desk.post(url("roster/"), {"lines": "\n".join(lines)}).url
    with django_assert_num_queries(SIGNED_IN + 10):
        shown = desk.get(page)
    desk.post(page, {"do": "confirm", "version": shown.context["page"].version})
    with django_assert_num_queries(SIGNED_IN + 6):
        desk.get(page)
    with django_assert_num_queries(SIGNED_IN + 7):
        desk.get(url("roster/"))
    with django_assert_num_queries(SIGNED_IN + 3):
        desk.get(url("roster/links.csv"))


def test_the_form_of_a_copy(desk, url, klass, deck, size, django_assert_num_queries):
    for number in range(3 if size == "many" else 1):
        AssignmentFactory(cohort=klass, deck=deck, title=f"Week {number}")
        QuizFactory(cohort=klass, deck=deck)
    with django_assert_num_queries(SIGNED_IN + 15):
        desk.get(url("copy/"))


def test_a_student(desk, ada_url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 21 + NOTED):
        desk.get(ada_url)


def test_the_code(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 5):
        desk.get(url("code/"))


def test_the_settings(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 8):
        desk.get(url("edit/"))


def test_a_class_to_be_joined(signed_in, max, klass, size, django_assert_num_queries):
    web = signed_in(max)
    with django_assert_num_queries(SIGNED_IN + 6):
        web.get("/join/KQ7-MPX/")
