"""manage.py export_reviews: the review log of a class as a file or on standard output."""

import csv
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.classes import USES, answer, class_of, join
from tests.factories import elements


@pytest.fixture
def klass(db):
    cohort = class_of(elements(), join_code="KQ7MPX")
    answer(join(cohort, username="una"), USES[:3])
    return cohort


def export(*arguments):
    out = StringIO()
    call_command("export_reviews", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_writes_csv_to_standard_output(klass):
    rows = list(csv.DictReader(StringIO(export("KQ7-MPX").removeprefix("\ufeff"))))
    assert [row["card"] for row in rows] == USES[:3]
    assert {row["user name"] for row in rows} == {"una"}


def test_it_writes_files_of_both_kinds_and_pseudonyms(klass, tmp_path):
    export(str(klass.pk), str(tmp_path / "log.csv"), "--pseudonymous")
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert "una" not in text
    assert text.count("\n") == 4
    export(str(klass.pk), str(tmp_path / "log.xlsx"), "--every-event")
    assert openpyxl.load_workbook(tmp_path / "log.xlsx").active.max_row == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("KQ7MPX", "log.ods"), "neither in .csv nor in .xlsx"),
        (("WWWWWW",), "No class"),
        (("KQ7MPX", "/no/x.csv"), "cannot be"),
    ],
)
def test_it_says_what_is_wrong(klass, arguments, words):
    with pytest.raises(CommandError, match=words):
        export(*arguments)
