"""XLSX workbooks as rows of texts, and rows of texts as XLSX workbooks."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from quizzes.core.sheets import Row, Sheet
from quizzes.formats.delimited import MOST_CELLS, MOST_ROWS
from quizzes.formats.errors import TableError
from quizzes.formats.spreadsheet import escaped, unescaped

MOST_BYTES_UNPACKED = 150_000_000
SECTIONS = "sections"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_MERGED = 20_000
_LONGEST_CELL = 32_767
_NO_CELL = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")
_DAMAGED = "The workbook is damaged or no XLSX file. Open it in a spreadsheet, save it as XLSX or CSV, and try again."
_LOCKED = "The workbook is protected by a password. Save it without one, or as CSV, and try again."
_OLD = "This is an old Excel file (.xls). Open it in a spreadsheet, save it as XLSX or CSV, and try again."
_ODS = "This is an OpenDocument file. Open it in a spreadsheet, save it as XLSX or CSV, and try again."


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook of some kind, be it one that cannot be read: a ZIP or an OLE file."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def read_workbook(data: bytes, sheet: str = "") -> Sheet:
    """The rows of the sheet of that name, or of the first one that holds anything.

    Cells are texts as a person reads them; merged cells all have the text of the first. Raises TableError.
    """
    _inspect(data)
    try:
        return _read(data, sheet)
    except TableError:
        raise
    except Exception as error:  # a damaged workbook makes the library fail in dozens of ways
        raise TableError(_DAMAGED) from error


def _inspect(data: bytes) -> None:
    if not data.startswith(b"PK"):
        raise TableError(_LOCKED if "EncryptedPackage".encode("utf-16-le") in data else _OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = archive.read("mimetype")[:80] if "mimetype" in archive.namelist() else b""
    except Exception as error:  # damaged archives raise more than BadZipFile
        raise TableError(_DAMAGED) from error
    if b"opendocument" in kind:
        raise TableError(_ODS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise TableError(_LOCKED)
    if sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        most = MOST_BYTES_UNPACKED // 1_000_000
        raise TableError(f"The workbook holds more than {most} MB when unpacked. Save only the sheet of facts, as CSV.")


def _read(data: bytes, name: str) -> Sheet:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        names = [one.title for one in book.worksheets]
        if name and name not in names:
            raise TableError(f"There is no sheet “{name}”. Sheets: {', '.join(names)}.")
        chosen, rows = _first(book, [name] if name else [one for one in names if one != SECTIONS] or names)
        described = _rows(book, SECTIONS) if SECTIONS in names and chosen != SECTIONS else ()
    finally:
        book.close()
    others = [one for one in names if one not in (chosen, SECTIONS)]
    notes = (f"Sheet “{chosen}” is read, not {', '.join(f'“{one}”' for one in others)}.",) if others else ()
    return Sheet(rows, chosen, notes, described)


def _first(book: openpyxl.Workbook, names: Sequence[str]) -> tuple[str, tuple[Row, ...]]:
    for name in names:
        if rows := _rows(book, name):
            return name, rows
    return names[0], ()


def _rows(book: openpyxl.Workbook, name: str) -> tuple[Row, ...]:
    sheet = book[name]
    merged = _merged(book, sheet)
    sheet.reset_dimensions()
    rows: list[Row] = []
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(value is not None for value in values[MOST_CELLS:]):
            raise TableError(f"Line {line} has more than {MOST_CELLS} columns.")
        cells = [unescaped(_text(value)) for value in values[:MOST_CELLS]]
        _spread(merged, line, cells)
        if any(map(str.strip, cells)):
            rows.append(Row(line, tuple(cells)))
        if len(rows) > MOST_ROWS + 1:
            raise TableError(f"The table has more than {MOST_ROWS:,} rows. Split it into several files.")
    return tuple(rows)


Merged = dict[int, list[tuple[int, int, list[str]]]]
"""Line -> (first column, last column, the text that the first cell turned out to have) of merged ranges in it."""


def _merged(book: openpyxl.Workbook, sheet: object) -> Merged:
    """What the reader for large files leaves out: the list of merged cells behind the sheet's data."""
    with book._archive.open(sheet._worksheet_path) as file:  # type: ignore[attr-defined]
        tail = file.read().rpartition(b"sheetData>")[2]
    found: Merged = {}
    for place in [match[1].decode() for match in _MERGED.finditer(tail)][:_MOST_MERGED]:
        left, top, right, bottom = (bound or 0 for bound in range_boundaries(place))
        if not left or not top or right > MOST_CELLS or bottom - top > MOST_ROWS:
            continue
        text: list[str] = []
        for line in range(top, bottom + 1):
            found.setdefault(line, []).append((left, right, text))
    return found


def _spread(merged: Merged, line: int, cells: list[str]) -> None:
    for left, right, text in merged.get(line, ()):
        cells.extend([""] * (right - len(cells)))
        if not text:
            text.append(cells[left - 1])
        cells[left - 1 : right] = text * (right - left + 1)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes" if not value.second else "seconds")
        case date() | time() | timedelta():
            return str(value)
    return str(value)


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An XLSX file with these sheets, the first row of each in bold; nothing in it is a formula.

    Cells are texts, numbers, or None for an empty one. Texts lose their control characters, and what is beyond what a
    cell of XLSX holds (32,767 letters).
    """
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        append_rows(book.create_sheet(name), rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def append_rows(sheet: WriteOnlyWorksheet, rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a new sheet, the first in bold and always in sight."""
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, bold=number == 0) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: object, *, bold: bool) -> object:
    """What the library is to write: a cell where it is in bold, or would be taken for a formula or an error."""
    plain = _plain(value)
    if not bold and not (isinstance(plain, str) and plain.startswith(("=", "#"))):
        return plain
    cell = WriteOnlyCell(sheet, value=plain)
    if isinstance(plain, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: object) -> str | float | None:
    if isinstance(value, int | float):
        return value if isfinite(value) else None
    if value is None or value == "":
        return None
    text = str(value)
    return _NO_CELL.sub("", escaped(text) if text.startswith("'") else text)[:_LONGEST_CELL]
