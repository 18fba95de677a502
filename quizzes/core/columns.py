"""What the columns of a table hold: by their usual names, by their place, or as somebody maps them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizzes.core.cleaning import phrase
from quizzes.core.column_names import field_of, mapped_field, plain_name, says_something
from quizzes.core.sheets import Row, Sheet, Table
from quizzes.core.text import normalise, word_count

SEVERAL = frozenset({"aliases", "never_accept", "examples", "tags"})
CODE = re.compile(r"[-a-zA-Z0-9_]{1,80}/[1-9]\d{0,8}")
"""A fact's code: the slug of the section where it was born, and a number."""
POSITION = re.compile(r"\d{1,9}", re.ASCII)
_HEADER_AMONG = 6
_LONGEST_NAME = 40
_WORDS_OF_NAME = 5
_ENDS = (".", "!", ";", "。", "…")
_TAG_ROWS = 2


class MappingError(ValueError):
    """The columns are not understood; the message names them and says what to do."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which places of a row (counted from 0) hold which field, the best one first.

    `noun` is what one fact is, by the header of the terms, `description` what is said of it; empty where the headers
    do not tell. `notes` say what was assumed and what is not read.
    """

    places: Mapping[str, tuple[int, ...]]
    noun: str = ""
    description: str = ""
    notes: tuple[str, ...] = field(default=())


def table(sheet: Sheet, *, header: bool | None = None) -> Table:
    """The sheet with its header told apart; `header` says whether there is one, None finds it out.

    Rows above a header of usual names, such as a title, are left out and noted.
    """
    rows, notes = sheet.rows, list(sheet.notes)
    at = _named_row(rows) if header is not False else None
    if at is None and header is not False and rows and (header or _looks_like_header(rows)):
        at = 0
        if header is None:
            notes.append(_assumed(rows[0]))
    elif at:
        notes.append(f"Lines {rows[0].line} to {rows[at].line - 1} stand above the header and are not read.")
    if at is None:
        notes.append("There is no header: columns are told by their place.")
        return Table((), rows, sheet.name, tuple(notes), sheet.sections)
    return Table(rows[at].cells, rows[at + 1 :], sheet.name, tuple(notes), sheet.sections)


def _assumed(row: Row) -> str:
    names = ", ".join(f"“{cell.strip()}”" for cell in row.cells)
    return f"Line {row.line} is taken for the header ({names}). If it is a fact, say that there is no header."


def _named_row(rows: Sequence[Row]) -> int | None:
    """The first of the top rows with a usual name for the term and another one, or nothing but usual names."""
    for at, row in enumerate(rows[:_HEADER_AMONG]):
        found = [field_of(cell) for cell in row.cells if cell.strip()]
        known = set(filter(None, found))
        if (len(known) >= 2 and ("term" in known or "purpose" in known)) or (known and len(known) == len(found)):
            return at
        if at == 0 and known and _looks_like_header(rows):
            return at
    return None


def _looks_like_header(rows: Sequence[Row]) -> bool:
    """Whether the first row could name the columns: short, different texts without digits or a full stop, once each."""
    first = [cell.strip() for cell in rows[0].cells]
    if len(rows) < 2 or not all(first[:2]) or len(set(first)) < len(first):
        return False
    below = {(at, normalise(cell)) for row in rows[1:] for at, cell in enumerate(row.cells)}
    return all(_could_name(cell) for cell in first) and not any(
        (at, normalise(c)) in below for at, c in enumerate(first) if c
    )


def _could_name(text: str) -> bool:
    short = len(text) <= _LONGEST_NAME and word_count(text) <= _WORDS_OF_NAME
    return short and phrase(text) == text and not any(map(str.isdigit, text)) and not text.endswith(_ENDS)


def columns(read: Table, mapping: Mapping[str, str] | None = None) -> Columns:
    """What each column holds.

    `mapping` takes fields (usual names do too) to headers or to numbers of columns from 1; an empty text means that the
    field is not read. What it leaves out is told by usual names. Where that finds no term: the first column; no
    description: the one column left. Raises MappingError.
    """
    names = [" ".join(cell.split()) for cell in read.header] or [""] * read.width
    by_hand = _by_hand(names, mapping or {})
    places = {name: list(found) for name, found in by_hand.items() if found}
    taken = {at for found in by_hand.values() for at in found}
    for at, name in enumerate(names):
        known = field_of(name) if at not in taken else ""
        if known and known not in by_hand and (known in SEVERAL | {"section"} or known not in places):
            places.setdefault(known, []).append(at)
            taken.add(at)
    notes = _without_misfits(places, read.rows, names, by_hand)
    held = {at: [_at(row, at) for row in read.rows] for at in range(len(names))}
    left = [at for at in held if any(held[at]) and not _counts(held[at])]
    left = [at for at in left if not any(at in found for found in places.values())]
    _groups_of_one(places, held, left, by_hand)
    notes += _by_place(places, [at for at in left if field_of(names[at]) not in places], names, by_hand)
    left = [at for at in left if not any(at in found for found in places.values())]
    notes += _sections_and_tags(places, read.rows, names)
    if unread := [names[at] or f"column {at + 1}" for at in left]:
        notes.append(f"Not read: {', '.join(f'“{name}”' for name in unread)}.")
    places.pop("ignore", None)
    noun, description = (_saying(names, places.get(name, ())) for name in ("term", "purpose"))
    return Columns({name: tuple(found) for name, found in places.items()}, noun, description, tuple(notes))


