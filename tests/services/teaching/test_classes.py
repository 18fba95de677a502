import pytest

from quizzes.core.join_codes import LETTERS
from quizzes.models import Cohort, DeckStudy, Enrolment
from quizzes.selectors.teaching.joining import find_class, is_open
from quizzes.services.teaching.classes import (
    archive_class,
    change_class,
    close_joining,
    create_class,
    open_joining,
    renew_code,
    restore_class,
)
from quizzes.services.teaching.enrolling import leave_class
from tests.classes import class_of, join
from tests.factories import NOW, DeckFactory, elements
from tests.study import DAY

pytestmark = pytest.mark.django_db


def first(_n):
    return 0


def rolling(*numbers):
    """Draws these numbers, one after the other."""
    left = list(numbers)
    return lambda _n: left.pop(0)


@pytest.fixture
def deck(db):
    return elements()


def test_a_class_has_a_code_its_decks_and_its_maker_as_instructor(ivy, deck):
    cohort = create_class(user=ivy, name="Metals", decks=[deck], closes_at=None, below=first, now=NOW)
    assert (cohort.name, cohort.join_code, list(cohort.decks.all())) == ("Metals", LETTERS[0] * 6, [deck])
    assert cohort.enrolments.get().role == Enrolment.Role.INSTRUCTOR
    assert cohort.created_at == NOW


def test_no_two_classes_have_the_same_code(ivy, deck):
    for _ in range(2):
        create_class(user=ivy, name="Metals", decks=[deck], closes_at=None, below=rolling(*[0] * 6, *[1] * 6), now=NOW)
    assert set(Cohort.objects.filter(name="Metals").values_list("join_code", flat=True)) == {"BBBBBB", "CCCCCC"}


def test_a_new_code_replaces_the_old_one(cohort):
    old = cohort.join_code
    assert renew_code(cohort=cohort, shown="KQ7-MPX", below=first)
    assert not renew_code(cohort=cohort, shown="KQ7-MPX", below=rolling(*[1] * 6))
    assert find_class(old) is None
    assert find_class("bbb bbb") == cohort


def test_a_deck_added_later_is_begun_by_all_students(deck):
    cohort = class_of(deck)
    ada, gone = join(cohort), join(cohort)
    leave_class(user=gone, cohort=cohort, now=NOW)
    extra = DeckFactory()
    change_class(cohort=cohort, name="New name", decks=[deck, extra], closes_at=NOW, now=NOW + DAY)
    cohort.refresh_from_db()
    assert (cohort.name, cohort.joining_closes_at) == ("New name", NOW)
    assert DeckStudy.objects.get(deck=extra).user == ada
    change_class(cohort=cohort, name="New name", decks=[deck, extra], closes_at=NOW, now=NOW + DAY)
    assert DeckStudy.objects.filter(deck=extra).count() == 1


def test_a_deck_taken_out_stays_with_those_who_study_it(deck):
    cohort = class_of(deck)
    ada = join(cohort)
    change_class(cohort=cohort, name="Empty", decks=[], closes_at=None, now=NOW)
    assert not cohort.decks.exists()
    assert DeckStudy.objects.filter(user=ada, deck=deck, paused_at=None).exists()


def test_a_deck_paused_by_a_student_stays_paused(deck):
    cohort = class_of(deck)
    ada, extra = join(cohort), DeckFactory()
    DeckStudy.objects.create(user=ada, deck=extra, joined_at=NOW, paused_at=NOW)
    change_class(cohort=cohort, name="More", decks=[deck, extra], closes_at=None, now=NOW)
    assert DeckStudy.objects.get(user=ada, deck=extra).paused_at == NOW


def test_joining_is_closed_and_opened(cohort):
    close_joining(cohort=cohort, now=NOW)
    assert not is_open(Cohort.objects.get(pk=cohort.pk), NOW)
    assert is_open(Cohort.objects.get(pk=cohort.pk), NOW - DAY)
    open_joining(cohort=cohort)
    assert is_open(Cohort.objects.get(pk=cohort.pk), NOW)


def test_an_archived_class_is_closed_until_it_is_restored(cohort):
    archive_class(cohort=cohort, now=NOW)
    archive_class(cohort=cohort, now=NOW + DAY)
    cohort.refresh_from_db()
    assert cohort.archived_at == NOW
    assert not is_open(cohort, NOW)
    restore_class(cohort=cohort)
    cohort.refresh_from_db()
    assert is_open(cohort, NOW)
