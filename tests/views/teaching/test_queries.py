"""How many times a page of classes asks the database, whatever the number of classes, students and answers."""

import pytest

from tests.classes import USES, answer, class_of, join
from tests.factories import DeckFactory

SIGNED_IN = 2  # the session and its user


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
    with django_assert_num_queries(SIGNED_IN + 12):
        desk.get(url())


def test_a_class_as_a_file(desk, url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 10):
        desk.get(url("table.csv"))


def test_a_student(desk, ada_url, size, django_assert_num_queries):
    with django_assert_num_queries(SIGNED_IN + 16):
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
