"""Text of a CSV file as rows: any common delimiter, quotes, line ends."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from quizzes.core.sheets import Row
from quizzes.formats.errors import TableError

DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
MOST_ROWS = 50_000
MOST_CELLS = 200
LONGEST_CELL = 131_072
_SAMPLE_ROWS = 60
_SAMPLE_LETTERS = 100_000
_NO_DELIMITERS = '"\r\n '
_END = "\ue000end of table\ue000"
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_DIRECTIVES = ("sep=", "#separator:", "#html:", "#tags column:", "#deck column:", "#notetype column:", "#guid column:")


def split(text: str) -> tuple[Row, ...]:
    """The rows with the line where each begins; empty rows and a leading `sep=;` or `#separator:` are left out.

    Raises TableError for a quotation mark that is never closed, and beyond 50,000 rows or 200 columns.
    """
    text, skipped, said = _directives(text)
    delimiter = said or likely_delimiter(text)
    rows = list(_rows(text, delimiter, quoted=True))
    if rows[-1].cells != (_END,):
        if delimiter != "\t":
            raise TableError(_unclosed(rows, skipped))
        rows = list(_rows(text, delimiter, quoted=False))
        if rows[-1].cells != (_END,):
            raise TableError(f"Line {rows[-1].line + skipped} has a cell of more than {LONGEST_CELL:,} letters.")
    return tuple(Row(row.line + skipped, row.cells) for row in rows[:-1] if any(map(str.strip, row.cells)))


def _unclosed(rows: list[Row], skipped: int) -> str:
    return (
        f"Line {rows[-1].line + skipped}: a quotation mark opens a cell there and is never closed. Remove it, or "
        "write it twice within a cell that stands in quotation marks."
    )


def _rows(text: str, delimiter: str, *, quoted: bool) -> Iterator[Row]:
    """All rows, with one more at the end that says whether the end was reached outside of quotation marks."""
    ended = f"{text}\n{_END}\n" if text and text[-1] not in "\r\n" else f"{text}{_END}\n"
    file = io.StringIO(ended, newline="")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(file, delimiter=delimiter, quoting=quoting, skipinitialspace=True)
    line, count = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, ())
            return
        if len(cells) > MOST_CELLS:
            raise TableError(f"Line {line} has {len(cells)} columns; a table may have {MOST_CELLS}.")
        count += any(cells)
        if count > MOST_ROWS + 1:
            raise TableError(f"The table has more than {MOST_ROWS:,} rows. Split it into several files.")
        yield Row(line, tuple(cells))
        line = reader.line_num + 1


def _directives(text: str) -> tuple[str, int, str]:
    """The text after lines that speak of the file, how many these were, and the delimiter they name."""
    skipped, said = 0, ""
    while text.startswith(_DIRECTIVES):
        first, _, text = text.partition("\n")
        skipped += 1
        if first.startswith(("sep=", "#separator:")):
            name = first.rstrip("\r").partition("=" if first.startswith("sep=") else ":")[2]
            said = _NAMED.get(name.casefold(), name if len(name) == 1 and name not in _NO_DELIMITERS else said)
    return text.removeprefix("#columns:"), skipped, said


def likely_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows most evenly into two or more cells; a comma where none does."""
    sample = text[:_SAMPLE_LETTERS]
    return max(DELIMITERS, key=lambda delimiter: (_evenness(sample, delimiter), delimiter == ","))


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows that have as many cells as most have, halved where the first row has not; 0 for one cell."""
    widths: list[int] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            widths += [len(cells)] if any(cells) else []
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not widths:
        return 0
    width, count = Counter(widths).most_common(1)[0]
    if width < 2:
        width, count = widths[0], widths.count(widths[0]) // 2
    return 0 if width < 2 else count / len(widths) / (1 if widths[0] == width else 2)
