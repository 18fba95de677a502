from datetime import timedelta

import pytest

from quizzes.models import AccessRecord
from quizzes.selectors.teaching.openings import openings_about, openings_page
from quizzes.services.people.roles import ADMIN
from quizzes.services.teaching.enrolling import enrol, leave_class
from quizzes.services.teaching.opening import note_download, note_opening
from tests.classes import join
from tests.factories import NOW, CohortFactory
from tests.people import person

pytestmark = pytest.mark.django_db
What = AccessRecord.What
HOUR = timedelta(hours=1)


def look(ada, ivy, cohort, *, after=timedelta(0), what=What.STUDENT, about=""):
    """Ivy opens something of ada's."""
    note_opening(person=ada, by=ivy, what=what, cohort=cohort, about=about, now=NOW + after)


def test_reloading_a_page_within_an_hour_is_one_line(ada, ivy, cohort):
    for minutes in (0, 1, 59):
        look(ada, ivy, cohort, after=timedelta(minutes=minutes))
    row = AccessRecord.objects.get()
    assert (row.times, row.opened_at, row.last_opened_at) == (3, NOW, NOW + timedelta(minutes=59))


def test_an_hour_later_it_is_another_line_however_often_it_was_opened_between(ada, ivy, cohort):
    for minutes in (0, 40, 80):
        look(ada, ivy, cohort, after=timedelta(minutes=minutes))
    assert list(AccessRecord.objects.order_by("pk").values_list("times", flat=True)) == [2, 1]


def test_another_thing_another_class_or_another_person_is_another_line(ada, ivy, cohort):
    look(ada, ivy, cohort)
    look(ada, ivy, cohort, what=What.GRADE, about="Quiz 1")
    look(ada, ivy, cohort, what=What.GRADE, about="Quiz 2")
    look(ada, ivy, CohortFactory())
    look(ada, person("jo"), cohort)
    assert AccessRecord.objects.count() == 5


def test_what_people_open_of_themselves_is_not_kept(ada, cohort):
    look(ada, ada, cohort)
    assert not AccessRecord.objects.exists()


def test_the_role_is_the_one_in_the_class_else_an_admins(ada, ivy, cohort):
    look(ada, ivy, cohort)
    look(ada, person("root", ADMIN), cohort)
    note_opening(person=ada, by=None, what=What.EXPORT, now=NOW)
    assert list(AccessRecord.objects.order_by("pk").values_list("role", flat=True)) == [
        "instructor",
        "admin",
        "operator",
    ]


def test_a_file_about_the_class_is_read_by_all_who_were_in_it_then(ada, ben, ivy, cohort):
    gone, late = join(cohort, now=NOW - 2 * HOUR), join(cohort, now=NOW + 2 * HOUR)
    leave_class(cohort=cohort, user=gone, now=NOW - HOUR)
    note_download(cohort=cohort, by=ivy, name="grades.csv", now=NOW)
    assert AccessRecord.objects.count() == 1
    assert [openings_about(one).count() for one in (ada, ben, ivy, gone, late)] == [1, 0, 0, 0, 0]


def test_it_stays_readable_for_those_who_leave_later(ada, ivy, cohort):
    note_download(cohort=cohort, by=ivy, name="grades.csv", now=NOW)
    leave_class(cohort=cohort, user=ada, now=NOW + HOUR)
    assert openings_about(ada).count() == 1
    enrol(user=ada, cohort=cohort, now=NOW + 2 * HOUR)


def test_the_newest_stands_first_in_the_readers_own_time_and_in_words(ada, ivy, cohort):
    look(ada, ivy, cohort)
    look(ada, ivy, cohort, what=What.GRADE, about="Quiz 1", after=HOUR)
    look(ada, ivy, cohort, what=What.GRADE, about="Quiz 1", after=1.5 * HOUR)
    (newest, oldest), pages = openings_page(ada, 1)
    assert (newest.who, newest.role, newest.what) == ("ivy", "instructor", "one of your grades: Quiz 1")
    assert (newest.class_name, newest.when) == ("Anatomy 1", "Tue 10 Mar 2026, 11:00")
    assert (newest.often, oldest.often) == ("2 times, last at 11:30", "")
    assert pages.last == 1


def test_it_is_paged(ada, ivy, cohort):
    for number in range(60):
        look(ada, ivy, cohort, what=What.GRADE, about=f"Quiz {number}", after=number * HOUR)
    lines, pages = openings_page(ada, 2)
    assert (len(lines), pages.number, pages.last) == (10, 2, 2)
    assert lines[-1].what.endswith("Quiz 0")