def _without_misfits(
    places: dict[str, list[int]], rows: Sequence[Row], names: Sequence[str], by_hand: Mapping[str, tuple[int, ...]]
) -> list[str]:
    """Drop columns that have a field's name and hold something else: an order of animals, another list's numbers."""
    notes = []
    for name, fits in (("position", POSITION), ("code", CODE)):
        at = places.get(name, [-1])[0]
        held = [text for row in rows if (text := _at(row, at))] if at >= 0 and name not in by_hand else []
        misfits = [text for text in held if not fits.fullmatch(text)]
        if name == "code" and held and len(misfits) == len(held):
            places["ignore"] = places.pop(name)
            notes.append(
                f"“{names[at]}” holds no codes such as metals/3 and is not read; facts are found again by their terms."
            )
        elif name == "position" and misfits:
            del places[name]
    return notes


def _groups_of_one(
    places: dict[str, list[int]],
    held: Mapping[int, Sequence[str]],
    left: Sequence[int],
    by_hand: Mapping[str, tuple[int, ...]],
) -> None:
    """Where nothing else can be the term, a column that would group facts and never repeats itself is: drug classes."""
    groups = places.get("section", [])
    if left or "term" in places or "term" in by_hand or "section" in by_hand:
        return
    own = next((at for at in groups if all(held[at]) and len(set(held[at])) == len(held[at])), None)
    if own is not None:
        places["term"] = [own]
        groups.remove(own)
        if not groups:
            del places["section"]


def _counts(texts: Sequence[str]) -> bool:
    """Whether the texts merely number the rows."""
    return len(texts) > 1 and list(texts) in [[str(n + first) for n in range(len(texts))] for first in (0, 1)]


def _at(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _by_hand(names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for name, header in mapping.items():
        meant = mapped_field(name)
        if not meant:
            raise MappingError(f"There is no field “{name}”. Fields: term, description, section, aliases, examples, …")
        found[meant] = (*found.get(meant, ()), *([_place(names, header)] if header.strip() else []))
    return found


def _place(names: Sequence[str], header: str) -> int:
    wanted = [at for at, name in enumerate(names) if name and normalise(name) == normalise(header)]
    wanted += [at for at, name in enumerate(names) if name and plain_name(name) == plain_name(header)]
    if not wanted and header.strip().isdecimal() and 1 <= int(header) <= len(names):
        return int(header) - 1
    if not wanted:
        known = ", ".join(f"“{name}”" for name in names if name) or f"the numbers 1 to {len(names)}"
        raise MappingError(f"There is no column “{header}”. Columns: {known}.")
    return wanted[0]


def _by_place(
    places: dict[str, list[int]], left: Sequence[int], names: Sequence[str], by_hand: Mapping[str, tuple[int, ...]]
) -> list[str]:
    """Terms and descriptions among the columns nobody knows, where there is no doubt."""
    wanted = [name for name in ("term", "purpose") if name not in places and name not in by_hand]
    told = any(name in places for name in ("condition", "examples"))
    if "term" in wanted and (not left or len(left) > len(wanted)):
        known = ", ".join(f"“{name or at}”" for at, name in enumerate(names, start=1))
        raise MappingError(
            f"Which column holds the terms is not clear. Columns: {known}. Map them, such as term=“{names[0] or 1}”"
            f"{f', description=“{names[1] or 2}”' if len(names) > 1 else ''}."
        )
    if "term" not in wanted and (len(left) != 1 or told):
        return []
    notes = []
    for name, at in zip(wanted, left, strict=False):
        places[name] = [at]
        said = "term" if name == "term" else "description"
        notes.append(f"{f'“{names[at]}”' if names[at] else f'Column {at + 1}'} is taken for the {said}.")
    return notes


def _sections_and_tags(places: dict[str, list[int]], rows: Iterable[Row], names: Sequence[str]) -> list[str]:
    """The best named of several columns that group facts is the section, the others are tags; or tags alone are."""
    grouping = sorted(places.get("section", []), key=lambda at: _rank(names[at]))
    if len(grouping) > 1:
        places["section"] = grouping[:1]
        places["tags"] = [*places.get("tags", []), *grouping[1:]]
        others = ", ".join(f"“{names[at]}”" for at in grouping[1:])
        return [f"“{names[grouping[0]]}” is taken for the section, {others} for subgroups."]
    if not grouping and len(places.get("tags", [])) == 1 and _parts_facts(places["tags"][0], list(rows)):
        places["section"] = places.pop("tags")
        return [f"“{names[places['section'][0]]}” is taken for the section."]
    return []


_RANKS = ("section", "category", "topic", "chapter", "unit", "group", "class")


def _rank(name: str) -> int:
    plain = plain_name(name)
    return _RANKS.index(plain) if plain in _RANKS else len(_RANKS)


def _parts_facts(at: int, rows: Sequence[Row]) -> bool:
    """Whether each row has exactly one text there, and each text stands in two rows or more on average."""
    held = [_at(row, at) for row in rows]
    single = all(text and not any(mark in text for mark in ",;|\n") for text in held)
    return bool(held) and single and len(held) >= _TAG_ROWS * len(set(held))


def _saying(names: Sequence[str], places: Sequence[int]) -> str:
    name = names[places[0]] if places else ""
    return name if says_something(name) or field_of(name) == "section" else ""
