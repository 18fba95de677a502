import pytest

from quizzes.models import Enrolment
from quizzes.selectors.teaching.classes import classes_page
from quizzes.selectors.teaching.duties import find_duties
from quizzes.services.people.roles import STUDENT
from quizzes.services.teaching.classes import archive_class
from tests.classes import class_of, join
from tests.factories import NOW, ReportFactory, elements
from tests.people import enrol, person


def names(duties):
    return [one.name for one in duties.classes]


def test_a_student_has_none(ada, ben, max, django_assert_num_queries):
    with django_assert_num_queries(6):
        assert [find_duties(user, now=NOW) for user in (ada, ben, max)] == [None, None, None]


def test_an_instructor_finds_the_classes_as_their_list_tells_them(ivy, ada):
    duties = find_duties(ivy, now=NOW)
    assert (duties.teaches, duties.reports) == (True, None)
    assert duties.classes == classes_page(ivy, now=NOW).taught
    assert duties.classes[0].sentence.startswith("1 student · 0 studied this week")


def test_classes_of_others_those_in_the_archive_and_those_one_studies_in_are_not_among_them(ivy, ben):
    deck = elements()
    class_of(deck, name="Of others")
    old = class_of(deck, ivy, name="Old")
    archive_class(cohort=old, now=NOW)
    enrol(ivy, class_of(deck, name="Studied"))
    assert names(find_duties(ivy, now=NOW)) == ["Anatomy 1"]
    boss = person("boss", "admin")
    assert names(find_duties(boss, now=NOW)) == []


def test_who_assists_a_class_finds_it_without_a_role(cohort):
    tom = person("tom", STUDENT)
    enrol(tom, cohort, Enrolment.Role.ASSISTANT)
    assert names(find_duties(tom, now=NOW)) == ["Anatomy 1"]


def test_an_instructor_without_a_class_teaches_all_the_same(db):
    duties = find_duties(person("new", "instructor"), now=NOW)
    assert (duties.teaches, duties.classes) == (True, [])


def test_an_editor_is_told_how_many_reports_are_open(eve, ada):
    assert find_duties(eve, now=NOW).reports == 0
    elements()
    ReportFactory(reporter=ada)
    ReportFactory(reporter=ada, status="fixed")
    duties = find_duties(eve, now=NOW)
    assert (duties.teaches, duties.reports) == (False, 1)


@pytest.mark.parametrize("classes", [1, 4])
def test_it_asks_as_often_for_many_classes_as_for_one(ivy, cohort, classes, django_assert_num_queries):
    deck = elements()
    cohort.decks.add(deck)
    join(cohort)
    for _ in range(classes - 1):
        join(class_of(deck, ivy))
    find_duties(ivy, now=NOW)
    with django_assert_num_queries(6):
        find_duties(ivy, now=NOW)
