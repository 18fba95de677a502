"""XLSX workbooks written row by row, in constant memory, however many rows; nothing in them is a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import isfinite
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from quizzes.formats.spreadsheet import escaped

MOST_ROWS = 1_048_576
"""What a sheet of XLSX holds; the rows after that stand in the next one."""
_AT_ONCE = 500
_LONGEST_CELL = 32_767
_LONGEST_KEPT = 200
_SHEET_NAME = 25
_QUICKLY = 1
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"[\\/?*\[\]:']")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BEGIN = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_END = "</sheetData></worksheet>"
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill '
    'patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_workbook(file: IO[bytes], name: str, rows: Iterable[Sequence[object]], *, most_rows: int = MOST_ROWS) -> None:
    """Write a workbook of one table, whose first row is its heads, into an open file.

    Cells are texts, numbers, or None for an empty one. What does not fit on a sheet goes on the next, below the same
    heads. Texts lose what a cell of XLSX cannot hold.
    """
    left = iter(rows)
    heads, names = next(left, ()), list[str]()
    upcoming = next(left, None)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICKLY) as archive:
        while upcoming is not None or not names:
            names.append(_sheet_name(name, len(names) + 1))
            first = [] if upcoming is None else [upcoming]
            with archive.open(f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True) as sheet:
                _write_sheet(sheet, heads, _some(first, left, most_rows - 1))
            upcoming = next(left, None)
        for path, text in _frame(names).items():
            archive.writestr(path, text)


def _some(first: Sequence[Sequence[object]], left: Iterator[Sequence[object]], most: int) -> Iterator[Sequence[object]]:
    yield from first
    yield from islice(left, most - len(first))


def _sheet_name(name: str, number: int) -> str:
    plain = _NO_NAME.sub(" ", name)[:_SHEET_NAME].strip() or "table"
    return plain if number == 1 else f"{plain} {number}"


def _write_sheet(sheet: IO[bytes], heads: Sequence[object], rows: Iterator[Sequence[object]]) -> None:
    bold = "".join(map(_cell, heads)).replace("<c", '<c s="1"')
    sheet.write(f"{_BEGIN}<row>{bold}</row>".encode())
    while some := list(islice(rows, _AT_ONCE)):
        sheet.write("".join([f"<row>{''.join(map(_cell, row))}</row>" for row in some]).encode())
    sheet.write(_END.encode())


def _cell(value: object) -> str:
    match value:
        case None | "":
            return "<c/>"
        case bool():
            return f'<c t="b"><v>{value:d}</v></c>'
        case int() | float():
            return f"<c><v>{value!r}</v></c>" if isfinite(value) else "<c/>"
    text = str(value)
    return _kept_text(text) if len(text) <= _LONGEST_KEPT else _text(text)


def _text(text: str) -> str:
    plain = _NO_XML.sub("", escaped(text) if text.startswith("'") else text)[:_LONGEST_CELL]
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(plain, {chr(13): "&#13;"})}</t></is></c>'


_kept_text = lru_cache(maxsize=8192)(_text)
"""Most texts of a long table come again and again."""


def _frame(names: Sequence[str]) -> dict[str, str]:
    """All files of the workbook but its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    kept = "".join(_relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    types = "".join(f'<Override PartName="{path}" ContentType="{_TYPE}.{kind}+xml"/>' for path, kind in parts.items())
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f"{relations}{_relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{relations}{kept}{_relation('rId0', 'styles', 'styles.xml')}</Relationships>",
        "xl/styles.xml": _STYLES,
    }


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
