"""Workbooks written row by row, read back by another library."""

import io
from datetime import date
from weakref import ref

import openpyxl
import pytest

from quizzes.formats.large_workbooks import write_workbook
from quizzes.formats.spreadsheet import unescaped


def book(rows, name="Log", **options):
    out = io.BytesIO()
    write_workbook(out, name, rows, **options)
    return openpyxl.load_workbook(out)


def test_a_workbook_has_its_heads_in_bold_and_its_rows_below():
    sheet = book([["card", "n"], ["iron", 1], [None, 2.5]]).active
    assert list(sheet.values) == [("card", "n"), ("iron", 1), (None, 2.5)]
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(("count", "sizes"), [(0, [1]), (1, [2]), (3, [4]), (4, [4, 2]), (6, [4, 4]), (7, [4, 4, 2])])
def test_rows_that_do_not_fit_stand_on_the_next_sheet_below_the_same_heads(count, sizes):
    made = book([["n"], *([number] for number in range(count))], most_rows=4)
    assert [len(list(sheet.values)) for sheet in made] == sizes
    assert {sheet["A1"].value for sheet in made} == {"n"}
    assert [value for sheet in made for (value,) in list(sheet.values)[1:]] == list(range(count))


def test_sheets_are_called_by_the_table_and_their_number():
    assert book([["n"], [1], [2]], "Log: [all]?", most_rows=2).sheetnames == ["Log   all", "Log   all 2"]
    assert len(book([["n"]], "x" * 60).sheetnames[0]) <= 31


@pytest.mark.parametrize("text", ["=1+1", "+4", "@x", "-2", "<b>&amp;", " spaced ", "two\nlines", "ünï", "'=1", "0012"])
def test_a_text_stays_the_text_that_it_is(text):
    cell = book([["text"], [text]]).active["A2"]
    assert unescaped(cell.value) == text
    assert cell.data_type == "s"


def test_what_a_cell_cannot_hold_is_left_out():
    sheet = book([["text"], ["a\x00b\x0b\ufffe"], ["x" * 40_000], [float("nan")], [float("inf")], [""], [1]]).active
    assert [row[0] for row in sheet.values][1:] == ["ab", "x" * 32_767, None, None, None, 1]


def test_truth_and_days_are_cells_too():
    assert list(book([["a", "b"], [True, date(2026, 3, 10)]]).active.values)[1] == (True, "2026-03-10")


def test_rows_are_written_as_they_come_and_not_kept():
    class Row(list):
        __slots__ = ("__weakref__",)

    alive, most = 0, 0

    def gone(_row):
        nonlocal alive
        alive -= 1

    def rows():
        nonlocal alive, most
        watches = []
        for number in range(5_000):
            row = Row([f"text number {number}"])
            watches.append(ref(row, gone))
            alive += 1
            most = max(most, alive)
            yield row

    write_workbook(io.BytesIO(), "Log", rows())
    assert most < 10
