"""Fits to a student's answers: kept, adopted, or refused with a trace."""

from unittest.mock import patch

import pytest

from quizzes.core import fitting as core
from quizzes.core.guarded_fit import Verdict
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.models import MemoryFit, ParameterSet, StudySession, StudySettings
from quizzes.selectors.study.fits import people_due, try_person
from quizzes.selectors.study.students import NotAStudentError
from quizzes.services.study import fitting
from quizzes.services.study.adopting import adopt
from quizzes.services.study.fitting import OvertakenError, fit_person, keep_fit
from quizzes.services.study.joining import default_parameter_set
from tests.factories import NOW, elements
from tests.logs import FORGETFUL, remember
from tests.study import DAY, IRON, begin, events, holds, rate


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """A search that ends early finds good parameters too."""
    monkeypatch.setattr(core, "MOST_ROUNDS", 15)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def in_use(user):
    return StudySettings.objects.get(user=user).parameter_set


def test_who_forgets_faster_than_most_adopts_parameters_of_their_own(student):
    remember(student, FORGETFUL)
    kept = fit_person(user=student, now=NOW)
    own = in_use(student)
    assert (own.scope, own.version, own.user, own.parent.scope) == ("person", 1, student, "default")
    assert own.quality["loss_fitted"] < own.quality["loss_parent"] == own.quality["loss_current"]
    assert own.fitted_on["answers"] == 500
    assert own.fitted_on["reviews"] == 480
    assert own.fitted_on["through_seq"] == 500
    assert own.fitted_on["last_day"] == NOW.date().isoformat()
    assert (kept.verdict, kept.parameter_set, kept.quality) == ("fitted", own, own.quality)
    assert events(student)[-1] == "adopt_parameters"
    assert holds()


def test_whom_the_defaults_predict_as_well_keeps_them_and_it_is_told(student):
    remember(student, DEFAULT_PARAMETERS)
    kept = fit_person(user=student, now=NOW)
    assert (kept.verdict, in_use(student).scope) == ("in_use", "default")
    assert kept.quality["held_out"] == 120
    assert (ParameterSet.objects.count(), "adopt_parameters" in events(student)) == (1, False)


def test_a_short_log_is_not_fitted_and_it_is_told(student):
    rate(student, IRON, 3)
    kept = fit_person(user=student, now=NOW)
    assert (kept.verdict, kept.fitted_on["answers"], kept.quality["loss_fitted"]) == ("too_few", 1, None)


def test_somebody_who_does_not_study_is_not_fitted(max):
    with pytest.raises(NotAStudentError):
        fit_person(user=max, now=NOW)


def test_the_second_fit_is_compared_with_the_first(student):
    remember(student, FORGETFUL, now=NOW - 300 * DAY)
    fit_person(user=student, now=NOW - 300 * DAY)
    first = in_use(student)
    remember(student, FORGETFUL, seed="more")
    kept = fit_person(user=student, now=NOW)
    assert kept.quality["loss_current"] < kept.quality["loss_parent"]
    assert in_use(student).version == (2 if kept.verdict == "fitted" else 1)
    assert in_use(student).parent != first
    assert holds()


def test_who_has_changed_goes_back_to_the_parent(student):
    remember(student, DEFAULT_PARAMETERS)
    wild = ParameterSet.objects.create(scope="person", user=student, values=FORGETFUL, created_at=NOW)
    adopt(user=student, parameter_set=wild, now=NOW)
    kept = fit_person(user=student, now=NOW)
    assert (kept.verdict, in_use(student).scope) == ("parent", "default")
    assert holds()


def test_the_parent_is_the_newest_set_of_a_class_one_is_in(student, cohort):
    values = [*FORGETFUL]
    for version in (1, 2):
        row = {"scope": "class", "cohort": cohort, "version": version, "values": values}
        newest = ParameterSet.objects.create(**row, created_at=NOW + version * DAY)
    default = default_parameter_set(now=NOW)
    assert try_person(student.pk, default).parent == newest
    student.enrolments.update(left_at=NOW)
    assert try_person(student.pk, default).parent == default


def test_of_two_fits_at_once_the_first_counts(student):
    remember(student, FORGETFUL)
    trial = try_person(student.pk, default_parameter_set(now=NOW))
    keep_fit(user=student, trial=trial, now=NOW)
    with pytest.raises(OvertakenError):
        keep_fit(user=student, trial=trial, now=NOW)
    assert (MemoryFit.objects.count(), ParameterSet.objects.filter(scope="person").count()) == (1, 1)


def test_a_fit_that_cannot_be_kept_leaves_nothing(student):
    remember(student, FORGETFUL)
    with patch.object(fitting, "columns_of", side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
        fit_person(user=student, now=NOW)
    assert in_use(student).scope == "default"
    assert StudySession.objects.get(user=student).last_seq == 500
    assert holds()


def test_it_is_time_for_another_after_a_fifth_more_answers(student):
    later = NOW + 9 * DAY
    assert people_due(now=later) == []
    remember(student, DEFAULT_PARAMETERS)
    assert people_due(now=later) == [student.pk]
    assert people_due(now=NOW) == []
    assert people_due(now=NOW, idle=False) == [student.pk]
    kept = fit_person(user=student, now=NOW)
    assert (kept.answers, people_due(now=later)) == (500, [])
    MemoryFit.objects.update(answers=417)
    assert people_due(now=later) == []
    MemoryFit.objects.update(answers=400)
    assert people_due(now=later) == [student.pk]


def test_the_words_of_the_table_are_those_of_the_core():
    assert set(MemoryFit.Verdict.values) == {one.value for one in Verdict}
