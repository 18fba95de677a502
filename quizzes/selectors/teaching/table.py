"""What tables of students are made of, and what an address asks of them: order, filter, words to find, page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from quizzes.selectors.teaching.figures import FloatArray

BEHIND = 20
PAGE = 100
UNGROUPED = "0"
EVERYBODY, AWAY, BEHIND_ONLY, NOT_BEGUN = "", "away", "behind", "new"
MEMORY, STUDY_DAYS = "", "days"
ONE_LINE, WITH_INTERVALS = "short", "long"
TONES = ((0.9, "h5"), (0.8, "h4"), (0.7, "h3"), (0.5, "h2"), (0.0, "h1"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: a column, with a dash in front for downwards; whom to show; words; a page from 1.

    Page 0 is everybody on one page. `group` is the id of a group, UNGROUPED for those in none, or empty for all. `view`
    is MEMORY or STUDY_DAYS, `on` the day that recall is predicted for, empty for today; `cells` are in ONE_LINE or
    WITH_INTERVALS, or empty for what suits the number of students.
    """

    sort: str = "name"
    show: str = EVERYBODY
    group: str = ""
    search: str = ""
    page: int = 1
    view: str = MEMORY
    on: str = ""
    cells: str = ""

    def address(self, **changes: object) -> str:
        """The address of the same table with something changed."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        named = {"search": "q"}
        given = {named.get(one.name, one.name): getattr(wanted, one.name) for one in fields(wanted)}
        plain = {named.get(one.name, one.name): one.default for one in fields(wanted)}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})

    @property
    def hidden(self) -> dict[str, str]:
        """What a form that filters the table hands on besides its fields."""
        given = {"sort": self.sort, "view": self.view, "on": self.on, "cells": self.cells}
        return {name: value for name, value in given.items() if value and (name, value) != ("sort", "name")}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: the figure, how many it rests on, how warm it is; `few` for too few answers.

    `title` says all of it in words; `days` is a drawing of the last days, as a path.
    """

    text: str
    note: str = ""
    tone: str = ""
    few: bool = False
    title: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """A column's head, which sorts by it; `sorted` is ascending, descending or empty."""

    label: str
    url: str
    sorted: str
    help: str = ""
    number: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One student, or several together in the row that is a `total`."""

    name: str
    url: str
    cells: Sequence[Cell]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What is printed: `groups` are (deck, columns) over the sections, where there are several decks."""

    headers: Sequence[Header]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, int]]
    found: int
    pages: Sequence[tuple[str, str, bool]] = ()
    total: Row | None = None
    long: bool = True

    @property
    def lines(self) -> list[Row]:
        """All rows, that of all together first."""
        return [*([self.total] if self.total else []), *self.rows]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it sorts by (nan: nothing yet), the cell of the student in a row, and that of several rows."""

    key: str
    label: str
    values: FloatArray
    cell: Callable[[int], Cell]
    help: str = ""
    total: Callable[[Sequence[int]], Cell] = lambda _rows: Cell("")


def header(key: str, label: str, wanted: Wanted, *, help: str = "", number: bool = True) -> Header:
    """The head of a column with this key, which sorts by it: upwards first, then downwards."""
    now = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Header(label, wanted.address(sort=f"-{key}" if now == "ascending" else key), now, help, number)


def pages_of(found: int, wanted: Wanted) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is this one; empty if one page holds all."""
    if found <= PAGE:
        return []
    numbers = [
        (str(number), wanted.address(page=number), wanted.page == number) for number in range(1, -(-found // PAGE) + 1)
    ]
    return [*numbers, (_("All"), wanted.address(page=0), wanted.page == 0)]
