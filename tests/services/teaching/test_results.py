"""What was reached when an assignment closed: once, for each student at their own closing, however late it is made."""

from datetime import timedelta

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, retrievability
from quizzes.models import (
    Accommodation,
    Assignment,
    AssignmentCount,
    AssignmentResult,
    Enrolment,
    ParameterSet,
    Section,
)
from quizzes.services.study.adopting import adopt
from quizzes.services.study.undoing import undo_last
from quizzes.services.teaching.results import forget_outdated, keep_counts, make_results
from tests.classes import GASES, USES, answer, class_of, join
from tests.factories import NOW, AssignmentFactory, elements
from tests.study import DAY, MINUTE, learn, progress, rate

pytestmark = pytest.mark.django_db
CLOSES = NOW + 3 * DAY
LATE = CLOSES + DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck):
    return class_of(deck)


@pytest.fixture
def zoe(klass):
    return join(klass, now=NOW - 30 * DAY)


@pytest.fixture
def work(klass, deck):
    """Open for three days; its uses alone."""
    found = AssignmentFactory(
        cohort=klass, deck=deck, opens_at=NOW - DAY, closes_at=CLOSES, days_needed=4, counts="days"
    )
    found.sections.set([Section.objects.get(slug="uses")])
    return found


def result(work, user):
    return AssignmentResult.objects.get(assignment=work, user=user)


def test_nothing_is_kept_before_the_closing_and_at_that_moment_it_is(work, zoe):
    assert make_results(now=CLOSES - timedelta(microseconds=1)) == 0
    assert make_results(now=CLOSES) == 1
    assert (result(work, zoe).mark, result(work, zoe).closed_at, result(work, zoe).made_at) == (0, CLOSES, CLOSES)


def test_a_result_is_made_once(work, zoe):
    assert make_results(now=CLOSES) == 1
    learn(zoe, USES[0], now=CLOSES + MINUTE)
    assert make_results(now=LATE) == 0
    assert result(work, zoe).detail["introduced"] == 0


def test_made_late_it_says_what_held_at_the_closing(work, zoe):
    learn(zoe, USES[0], now=NOW)
    learn(zoe, USES[1], now=NOW + DAY)
    answer(zoe, GASES[:1])
    learn(zoe, USES[2], now=CLOSES)
    undo_last(user=zoe, scope="", now=CLOSES + MINUTE)
    undo_last(user=zoe, scope="", now=CLOSES + 2 * MINUTE)
    make_results(now=LATE)
    detail = result(work, zoe).detail
    cards = Section.objects.get(slug="uses").facts.count() * 2
    assert (detail["introduced"], detail["cards"], detail["days"]) == (2, cards, 2)
    assert result(work, zoe).mark == 0.5


def test_recall_is_that_of_the_closing(work, zoe):
    Assignment.objects.update(counts="recall")
    learn(zoe, USES[0], now=NOW)
    kept = progress(zoe, USES[0])
    rate(zoe, USES[0], 1, now=CLOSES + MINUTE)
    make_results(now=LATE)
    memory = Memory(kept.stability, kept.difficulty)
    expected = retrievability(memory, 3, DEFAULT_PARAMETERS) / result(work, zoe).detail["cards"]
    assert result(work, zoe).mark == pytest.approx(expected)


def test_own_dates_hold_instead_of_those_of_all(work, klass, zoe):
    yan = join(klass, now=NOW - 30 * DAY)
    Accommodation.objects.create(cohort=klass, user=yan, assignment=work, closes_at=CLOSES + 2 * DAY, given_at=NOW)
    learn(yan, USES[0], now=CLOSES + DAY)
    assert make_results(now=CLOSES) == 1
    assert not AssignmentResult.objects.filter(user=yan).exists()
    assert make_results(now=CLOSES + 2 * DAY) == 1
    assert (result(work, yan).detail["days"], result(work, yan).closed_at) == (1, CLOSES + 2 * DAY)


