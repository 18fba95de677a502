"""Fits to a class's answers, what its students adopt, and what the worker does of it."""

import itertools

import pytest

from quizzes.core import fitting as core
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.models import Cohort, MemoryFit, ParameterSet, ReviewLog, StudySettings
from quizzes.selectors.teaching.fits import classes_due, try_class, waiting_for_class_set
from quizzes.services.study.adopting import adopt
from quizzes.services.study.fitting import OvertakenError
from quizzes.services.study.joining import default_parameter_set
from quizzes.services.teaching import fitting
from quizzes.services.teaching.enrolling import leave_class
from quizzes.services.teaching.fitting import adopt_class_sets, fit_class, fit_some, keep_class_fit
from tests.classes import class_of, join
from tests.factories import NOW, DeckFactory, elements
from tests.logs import FORGETFUL, remember
from tests.study import DAY, begin, events, holds

LATER = NOW + 2 * DAY


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """A search that ends early finds good parameters too."""
    monkeypatch.setattr(core, "MOST_ROUNDS", 15)


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def forgetful(deck):
    """A class of three whose students forget faster than most; the third has not answered."""
    cohort = class_of(deck)
    for number in range(3):
        student = begin(join(cohort, username=f"una{number}"), deck)
        if number < 2:
            remember(student, FORGETFUL, seed=f"log {number}", times=14)
    return cohort


def sets_in_use():
    return list(StudySettings.objects.order_by("user").values_list("parameter_set__scope", flat=True))


def test_a_class_has_parameters_that_all_its_students_adopt(forgetful):
    kept = fit_class(cohort=forgetful, now=NOW)
    found = kept.parameter_set
    assert (found.scope, found.version, found.cohort, found.fitted_on["answers"]) == ("class", 1, forgetful, 560)
    assert found.quality["loss_fitted"] < found.quality["loss_parent"]
    assert sets_in_use() == ["default"] * 3
    assert adopt_class_sets(now=LATER) == 3
    assert sets_in_use() == ["class"] * 3
    assert adopt_class_sets(now=LATER) == 0
    assert holds()


def test_the_same_card_of_two_students_is_two_memories(forgetful):
    assert try_class(forgetful, default_parameter_set(now=NOW)).read.arrays.card.max() == 39


def test_only_answers_of_its_students_in_its_decks_count(forgetful, ben):
    elsewhere = begin(ben, Cohort.objects.get(pk=forgetful.pk).decks.get())
    remember(elsewhere, FORGETFUL, times=3)
    leave_class(user=forgetful.enrolments.order_by("user").first().user, cohort=forgetful, now=NOW)
    default = default_parameter_set(now=NOW)
    assert len(try_class(forgetful, default).read.arrays) == 280
    forgetful.decks.set([DeckFactory()])
    assert len(try_class(forgetful, default).read.arrays) == 0


def test_who_has_parameters_of_their_own_keeps_them(forgetful):
    own = forgetful.enrolments.order_by("user").first().user
    row = ParameterSet.objects.create(scope="person", user=own, values=[*DEFAULT_PARAMETERS], created_at=NOW)
    adopt(user=own, parameter_set=row, now=NOW)
    fit_class(cohort=forgetful, now=NOW)
    adopt_class_sets(now=LATER)
    assert sets_in_use() == ["person", "class", "class"]


def test_who_is_at_a_question_adopts_later(forgetful):
    fit_class(cohort=forgetful, now=NOW)
    at_it = ReviewLog.objects.filter(received_at=NOW).values_list("user_id", flat=True).distinct()
    assert {user for user, _set in waiting_for_class_set(now=NOW)}.isdisjoint(at_it)
    assert len(waiting_for_class_set(now=LATER)) == 3


def test_a_class_that_the_published_parameters_predict_better_goes_back_to_them(deck):
    cohort = class_of(deck)
    student = begin(join(cohort), deck)
    remember(student, DEFAULT_PARAMETERS)
    ParameterSet.objects.create(scope="class", cohort=cohort, values=[*FORGETFUL], created_at=NOW)
    kept = fit_class(cohort=cohort, now=NOW)
    assert (kept.verdict, kept.parameter_set.version) == ("parent", 2)
    assert kept.parameter_set.values == list(DEFAULT_PARAMETERS)


def test_a_class_with_few_answers_is_told_so(deck):
    kept = fit_class(cohort=class_of(deck), now=NOW)
    assert (kept.verdict, kept.parameter_set.scope) == ("too_few", "default")


def test_of_two_fits_at_once_the_first_counts(forgetful):
    trial = try_class(forgetful, default_parameter_set(now=NOW))
    keep_class_fit(cohort=forgetful, trial=trial, now=NOW)
    with pytest.raises(OvertakenError):
        keep_class_fit(cohort=forgetful, trial=trial, now=NOW)


def test_a_class_that_is_deleted_leaves_its_parameters_to_those_who_use_them(forgetful):
    fit_class(cohort=forgetful, now=NOW)
    adopt_class_sets(now=LATER)
    forgetful.delete()
    assert sets_in_use() == ["class"] * 3


def some(now=LATER, **options):
    return fit_some(now=now, **{"seconds": 5.0, "clock": lambda: 0.0, **options})


def test_the_worker_fits_students_and_classes_that_have_answered_enough_once(forgetful):
    remember(forgetful.enrolments.order_by("user").last().user, FORGETFUL, times=22)
    assert classes_due() == [forgetful]
    assert not some()
    assert list(MemoryFit.objects.order_by("id").values_list("cohort", "user__username")) == [
        (None, "una2"),
        (forgetful.pk, None),
    ]
    assert sets_in_use() == ["class", "class", "person"]
    assert not some()
    assert MemoryFit.objects.count() == 2
    assert holds()


def test_the_worker_ends_when_its_time_is_over_and_goes_on_later(forgetful):
    remember(forgetful.enrolments.order_by("user").last().user, FORGETFUL, times=22)
    clock = itertools.count(step=5)
    assert some(clock=lambda: next(clock))
    assert MemoryFit.objects.count() == 1
    assert not some()
    assert MemoryFit.objects.count() == 2


def test_the_worker_ends_in_the_midst_of_a_fit_with_nothing_written(forgetful):
    asked = itertools.count()
    assert not some(stop=lambda: next(asked) > 2)
    assert not MemoryFit.objects.exists()
    assert next(asked) > 3


def test_who_is_overtaken_does_not_hold_up_the_others(forgetful, monkeypatch):
    def overtaken(**_):
        raise OvertakenError

    monkeypatch.setattr(fitting, "fit_class", overtaken)
    ParameterSet.objects.create(scope="class", cohort=forgetful, values=[*FORGETFUL], created_at=NOW)
    some()
    assert sets_in_use() == ["class"] * 3


def test_parameters_of_an_archived_class_are_not_handed_out(forgetful):
    fit_class(cohort=forgetful, now=NOW)
    Cohort.objects.update(archived_at=NOW)
    assert (adopt_class_sets(now=LATER), classes_due()) == (0, [])
    assert "adopt_parameters" not in events(forgetful.enrolments.first().user)
