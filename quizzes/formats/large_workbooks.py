"""XLSX workbooks of one long table, written row by row in constant memory; nothing in them is a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO

import openpyxl

from quizzes.formats.workbooks import append_rows

MOST_ROWS = 1_048_576
"""What a sheet of XLSX holds; the rows after that stand in the next one."""
_SHEET_NAME = 25
_NO_NAME = re.compile(r"[\\/?*\[\]:']")


def write_workbook(file: IO[bytes], name: str, rows: Iterable[Sequence[object]], *, most_rows: int = MOST_ROWS) -> None:
    """Write a workbook of one table, whose first row is its heads, into an open file.

    Cells are as in `workbook`. What does not fit on a sheet goes on the next, below the same heads. Rows wait in a
    temporary file until all are there.
    """
    left = iter(rows)
    heads = next(left, ())
    book = openpyxl.Workbook(write_only=True)
    for number, some in enumerate(_sheets(left, most_rows - 1), start=1):
        append_rows(book.create_sheet(_sheet_name(name, number)), chain([heads], some))
    book.save(file)


def _sheets(rows: Iterator[Sequence[object]], most: int) -> Iterator[Iterator[Sequence[object]]]:
    """The rows of each sheet, one at least, to be taken before the next one is asked for."""
    yield islice(rows, most)
    for first in rows:
        yield chain([first], islice(rows, most - 1))


def _sheet_name(name: str, number: int) -> str:
    plain = _NO_NAME.sub(" ", name)[:_SHEET_NAME].strip() or "table"
    return plain if number == 1 else f"{plain} {number}"