def test_an_earlier_closing_of_ones_own_comes_first(work, klass, zoe):
    Accommodation.objects.create(cohort=klass, user=zoe, assignment=work, closes_at=NOW + DAY, given_at=NOW)
    assert make_results(now=NOW + DAY) == 1
    assert result(work, zoe).closed_at == NOW + DAY


def test_drafts_and_those_who_left_or_joined_later_get_none(work, klass, deck, zoe):
    draft = AssignmentFactory(cohort=klass, deck=deck, opens_at=NOW, closes_at=CLOSES, published_at=None)
    gone, late = join(klass), join(klass, now=CLOSES)
    Enrolment.objects.filter(user=gone).update(left_at=NOW)
    assert make_results(now=LATE) == 1
    assert not draft.results.exists()
    assert not AssignmentResult.objects.filter(user__in=[gone, late]).exists()


def test_each_of_several_assignments_has_its_own_result(work, klass, deck, zoe):
    other = AssignmentFactory(cohort=klass, deck=deck, opens_at=NOW - DAY, closes_at=LATE, counts="introduced")
    learn(zoe, USES[0], now=NOW)
    assert make_results(now=CLOSES) == 1
    assert make_results(now=LATE) == 1
    assert result(work, zoe).mark == 0.25
    assert result(other, zoe).mark == pytest.approx(1 / result(other, zoe).detail["cards"])


def test_only_what_is_asked_for_is_made(work, klass, zoe):
    yan = join(klass, now=NOW - 30 * DAY)
    assert make_results(now=LATE, assignments=[work], user_ids=[yan.pk]) == 1
    assert result(work, yan)
    assert make_results(now=LATE, most=0) == 0
    assert make_results(now=LATE, stop=lambda: True) == 0
    assert make_results(now=LATE) == 1


def test_a_result_for_another_closing_is_forgotten_and_made_anew(work, klass, zoe):
    make_results(now=CLOSES)
    assert forget_outdated(assignment=work) == 0
    Accommodation.objects.create(cohort=klass, user=zoe, assignment=work, closes_at=LATE, given_at=CLOSES)
    assert forget_outdated(assignment=work) == 1
    assert make_results(now=CLOSES + MINUTE) == 0
    assert make_results(now=LATE) == 1


def test_days_are_counted_ahead_once_for_each_state_of_the_log(work, zoe):
    assert keep_counts(now=NOW, most=100) == 1
    assert keep_counts(now=NOW, most=100) == 0
    learn(zoe, USES[0], now=NOW)
    assert keep_counts(now=NOW + MINUTE, most=100) == 1
    assert AssignmentCount.objects.get(user=zoe).days == 1
    Assignment.objects.update(closes_at=CLOSES + DAY)
    assert keep_counts(now=NOW + MINUTE, most=100) == 1
    assert keep_counts(now=CLOSES + DAY, most=100) == 0


def test_parameters_adopted_before_the_closing_count_and_later_ones_do_not(work, zoe):
    Assignment.objects.update(counts="recall")
    learn(zoe, USES[0], now=NOW)
    adopt(user=zoe, parameter_set=longer(zoe, version=1), now=NOW + DAY)
    kept = progress(zoe, USES[0])
    adopt(user=zoe, parameter_set=longer(zoe, version=2), now=CLOSES + MINUTE)
    assert progress(zoe, USES[0]).stability > kept.stability
    make_results(now=LATE)
    memory = Memory(kept.stability, kept.difficulty)
    expected = retrievability(memory, 3, DEFAULT_PARAMETERS) / result(work, zoe).detail["cards"]
    assert result(work, zoe).mark == pytest.approx(expected)


def longer(user, *, version):
    """Parameters by which a first answer is remembered longer, the more so the higher the version."""
    values = [value * 2**version if at < 4 else value for at, value in enumerate(DEFAULT_PARAMETERS)]
    return ParameterSet.objects.create(scope="person", user=user, version=version, values=values, created_at=NOW)
