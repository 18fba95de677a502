from datetime import timedelta

import pytest

from quizzes.core.effort import DueDay
from quizzes.models import DeckStudy, DueWork
from quizzes.selectors.teaching.due_work import LOOKED_BACK
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.due_work import count_due_work, recount_due_work
from quizzes.services.teaching.enrolling import leave_class
from tests.classes import USES, answer, class_of, join, know
from tests.factories import NOW, elements
from tests.study import DAY


@pytest.fixture
def klass(db, ivy):
    return class_of(elements(), ivy)


def days(user):
    """What is kept of each day, by how many days ago it was."""
    kept = DueWork.objects.get(user=user)
    return {len(kept.days) - at: DueDay(*one) for at, one in enumerate(kept.days)}


def test_days_are_counted_from_the_log_up_to_yesterday(klass):
    ada = join(klass)
    know(ada, USES[:3], days_ago=10)
    answer(ada, USES[:3], days_ago=3)
    answer(ada, USES[3:4], days_ago=0)
    assert not count_due_work(now=NOW)
    kept = DueWork.objects.get(user=ada)
    assert (kept.deck, kept.day, len(kept.days)) == (klass.decks.get(), NOW.date(), LOOKED_BACK)
    found = days(ada)
    assert (found[10].done, found[3].due, found[3].done, found[3].overdue) == (True, True, True, 3)
    assert (found[4].due, found[4].done) == (True, False)
    assert found[14] == DueDay(0, False, False)


def test_the_limit_of_the_student_holds(klass):
    ada = join(klass)
    know(ada, USES[:3], days_ago=10)
    DeckStudy.objects.filter(user=ada).update(reviews_per_day=1)
    answer(ada, USES[:1], days_ago=3)
    count_due_work(now=NOW)
    assert days(ada)[3].done


def test_each_is_counted_once_in_a_day(klass, django_assert_max_num_queries):
    ada = join(klass)
    know(ada, USES[:1], days_ago=3)
    count_due_work(now=NOW)
    DueWork.objects.update(days=[])
    with django_assert_max_num_queries(5):
        count_due_work(now=NOW + timedelta(hours=2))
    assert DueWork.objects.get().days == []
    count_due_work(now=NOW + DAY)
    assert days(ada)[4].done


def test_so_many_at_a_time_and_it_says_whether_there_are_more(klass):
    for _number in range(3):
        know(join(klass), USES[:1], days_ago=3)
    assert count_due_work(now=NOW, most=2)
    assert DueWork.objects.count() == 2
    assert not count_due_work(now=NOW, most=2)
    assert DueWork.objects.count() == 3


def test_told_to_stop_it_counts_nobody(klass):
    know(join(klass), USES[:1], days_ago=3)
    count_due_work(now=NOW, stop=lambda: True)
    assert not DueWork.objects.exists()


def test_who_has_not_begun_has_no_days(klass):
    join(klass)
    assert not count_due_work(now=NOW)
    assert not DueWork.objects.exists()


@pytest.mark.parametrize("end", ["leave", "archive", "deck"])
def test_what_belongs_to_no_class_any_more_goes(klass, end):
    ada = join(klass)
    know(ada, USES[:1], days_ago=3)
    count_due_work(now=NOW)
    if end == "leave":
        leave_class(cohort=klass, user=ada, now=NOW)
    elif end == "archive":
        archive_class(cohort=klass, now=NOW)
    else:
        klass.decks.clear()
    count_due_work(now=NOW)
    assert not DueWork.objects.exists()


def test_a_class_is_counted_anew_by_word(klass):
    ada, stranger = join(klass), join(class_of(klass.decks.get()))
    for one in (ada, stranger):
        know(one, USES[:1], days_ago=3)
    assert recount_due_work(cohort=klass, now=NOW) == 1
    DueWork.objects.update(days=[])
    assert recount_due_work(cohort=None, now=NOW) == 2
    assert days(ada)[3].done
