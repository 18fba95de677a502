"""The gradebook of a class: every state, means that leave out what does not count, files that are safe to open."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from quizzes.formats.spreadsheet import csv_text
from quizzes.formats.workbooks import workbook
from quizzes.models import Accommodation, AssignmentResult, CohortGroup, Enrolment, GradeChange, Profile
from quizzes.selectors.teaching.gradebook import read_gradebook
from quizzes.selectors.teaching.gradebook_export import attempt_rows, grade_rows
from quizzes.selectors.teaching.gradebook_table import WantedGrades, grade_table
from tests.factories import NOW, AssignmentFactory, UserFactory, elements
from tests.people import enrol
from tests.quiz_marks import MINUTE, begin, frozen_quiz, take

DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def deck(db):
    return elements()


def student(cohort, username, **fields):
    """A student who has been there from the beginning."""
    user = UserFactory(username=username, **fields)
    Profile.objects.create(user=user, external_id=f"M-{username}")
    Enrolment.objects.filter(pk=enrol(user, cohort).pk).update(joined_at=NOW - 90 * DAY)
    return user


def quiz_of(deck, cohort, **fields):
    return frozen_quiz(deck, cohort, **{"title": "Metals", **fields})


def closed_quiz(deck, cohort, **fields):
    return quiz_of(deck, cohort, **{"opens_at": NOW - 8 * DAY, "closes_at": NOW - DAY, **fields})


def override(thing, user, mark, kind="override"):
    about = {"quiz": thing} if hasattr(thing, "counting") else {"assignment": thing}
    GradeChange.objects.create(user=user, kind=kind, mark=mark, reason="x", changed_at=NOW, **about)


def grade(cohort, user, *, now=NOW, column=0):
    book = read_gradebook(cohort, now=now)
    row = next(at for at, one in enumerate(book.students) if one.user_id == user.pk)
    return book.grades[row][column]


def test_every_state_of_a_quiz_stands_in_its_cell(cohort, deck):
    quiz = closed_quiz(deck, cohort)
    names = ("taken", "under way", "missing", "excused", "by hand", "longer", "late")
    people = {name: student(cohort, name) for name in names}
    take(people["taken"], quiz, True, True, True, False)
    begin(people["under way"], quiz)
    override(quiz, people["excused"], None, "excuse")
    override(quiz, people["by hand"], 0.7)
    Accommodation.objects.create(cohort=cohort, user=people["longer"], quiz=quiz, closes_at=NOW + DAY, given_at=NOW)
    Enrolment.objects.filter(user=people["late"]).update(joined_at=NOW - DAY)
    found = {name: grade(cohort, user) for name, user in people.items()}
    assert {name: (str(one.where), one.mark) for name, one in found.items()} == {
        "taken": ("marked", 0.75),
        "under way": ("under_way", None),
        "missing": ("missing", 0.0),
        "excused": ("excused", None),
        "by hand": ("marked", 0.7),
        "longer": ("open", None),
        "late": ("joined_later", None),
    }


@pytest.mark.parametrize(("counting", "mark"), [("best", 1.0), ("last", 0.5), ("first", 0.0), ("mean", 0.5)])
def test_the_attempt_counts_that_the_quiz_says(cohort, deck, counting, mark):
    quiz, user = quiz_of(deck, cohort, counting=counting, attempts_allowed=3), student(cohort, "kim")
    take(user, quiz, False, False, False, False, number=1)
    take(user, quiz, True, True, True, True, number=2)
    take(user, quiz, True, True, False, False, number=3)
    assert grade(cohort, user).mark == mark


def test_an_assignment_shows_no_mark_until_it_has_closed(cohort, deck):
    user, paper = student(cohort, "kim"), AssignmentFactory(cohort=cohort, deck=deck)
    assert str(grade(cohort, user).where) == "open"
    assert str(grade(cohort, user, now=paper.closes_at).where) == "pending"
    AssignmentResult.objects.create(assignment=paper, user=user, closed_at=NOW, mark=0.4, made_at=NOW)
    assert grade(cohort, user, now=paper.closes_at).mark == 0.4


def test_drafts_are_no_columns_and_those_who_have_left_no_rows(cohort, deck):
    quiz_of(deck, cohort, published_at=None)
    AssignmentFactory(cohort=cohort, deck=deck, published_at=None)
    gone = student(cohort, "gone")
    Enrolment.objects.filter(user=gone).update(left_at=NOW)
    book = read_gradebook(cohort, now=NOW)
    assert (list(book.students), list(book.things)) == ([], [])


def test_a_mean_counts_what_is_missing_and_leaves_out_what_is_excused(cohort, deck):
    first, _second, third = (closed_quiz(deck, cohort) for _n in range(3))
    user = student(cohort, "kim")
    take(user, first, True, True, True, True)
    override(third, user, None, "excuse")
    book = read_gradebook(cohort, now=NOW)
    assert book.means == [0.5]
    assert [spread.n for spread in book.spreads] == [1, 1, 0]


def test_the_class_has_a_mean_and_a_median_from_ten_marks_on(cohort, deck):
    quiz = quiz_of(deck, cohort)
    for number in range(9):
        take(student(cohort, f"s{number}"), quiz, True, number > 6, True, True)
    assert read_gradebook(cohort, now=NOW).spreads[0].mean is None
    take(student(cohort, "last"), quiz, True, True, True, True)
    spread = read_gradebook(cohort, now=NOW).spreads[0]
    assert (spread.mean, spread.median) == (pytest.approx(0.825), 0.75)


def table(cohort, **wanted):
    found = grade_table(cohort.pk, read_gradebook(cohort, now=NOW), WantedGrades(**wanted))
    return [row.name for row in found.rows]


@pytest.fixture
def some(cohort, deck):
    """Ann passed, Bob failed and is in a group, Cyd is excused, Dan has not come."""
    quiz = closed_quiz(deck, cohort, pass_mark=0.6)
    ann, bob, cyd = (student(cohort, name) for name in ("ann", "bob", "cyd"))
    student(cohort, "dan", first_name="Dan", last_name="Ångström")
    take(ann, quiz, True, True, True, True)
    take(bob, quiz, True, False, False, False)
    override(quiz, cyd, None, "excuse")
    group = CohortGroup.objects.create(cohort=cohort, name="Tutorial 1")
    Enrolment.objects.filter(user=bob).update(group=group)
    return quiz, group


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["ann", "bob", "cyd", "Dan Ångström"]),
        ({"sort": "-name"}, ["Dan Ångström", "cyd", "bob", "ann"]),
        ({"sort": "mean"}, ["Dan Ångström", "bob", "ann", "cyd"]),
        ({"sort": "-mean"}, ["ann", "bob", "Dan Ångström", "cyd"]),
        ({"sort": "nonsense"}, ["ann", "bob", "cyd", "Dan Ångström"]),
        ({"show": "missing"}, ["Dan Ångström"]),
        ({"show": "failing"}, ["bob", "Dan Ångström"]),
        ({"show": "excused"}, ["cyd"]),
        ({"group": "none"}, ["ann", "cyd", "Dan Ångström"]),
        ({"group": "nonsense"}, []),
        ({"search": "ångström dan"}, ["Dan Ångström"]),
        ({"search": "m-bob"}, ["bob"]),
        ({"page": 2}, []),
    ],
)
def test_the_table_shows_whom_the_address_asks_for_in_its_order(cohort, some, wanted, names):
    assert table(cohort, **wanted) == names


def test_the_table_sorts_by_one_quiz_and_filters_by_group(cohort, some):
    quiz, group = some
    assert table(cohort, sort=f"-q{quiz.pk}")[:2] == ["ann", "bob"]
    assert table(cohort, group=str(group.pk)) == ["bob"]


def test_a_long_class_has_pages_and_all_of_them_on_one(cohort, deck):
    quiz_of(deck, cohort)
    users = [UserFactory(username=f"s{number:03}", password="x") for number in range(101)]
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, user=user, joined_at=NOW) for user in users)
    assert len(table(cohort)) == 100
    assert table(cohort, page=2) == ["s100"]
    assert len(table(cohort, page=0)) == 101


def rows(cohort):
    """The file of grades as it is read back, by its heads."""
    text = csv_text(grade_rows(read_gradebook(cohort, now=NOW)))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_file_has_a_row_for_each_student_with_a_stable_number_and_marks_to_the_point(cohort, deck):
    quiz = frozen_quiz(deck, cohort, [f"uses/{n}/purpose_to_term" for n in (1, 2, 3)], title="Metals", pass_mark=0.7)
    kim = student(cohort, "kim", email="kim@example.org")
    take(kim, quiz, True, True, False)
    row = rows(cohort)[0]
    assert (row["student id"], row["e-mail"], row["site id"]) == (
        "M-kim", "kim@example.org", str(kim.profile.public_id)
    )  # fmt: skip
    assert (row["Metals (%)"], row["Metals: state"]) == ("66.67", "marked, not passed")
    assert (row["mean of marks so far (%)"], row["marks so far"]) == ("66.67", "1")


def test_a_student_without_a_number_has_the_sites_own(cohort, deck):
    kim = student(cohort, "kim")
    Profile.objects.filter(user=kim).update(external_id="")
    assert rows(cohort)[0]["student id"] == str(kim.profile.public_id)


def test_things_of_one_name_and_points_have_columns_of_their_own(cohort, deck):
    first, second = (quiz_of(deck, cohort, certainty=at == 0) for at in range(2))
    kim = student(cohort, "kim")
    take(kim, first, True, True, True, False, certainty=3)
    row = rows(cohort)[0]
    assert (row[f"Metals #{first.pk} (%)"], row[f"Metals #{first.pk}: points"]) == ("75", "3")
    assert row[f"Metals #{second.pk}: state"] == "open"
    assert f"Metals #{second.pk}: points" not in row


def test_no_name_or_title_is_run_as_a_formula(cohort, deck):
    quiz_of(deck, cohort, title="=1+2")
    student(cohort, "kim", first_name="=HYPERLINK(0)", last_name="x", email="+49@example.org")
    row = rows(cohort)[0]
    assert (row["name"], row["e-mail"]) == ("'=HYPERLINK(0) x", "'+49@example.org")
    assert "'=1+2 (%)" in row
    data = workbook({"grades": grade_rows(read_gradebook(cohort, now=NOW))})
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(data))["grades"].iter_rows() for cell in line]
    assert "=HYPERLINK(0) x" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_marks_in_a_workbook_are_numbers(cohort, deck):
    quiz = quiz_of(deck, cohort)
    take(student(cohort, "kim"), quiz, True, True, True, False)
    data = workbook({"grades": grade_rows(read_gradebook(cohort, now=NOW))})
    heads, line = openpyxl.load_workbook(io.BytesIO(data))["grades"].iter_rows(values_only=True)
    assert dict(zip(heads, line, strict=True))["Metals (%)"] == 75


def test_the_long_file_has_a_row_for_each_attempt_in_the_readers_time(cohort, deck):
    quiz, kim = quiz_of(deck, cohort), student(cohort, "kim")
    take(kim, quiz, True, True, True, False, used=90 * MINUTE, ended_by="clock")
    begin(kim, quiz, number=2, started_at=NOW)
    heads, first, second = attempt_rows(cohort, BERLIN)
    found = dict(zip(heads, first, strict=True))
    assert (found["student id"], found["quiz"], found["attempt"]) == ("M-kim", "Metals", 1)
    assert (found["started"], found["ended by"], found["minutes"]) == ("2026-03-10T10:30:00+01:00", "clock", 90)
    assert (found["mark (%)"], found["points"], found["points possible"]) == (75, 3, 4)
    assert dict(zip(heads, second, strict=True))["ended by"] == "under way"


def test_attempts_of_those_who_have_left_are_in_no_file(cohort, deck):
    quiz, kim = quiz_of(deck, cohort), student(cohort, "kim")
    take(kim, quiz, True)
    Enrolment.objects.filter(user=kim).update(left_at=NOW)
    assert len(list(attempt_rows(cohort, BERLIN))) == 1


@pytest.mark.parametrize("size", [2, 12])
def test_the_gradebook_takes_as_many_queries_whatever_its_size(cohort, deck, django_assert_num_queries, size):
    for _n in range(size):
        take(student(cohort, f"s{_n}"), quiz_of(deck, cohort), True)
        AssignmentFactory(cohort=cohort, deck=deck)
    with django_assert_num_queries(8):
        read_gradebook(cohort, now=NOW)
