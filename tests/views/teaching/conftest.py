"""A class that ivy teaches and ada studies in, seen through their browsers."""

import pytest

from quizzes.models import Enrolment
from quizzes.services.teaching.enrolling import enrol as join_class
from tests.classes import GASES, USES, answer, know
from tests.factories import NOW
from tests.people import enrol, person
from tests.study import DAY


@pytest.fixture
def klass(cohort, deck, ada, ivy):
    """Ada has studied some days ago."""
    cohort.decks.add(deck)
    Enrolment.objects.filter(user=ada).delete()
    join_class(user=ada, cohort=cohort, now=NOW - 20 * DAY)
    know(ada, [*USES, *GASES], days_ago=9)
    answer(ada, USES, days_ago=8, right=False)
    answer(ada, USES, days_ago=7.98)
    return cohort


@pytest.fixture
def assistant(klass):
    """Somebody who may look at the class."""
    user = person("tom")
    enrol(user, klass, Enrolment.Role.ASSISTANT)
    return user


@pytest.fixture
def boss(db):
    """An admin."""
    return person("boss", "admin")


@pytest.fixture
def desk(ivy, signed_in):
    """The instructor's browser."""
    return signed_in(ivy)


@pytest.fixture
def url(klass, ada):
    """`url("code/")`: an address below the class's own."""
    return lambda rest="": f"/classes/{klass.pk}/{rest}"


@pytest.fixture
def ada_url(url, ada):
    """The address of ada's page for her instructor."""
    return url(f"students/{ada.profile.public_id}/")
