"""Rows of a table as facts in the making: cleaned, cut, measured against what a deck can hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizzes.core.cleaning import items, passage, phrase
from quizzes.core.columns import CODE, POSITION, SEVERAL, Columns
from quizzes.core.sheets import Row, Table

TEXT_FIELDS = (
    "term", "short_label", "noun", "purpose", "condition", "explanation", "locator", "caution", "caution_source",
)  # fmt: skip
PASSAGES = frozenset({"explanation", "caution"})
LONGEST: Mapping[str, int] = {
    "term": 300, "short_label": 120, "noun": 100, "locator": 200, "caution_source": 300, "purpose": 4000,
    "condition": 4000, "explanation": 10_000, "caution": 10_000, "section": 100, "section_noun": 100,
    "section_plural": 100,
}  # fmt: skip
"""Letters that a field holds at most."""
LONGEST_ITEM, MOST_ITEMS = 120, 200
Content = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that can become a fact. `content` has the fields whose columns the table has, empty ones included."""

    line: int
    term: str
    content: Content
    section: str = ""
    section_noun: str = ""
    section_plural: str = ""
    code: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot: where it is, why, what to do. `term` and `code` are what it says, if it says them."""

    line: int
    column: str
    reason: str
    remedy: str
    term: str = field(default="")
    code: str = field(default="")


def drafts(table: Table, columns: Columns) -> tuple[list[Draft], list[Refused]]:
    """Each row as a draft or a refusal, in their order."""
    made: list[Draft] = []
    refused: list[Refused] = []
    for row in table.rows:
        one = _draft(row, table, columns)
        if isinstance(one, Draft):
            made.append(one)
        else:
            refused.append(one)
    return made, refused


def _draft(row: Row, table: Table, columns: Columns) -> Draft | Refused:
    texts = {name: _text(row, name, found[0]) for name, found in columns.places.items() if name not in SEVERAL}
    lists = {name: _items(row, found) for name, found in columns.places.items() if name in SEVERAL}
    fault = _fault(row, table, columns, texts, lists)
    if fault:
        place, reason, remedy = fault
        return Refused(row.line, _name(table, place), reason, remedy, texts["term"], texts.get("code", ""))
    content: Content = {name: texts[name] for name in TEXT_FIELDS if name in texts} | lists
    return Draft(
        row.line,
        texts["term"],
        content,
        section=texts.get("section", ""),
        section_noun=texts.get("section_noun", ""),
        section_plural=texts.get("section_plural", ""),
        code=texts.get("code", ""),
        position=int(texts["position"]) if texts.get("position") else None,
    )


def _raw(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _text(row: Row, name: str, at: int) -> str:
    return passage(_raw(row, at)) if name in PASSAGES else phrase(_raw(row, at))


def _items(row: Row, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for at in places for text in items(_raw(row, at))))


def _name(table: Table, at: int) -> str:
    name = " ".join(table.header[at].split()) if 0 <= at < len(table.header) else ""
    return name or (f"column {at + 1}" if at >= 0 else "")


Fault = tuple[int, str, str]
"""Place of the column (-1: the whole row), reason, remedy."""


def _fault(
    row: Row, table: Table, columns: Columns, texts: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]
) -> Fault | None:
    if any(cell.strip() for cell in row.cells[table.width :]):
        count = len(row.cells)
        said = f"has {count} cells where the header has {table.width}"
        return -1, said, "put quotation marks around texts that hold the delimiter"
    if not texts["term"]:
        at = columns.places["term"][0]
        if _raw(row, at).strip():
            return at, "holds nothing but HTML or invisible characters", "write &lt;b&gt; where <b> itself is the term"
        return at, "is empty", "fill in the term, or delete the row"
    return _misfit(columns, texts) or _too_long(columns, texts, lists)


def _misfit(columns: Columns, texts: Mapping[str, str]) -> Fault | None:
    for name, fits, like in (("code", CODE, "metals/3"), ("position", POSITION, "7")):
        if texts.get(name) and not fits.fullmatch(texts[name]):
            remedy = f"write it like {like}, or leave the cell empty"
            return columns.places[name][0], f"“{texts[name][:40]}” is no {name}", remedy
    return None


def _too_long(columns: Columns, texts: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> Fault | None:
    for name, text in texts.items():
        if len(text) > LONGEST.get(name, len(text)):
            return columns.places[name][0], f"has {len(text)} letters", f"shorten it to {LONGEST[name]}"
    for name, several in lists.items():
        long = next((text for text in several if len(text) > LONGEST_ITEM), "")
        if long:
            said = f"“{long[:30]}…” has {len(long)} letters"
            remedy = f"shorten it to {LONGEST_ITEM}, or part the texts in the cell by semicolons"
            return columns.places[name][0], said, remedy
        if len(several) > MOST_ITEMS:
            return columns.places[name][0], f"holds {len(several)} texts", f"keep {MOST_ITEMS} of them"
    return None
