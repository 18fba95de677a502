"""The people of every test: ada and ben study in different classes, ivy teaches ada, eve edits, max has no rights."""

import pytest

from quizzes.models import Cohort, Enrolment, User
from quizzes.services.people.roles import EDITOR, INSTRUCTOR, STUDENT, give_role
from tests.factories import NOW, CohortFactory, UserFactory


def person(username: str, *roles: str) -> User:
    """Somebody with those roles."""
    user = UserFactory(username=username)
    for role in roles:
        give_role(user=user, role=role)
    return user


def enrol(user: User, cohort: Cohort, role: str = Enrolment.Role.STUDENT) -> Enrolment:
    """Put somebody into a class."""
    return Enrolment.objects.create(user=user, cohort=cohort, role=role, joined_at=NOW)


@pytest.fixture
def cohort(db):
    """The class that ada is in and ivy teaches."""
    return CohortFactory(name="Anatomy 1", join_code="KQ7MPX")


@pytest.fixture
def ada(cohort):
    """A student."""
    user = person("ada", STUDENT)
    enrol(user, cohort)
    return user


@pytest.fixture
def ben(db):
    """A student of another class."""
    user = person("ben", STUDENT)
    enrol(user, CohortFactory(name="Biology 2", join_code="BGT4RW"))
    return user


@pytest.fixture
def ivy(cohort):
    """The instructor of ada's class."""
    user = person("ivy", INSTRUCTOR)
    enrol(user, cohort, Enrolment.Role.INSTRUCTOR)
    return user


@pytest.fixture
def eve(db):
    """An editor."""
    return person("eve", EDITOR)


@pytest.fixture
def max(db):
    """Somebody with an account and nothing else."""
    return person("max")
