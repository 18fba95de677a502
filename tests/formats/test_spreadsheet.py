import csv
import io

import pytest

from quizzes.formats.spreadsheet import csv_parts, csv_text


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " ="])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert read(csv_text([[f"{start}1+1"]]))[0][0].startswith("'")


@pytest.mark.parametrize("text", ["Zoë", "a=b", "O'Neil", "x-ray", "", "7"])
def test_other_text_stays_as_it_is(text):
    assert read(csv_text([[text, "end"]])) == [[text, "end"]]


def test_numbers_stay_numbers_and_none_is_empty():
    assert csv_text([[-3, 0.5, None]]) == "\ufeff-3,0.5,\r\n"


def test_commas_quotes_and_line_ends_stay_in_their_cell():
    assert read(csv_text([['a, "b"\nc', 1], ["d", 2]])) == [['a, "b"\nc', "1"], ["d", "2"]]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 11])
def test_parts_of_many_rows_are_the_same_table(count):
    rows = [["=n", "x"], *([number, "a,b"] for number in range(count))]
    assert "".join(csv_parts(rows, at_once=5)) == csv_text(rows)


def test_the_heads_come_before_any_row_is_asked_for():
    asked = []

    def rows():
        yield ["n"]
        asked.append("row")
        yield [1]

    assert next(csv_parts(rows())) == "\ufeffn\r\n"
    assert asked == []
