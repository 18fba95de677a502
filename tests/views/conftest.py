"""A clock that stands at NOW, and browsers that are signed in."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW, elements
from tests.study import begin


@pytest.fixture(autouse=True)
def clock():
    """Stands still; `clock.move_to(...)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


@pytest.fixture
def signed_in():
    """`signed_in(user)`: that user's browser."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def web(student, signed_in):
    """The student's browser without JavaScript: it follows redirects."""
    return signed_in(student)
