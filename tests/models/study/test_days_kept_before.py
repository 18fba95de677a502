"""Days as they were kept while answers too quick to count were counted: the migration that leaves them out."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F

from quizzes.models import DailyStudy
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import COPPER, DAY, IRON, MINUTE, begin, holds, hurry, learn, practise, rate

migration = import_module("quizzes.migrations.0012_too_quick_is_no_study")


@pytest.fixture
def student(ada):
    """One quick answer that stands, to a card met on another day, among others that count, or were taken back."""
    begin(ada, elements())
    learn(ada, IRON, now=NOW - 9 * DAY)
    hurry(ada, IRON)
    hurry(ada, COPPER, now=NOW + MINUTE)
    undo_last(user=ada, scope="", now=NOW + 2 * MINUTE)
    rate(ada, COPPER, 1, now=NOW + 3 * MINUTE)
    practise(ada, COPPER, now=NOW + 4 * MINUTE)
    return ada


def count_it(student, *, kept=6):
    """Count the quick answer of the day, which was wrong, as it used to be, in a day that keeps so many counts."""
    day = DailyStudy.objects.filter(user=student, day=NOW.date())
    ((deck, counts),) = day.get().decks.items()
    more = [count + one for count, one in zip(counts, (0, 0, 0, 1, 1, 0), strict=True)]
    day.update(answers=F("answers") + 1, duration_ms=F("duration_ms") + 900, decks={deck: more[:kept]})


@pytest.mark.parametrize("kept", [3, 6])
def test_days_kept_before_are_those_that_the_log_gives_after(student, kept):
    count_it(student, kept=kept)
    assert not holds()
    migration.leave_out(apps, None)
    assert holds()
    assert list(DailyStudy.objects.order_by("day").values_list("answers", "correct")) == [(1, 1), (1, 0)]


def test_other_days_stay_as_they_are(student, ben):
    begin(ben, student.deck_studies.get().deck)
    rate(ben, COPPER, 3)
    before = list(DailyStudy.objects.filter(user=ben).values())
    count_it(student)
    migration.leave_out(apps, None)
    assert list(DailyStudy.objects.filter(user=ben).values()) == before
