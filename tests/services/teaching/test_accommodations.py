"""Extra time, dates and attempts of single students."""

import pytest
from django.core.exceptions import ValidationError

from quizzes.core.windows import Window
from quizzes.models import Accommodation, Attempt, QuizForm
from quizzes.selectors.teaching.windows import rules_of
from quizzes.services.teaching.accommodations import (
    ForeignThingError,
    Grant,
    NoStudentError,
    OwnDatesError,
    grant,
    revoke,
)
from quizzes.services.teaching.results import make_results
from tests.classes import class_of, join
from tests.factories import NOW, AssignmentFactory, QuizFactory, elements
from tests.study import DAY, MINUTE

pytestmark = pytest.mark.django_db
CLOSES = NOW + 7 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy)


@pytest.fixture
def zoe(klass):
    return join(klass, now=NOW - DAY)


@pytest.fixture
def give(klass, zoe, ivy):
    def give(thing, *, user=zoe, **given):
        grant(cohort=klass, user=user, thing=thing, given=Grant(**given), by=ivy, now=NOW)

    return give


def test_extra_time_in_the_class_holds_in_its_quizzes(klass, deck, zoe, give, ivy):
    quiz = QuizFactory(cohort=klass, deck=deck)
    give(None, extra_time_percent=25, note="paper of 3 March")
    assert rules_of(quiz, zoe.pk).extra_time_percent == 25
    kept = Accommodation.objects.get()
    assert (kept.note, kept.given_by, kept.given_at) == ("paper of 3 March", ivy, NOW)


def test_what_is_granted_replaces_what_was(klass, deck, zoe, give):
    quiz = QuizFactory(cohort=klass, deck=deck)
    give(quiz, extra_time_percent=25, attempts_allowed=2)
    give(quiz, extra_time_percent=0, closes_at=CLOSES + DAY)
    rules = rules_of(quiz, zoe.pk)
    assert (rules.extra_time_percent, rules.attempts_allowed) == (0, 1)
    assert rules.window == Window(NOW, CLOSES + DAY)
    assert Accommodation.objects.get().extra_time_percent == 0, "none in this quiz, whatever holds in the class"


def test_granting_nothing_takes_it_back(klass, deck, give):
    quiz = QuizFactory(cohort=klass, deck=deck)
    give(quiz, attempts_allowed=2)
    give(quiz)
    assert not Accommodation.objects.exists()


def test_it_is_granted_to_students_in_things_of_their_class(klass, deck, give, ivy):
    with pytest.raises(NoStudentError):
        give(None, user=ivy, extra_time_percent=25)
    with pytest.raises(ForeignThingError):
        give(QuizFactory(cohort=class_of(deck), deck=deck), attempts_allowed=2)
    with pytest.raises(ForeignThingError):
        give(None, closes_at=CLOSES)
    with pytest.raises(ForeignThingError):
        give(AssignmentFactory(cohort=klass, deck=deck), attempts_allowed=2)
    with pytest.raises(ValidationError):
        give(None, extra_time_percent=401)
    assert not Accommodation.objects.exists()


def test_own_dates_leave_a_window(klass, deck, give):
    work = AssignmentFactory(cohort=klass, deck=deck)
    with pytest.raises(OwnDatesError):
        give(work, opens_at=CLOSES)
    with pytest.raises(OwnDatesError):
        give(work, closes_at=NOW)
    give(work, opens_at=CLOSES, closes_at=CLOSES + DAY)


def test_a_later_closing_drops_the_result_made_before(klass, deck, zoe, give):
    work = AssignmentFactory(cohort=klass, deck=deck)
    make_results(now=CLOSES)
    assert work.results.get().user == zoe
    give(work, closes_at=CLOSES + DAY)
    assert not work.results.exists()
    revoke(cohort=klass, user=zoe, thing=work)
    make_results(now=CLOSES)
    assert work.results.get().closed_at == CLOSES


def attempt(quiz, user, **fields):
    form = QuizForm.objects.create(quiz=quiz, number=1, items=[], seed="s", made_at=NOW)
    ends = {"started_at": NOW, "due_at": NOW + 20 * MINUTE}
    return Attempt.objects.create(quiz=quiz, user=user, number=1, form=form, **ends, **fields)


def test_an_attempt_under_way_ends_by_what_holds_now(klass, deck, zoe, give):
    quiz = QuizFactory(cohort=klass, deck=deck, time_limit_minutes=20)
    open_one = attempt(quiz, zoe)
    done = attempt(QuizFactory(cohort=klass, deck=deck, time_limit_minutes=20), zoe, submitted_at=NOW)
    give(None, extra_time_percent=50)
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.due_at, done.due_at) == (NOW + 30 * MINUTE, NOW + 20 * MINUTE)
    give(quiz, extra_time_percent=100)
    open_one.refresh_from_db()
    assert open_one.due_at == NOW + 40 * MINUTE
