"""Study days in the student's own zone, with rollover at four in the morning."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, next_memory
from quizzes.models import DailyStudy, Profile, StudySettings
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import get_student, studied_decks
from tests.factories import elements
from tests.study import IRON, begin, holds, progress, rate

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def student(ada):
    begin(ada, elements())
    Profile.objects.filter(user=ada).update(time_zone="Europe/Rome")
    return ada


def rome(*at):
    return datetime(*at, tzinfo=ROME).astimezone(UTC)


def stability(*elapsed_days):
    """After good on the first day, and good again after each of these numbers of study days."""
    memory = next_memory(None, 3, 0, DEFAULT_PARAMETERS)
    for days in elapsed_days:
        memory = next_memory(memory, 3, days, DEFAULT_PARAMETERS)
    return pytest.approx(memory.stability)


@pytest.mark.parametrize("second", [
    rome(2026, 3, 11, 8, 0),  # the next morning
    rome(2026, 3, 11, 4, 0),  # the moment the day begins
    rome(2026, 3, 12, 3, 59),  # the moment before it ends
])  # fmt: skip
def test_good_in_the_evening_and_good_next_day_is_one_study_day(student, second):
    rate(student, IRON, 3, now=rome(2026, 3, 10, 20, 0))
    rate(student, IRON, 3, now=second)
    assert progress(student, IRON).stability == stability(1)
    assert progress(student, IRON).last_study_day == date(2026, 3, 11)


def test_good_again_after_midnight_is_the_same_study_day(student):
    rate(student, IRON, 3, now=rome(2026, 3, 10, 20, 0))
    rate(student, IRON, 3, now=rome(2026, 3, 11, 3, 59))
    assert progress(student, IRON).stability == stability(0)
    assert progress(student, IRON).last_study_day == date(2026, 3, 10)


@pytest.mark.parametrize(("evening", "morning"), [
    (rome(2026, 3, 28, 20, 0), rome(2026, 3, 29, 8, 0)),  # summer time begins: 11 hours
    (rome(2026, 10, 24, 20, 0), rome(2026, 10, 25, 8, 0)),  # and ends: 13 hours
])  # fmt: skip
def test_a_change_of_the_clock_is_one_study_day(student, evening, morning):
    rate(student, IRON, 3, now=evening)
    rate(student, IRON, 3, now=morning)
    assert progress(student, IRON).stability == stability(1)


def test_a_traveller_counts_the_days_of_where_they_are(student):
    rate(student, IRON, 3, now=rome(2026, 3, 10, 20, 0))
    Profile.objects.filter(user=student).update(time_zone="America/New_York")
    rate(student, IRON, 3, now=datetime(2026, 3, 11, 8, 0, tzinfo=ZoneInfo("America/New_York")))
    assert progress(student, IRON).stability == stability(1)
    assert holds()


def test_a_traveller_whose_calendar_goes_back_has_waited_no_day(student):
    rate(student, IRON, 3, now=rome(2026, 3, 10, 5, 0))
    Profile.objects.filter(user=student).update(time_zone="America/Los_Angeles")
    row = rate(student, IRON, 3, now=rome(2026, 3, 10, 6, 0))
    assert row.study_day == date(2026, 3, 9)
    assert progress(student, IRON).stability == stability(0)
    assert holds()


def test_the_limits_of_a_day_are_counted_until_rollover(student):
    rate(student, IRON, 4, now=rome(2026, 3, 10, 23, 0))
    assert new_done(student, rome(2026, 3, 11, 3, 59)) == 1
    assert new_done(student, rome(2026, 3, 11, 4, 0)) == 0
    assert list(DailyStudy.objects.values_list("day", flat=True)) == [date(2026, 3, 10)]


def new_done(user, now):
    desk = read_desk(get_student(user.pk), studied_decks(user), now=now)
    return desk.today.done(next(iter(desk.decks)))[0]


def test_the_rollover_hour_is_the_students_own(student):
    StudySettings.objects.filter(user=student).update(rollover_hour=0)
    row = rate(student, IRON, 3, now=rome(2026, 3, 11, 0, 30))
    assert (row.study_day, row.rollover_hour) == (date(2026, 3, 11), 0)
