"""Progress of a class as a table: by student and section, and by student."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from quizzes.models import Profile
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.class_page import class_page
from quizzes.selectors.teaching.download_rows import WantedFile, file_rows
from quizzes.selectors.teaching.export import table_rows
from quizzes.selectors.teaching.exported import exported_students
from quizzes.selectors.teaching.progress_export import Exam, progress_rows, section_rows
from quizzes.selectors.teaching.reading import Reading, enrolled, read_figures
from quizzes.selectors.teaching.table import Wanted
from quizzes.selectors.teaching.wording import range_words
from tests.classes import GASES, USES, answer, class_of, join, know
from tests.factories import NOW, AssignmentFactory, elements
from tests.people import person


@pytest.fixture
def klass(db):
    cohort = class_of(elements())
    una = join(cohort, username="una")
    know(una, [*USES, *GASES], days_ago=9)
    answer(una, USES, days_ago=7)
    join(cohort, username="zoe")
    return cohort


def rows_of(rows, cohort, *, pseudonymous=False, **options):
    students = exported_students(cohort, pseudonymous=pseudonymous)
    figures = read_figures(enrolled([cohort]), [cohort.decks.get().pk], now=NOW)
    if "exam" in options:
        options["exam"] = Exam(options["exam"], replace(figures, recall=figures.recall / 2))
    heads, *found = rows(figures, students, pseudonymous=pseudonymous, **options)
    return figures, [dict(zip(heads, row, strict=True)) for row in found]


def test_each_student_has_a_row_for_each_section(klass):
    figures, rows = rows_of(section_rows, klass)
    una, zoe = rows[:2], rows[2:]
    assert [row["section"] for row in una] == [row["section"] for row in zoe] == [one.name for one in figures.sections]
    assert [row["cards learned"] for row in una] == figures.learned[0].tolist()
    assert [row["due"] for row in una] == figures.due[0].tolist()
    shares = figures.recall[0] / np.maximum(1, figures.learned[0])
    assert [row["predicted recall today"] for row in una] == pytest.approx(shares.tolist(), abs=0.0006)
    assert {(row["cards begun"], row["predicted recall today"], row["last study day"]) for row in zoe} == {
        (0, None, None)
    }


def test_each_student_has_one_row_with_the_days_studied(klass):
    figures, (una, zoe) = rows_of(progress_rows, klass)
    assert (una["days studied of 7"], una["days studied of 28"]) == (0, 2)
    assert una["cards learned"] == figures.learned[0].sum()
    assert (una["right again"], una["answers to cards met before"]) == (None, 8)
    assert (zoe["days studied of 28"], zoe["cards"]) == (0, una["cards"])


@pytest.mark.parametrize("rows", [section_rows, progress_rows])
def test_an_exam_day_has_a_column_of_its_own(klass, rows):
    head = "predicted recall on 2026-06-12, exam day"
    _figures, found = rows_of(rows, klass, exam=date(2026, 6, 12))
    assert found[0][head] == pytest.approx(found[0]["predicted recall today"] / 2, abs=0.001)
    assert head not in rows_of(rows, klass)[1][0]


def test_the_next_exam_of_the_classs_assignments_is_told_as_it_will_be(klass):
    deck = klass.decks.get()
    for days in (-3, 40, 90):
        AssignmentFactory(cohort=klass, deck=deck, exam_on=NOW.date() + timedelta(days=days), published_at=NOW)
    AssignmentFactory(cohort=klass, deck=deck, exam_on=NOW.date() + timedelta(days=10), published_at=None)
    heads, una, _zoe = file_rows(person("boss", "admin"), klass, WantedFile("students", "csv"), now=NOW)
    row = dict(zip(heads, una, strict=True))
    (on,) = [head for head in heads if head.startswith("predicted recall on")]
    later = read_figures(enrolled([klass]), [deck.pk], now=NOW + timedelta(days=40))
    assert on == f"predicted recall on {NOW.date() + timedelta(days=40)}, exam day"
    assert row[on] == pytest.approx(later.recall[0].sum() / later.learned[0].sum(), abs=0.001)
    assert row[on] < row["predicted recall today"] - 0.02


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati"])
def test_recall_on_exam_day_is_that_of_the_class_page_wherever_the_student_is(klass, zone):
    deck, on = klass.decks.get(), NOW.date() + timedelta(days=9)
    Profile.objects.filter(user__username="una").update(time_zone=zone)
    AssignmentFactory(cohort=klass, deck=deck, exam_on=on, published_at=NOW)
    heads, una, _zoe = file_rows(person("boss", "admin"), klass, WantedFile("students", "csv"), now=NOW)
    page = Reading(enrolled([klass]), [deck.pk], now=NOW).figures(on)
    shown = dict(zip(heads, una, strict=True))[f"predicted recall on {on}, exam day"]
    assert shown == round(page.recall[0].sum() / page.learned[0].sum(), 3)


@pytest.mark.parametrize("days", [None, 9])
def test_the_score_to_expect_is_the_same_in_every_file_and_on_the_page(klass, days):
    deck, boss = klass.decks.get(), person("boss", "admin")
    if days:
        AssignmentFactory(cohort=klass, deck=deck, exam_on=NOW.date() + timedelta(days=days), published_at=NOW)
    scores = class_page(boss, klass, Wanted(), now=NOW).table
    at = [head.label for head in scores.headers].index("Expected score") - 1
    shown = {row.name: (row.cells[at].text, row.cells[at].note) for row in scores.rows}
    name = f"expected score on {NOW.date() + timedelta(days=days)}, exam day" if days else "expected score today"
    for rows in (file_rows(boss, klass, WantedFile("students", "csv"), now=NOW), table_rows(boss, klass, now=NOW)):
        heads, *found = rows
        told = [dict(zip(heads, row, strict=True)) for row in found]
        assert {
            one["name"]: (percent(one[name]), range_words(one[f"{name}: low"], one[f"{name}: high"])) for one in told
        } == shown
    assert len(shown) == 2


@pytest.mark.parametrize("rows", [section_rows, progress_rows])
def test_pseudonyms_stand_for_names(klass, rows):
    _figures, found = rows_of(rows, klass, pseudonymous=True)
    assert "name" not in found[0]
    assert {row["student"] for row in found} == {one.mark for one in exported_students(klass, pseudonymous=True)}
    assert "una" not in str(found)
