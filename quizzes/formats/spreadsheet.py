"""Tables as CSV that spreadsheets open as they are meant: text stays text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

BYTE_ORDER_MARK = "\ufeff"
_RUN = re.compile(r"[ ']*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for the beginning of a formula, written wide included; behind apostrophes too, so that each
text is written in a way of its own and can be read back."""


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, marked as UTF-8 for spreadsheets; None is an empty cell.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
    """
    return "".join(csv_lines(rows))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same row by row, to be sent while it is made."""
    yield BYTE_ORDER_MARK
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow([_cell(value) for value in row])
        yield out.getvalue()


def csv_parts(rows: Iterable[Sequence[object]], *, at_once: int = 500) -> Iterator[str]:
    """The same in parts of many rows, for long tables; what comes first, the heads, comes at once."""
    left = iter(rows)
    yield "".join(csv_lines(islice(left, 1)))
    while some := list(islice(left, at_once)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([[_cell(value) for value in row] for row in some])
        yield out.getvalue()


def escaped(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{text}" if _RUN.match(text) else text


def unescaped(text: str) -> str:
    """The text as it was before `escaped`; other texts come back as they are."""
    return text[1:] if text.startswith("'") and _RUN.match(text[1:]) else text


def _cell(value: object) -> object:
    return escaped(value) if isinstance(value, str) else value
