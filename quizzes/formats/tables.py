"""Bytes of a CSV file or a workbook as a sheet of texts."""

from quizzes.core.sheets import Row, Sheet
from quizzes.formats.decoding import NOT_A_TABLE, decoded
from quizzes.formats.delimited import split
from quizzes.formats.errors import TableError
from quizzes.formats.spreadsheet import unescaped
from quizzes.formats.workbooks import is_workbook, read_workbook

MOST_BYTES = 30_000_000
_KNOWN = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"SQLite format 3")
_MARKUP = ("<!doctype", "<html", "<?xml", "{\\rtf")


def read_sheet(data: bytes, *, sheet: str = "", encoding: str = "") -> Sheet:
    """The rows of a file, of whatever kind its bytes show it to be.

    `sheet` names a workbook's sheet (else the first with anything in it), `encoding` a text's (else found out). Raises
    TableError, whatever the bytes, and nothing else.
    """
    if len(data) > MOST_BYTES:
        raise TableError(f"The file has more than {MOST_BYTES // 1_000_000} MB. Split it into several files.")
    if is_workbook(data):
        return _filled(read_workbook(data, sheet))
    if data.startswith(_KNOWN):
        raise TableError(NOT_A_TABLE)
    if sheet:
        raise TableError("A CSV file has no sheets: leave the sheet's name out.")
    text, guessed = decoded(data, encoding)
    if text.lstrip()[:20].casefold().startswith(_MARKUP):
        raise TableError(NOT_A_TABLE)
    rows = tuple(Row(row.line, tuple(map(unescaped, row.cells))) for row in split(text))
    notes = (f"The file does not say its encoding; it is read as {guessed}.",) if guessed else ()
    return _filled(Sheet(rows, notes=notes))


def _filled(sheet: Sheet) -> Sheet:
    if not sheet.rows:
        raise TableError("The file holds no rows.")
    return sheet
