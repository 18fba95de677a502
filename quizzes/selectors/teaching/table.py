"""The table of a class: a row for each student; sorted, filtered and searched as the address says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.statistics import LEAST_CARDS, LEAST_MEMORIES
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.figures import WEEK, ClassStudent, Figures, FloatArray
from quizzes.selectors.teaching.groups import NO_GROUPS, Groups
from quizzes.selectors.teaching.wording import TOO_FEW, day_words

BEHIND = 20
PAGE = 100
UNGROUPED = "0"
EVERYBODY, AWAY, BEHIND_ONLY, NOT_BEGUN = "", "away", "behind", "new"
TONES = ((0.9, "h5"), (0.8, "h4"), (0.7, "h3"), (0.5, "h2"), (0.0, "h1"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: a column, with a dash in front for downwards; whom to show; words; a page from 1.

    Page 0 is everybody on one page. `group` is the id of a group, UNGROUPED for those in none, or empty for all.
    """

    sort: str = "name"
    show: str = EVERYBODY
    group: str = ""
    search: str = ""
    page: int = 1

    def address(self, **changes: object) -> str:
        """The address of the same table with something changed."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        given = {"sort": wanted.sort, "show": wanted.show, "group": wanted.group, "q": wanted.search}
        plain = {"sort": "name", "show": "", "group": "", "q": "", "page": 1}
        given |= {"page": str(wanted.page)} if wanted.page != 1 else {}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: the figure, how many it rests on, how warm it is; `few` for too few answers."""

    text: str
    note: str = ""
    tone: str = ""
    few: bool = False


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
    """One student."""

    name: str
    url: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """What is printed: `groups` are (deck, columns) over the sections, where there are several decks."""

    headers: Sequence[Header]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, int]]
    found: int
    pages: Sequence[tuple[str, str, bool]] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it sorts by (nan: nothing yet), and the cell of the student in a row."""

    key: str
    label: str
    values: FloatArray
    cell: Callable[[int], Cell]
    help: str = ""


def class_table(class_id: int, figures: Figures, wanted: Wanted, groups: Groups = NO_GROUPS) -> Table:
    """The rows that are wanted, in the order wanted; with a column of groups where there are any."""
    columns = [*([_group(figures, groups)] if groups else []), *columns_of(figures)]
    rows = _ordered(_rows_wanted(figures, wanted, groups), figures, columns, wanted)
    shown = rows if wanted.page == 0 else rows[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    return Table(
        headers=[
            header("name", _("Student"), wanted, number=False),
            *(header(one.key, one.label, wanted, help=one.help) for one in columns),
        ],
        rows=[_row(class_id, figures.students[at], [column.cell(at) for column in columns]) for at in shown],
        groups=_groups(figures, len(columns) - len(figures.sections) + 1),
        found=len(rows),
        pages=pages_of(len(rows), wanted),
    )


def students_wanted(figures: Figures, wanted: Wanted, groups: Groups = NO_GROUPS) -> set[int]:
    """The ids of the students whom the table shows, on whatever page."""
    return {figures.students[at].user_id for at in _rows_wanted(figures, wanted, groups)}


def _rows_wanted(figures: Figures, wanted: Wanted, groups: Groups) -> list[int]:
    rows = range(len(figures.students))
    return [at for at in rows if _is_wanted(figures, at, wanted) and _is_in(figures, at, wanted, groups)]


def columns_of(figures: Figures) -> list[Column]:
    """All columns but the name: what was done, what waits, what is remembered."""
    return [*_activity(figures), *_work(figures), *_success(figures), *_memory(figures)]


def _group(figures: Figures, groups: Groups) -> Column:
    order = {pk: at for at, (pk, _name) in enumerate(groups.names)}
    ids = [groups.id_of(student.user_id) for student in figures.students]
    places = np.array([order.get(pk, np.nan) for pk in ids], np.float64)
    names = [groups.name_of(student.user_id) for student in figures.students]
    return Column("group", _("Group"), places, lambda at: Cell(names[at]))


def _is_in(figures: Figures, at: int, wanted: Wanted, groups: Groups) -> bool:
    return not (groups and wanted.group) or wanted.group == str(groups.id_of(figures.students[at].user_id))


def _activity(figures: Figures) -> list[Column]:
    last = figures.last_day.max(axis=1, initial=0).astype(np.float64)
    week = figures.studied[:, :WEEK].sum(axis=1).astype(np.float64)
    month = figures.studied.sum(axis=1).astype(np.float64)

    def seen(at: int) -> Cell:
        if not last[at]:
            return Cell(_("never"))
        day = date.fromordinal(int(last[at]))
        return Cell(day_words((figures.students[at].today - day).days), date_format(day, "j M"))

    return [
        Column(
            "seen",
            _("Last seen"),
            np.where(last > 0, last, np.nan),
            seen,
            _("last day with an answer in this class's decks"),
        ),
        Column(
            "week",
            _("Days of 7"),
            week,
            _whole(week),
            _("days studied in the last 7, today included; practice does not count"),
        ),
        Column(
            "month", _("Days of 28"), month, _whole(month), _("days studied in the last 28; practice does not count")
        ),
    ]


def _work(figures: Figures) -> list[Column]:
    due, overdue = (part.sum(axis=1).astype(np.float64) for part in (figures.due, figures.overdue))
    return [
        Column("due", _("Due"), due, _whole(due), _("cards to review today, overdue ones included")),
        Column("overdue", _("Overdue"), overdue, _whole(overdue), _("cards that were due before today")),
    ]


def _success(figures: Figures) -> list[Column]:
    met, cards = figures.introduced.sum(axis=1), sum(section.cards for section in figures.sections)
    asked, right = figures.asked_again.sum(axis=1), figures.right_again.sum(axis=1)
    share = met / max(1, cards)
    accuracy = np.where(asked >= LEAST_MEMORIES, right / np.maximum(1, asked), np.nan)

    def begun(at: int) -> Cell:
        return Cell(percent(share[at]), _("%(n)d of %(all)d") % {"n": met[at], "all": cards})

    def kept(at: int) -> Cell:
        return _share(accuracy[at], _("of %d") % asked[at], tone=False)

    return [
        Column("begun", _("Begun"), share, begun, _("cards answered at least once")),
        Column(
            "right",
            _("Right again"),
            accuracy,
            kept,
            _("first answers of a day to cards met before, last 28 days, without practice"),
        ),
    ]


def _memory(figures: Figures) -> list[Column]:
    met = figures.learned.sum(axis=1)
    overall = np.where(met >= LEAST_MEMORIES, figures.recall.sum(axis=1) / np.maximum(1, met), np.nan)

    def recall(at: int) -> Cell:
        return _share(overall[at], _("of %d") % met[at])

    columns = [
        Column(
            "recall", _("Recall"), overall, recall, _("predicted for the cards learned; those in learning are left out")
        )
    ]
    return columns + [_section(figures, at) for at in range(len(figures.sections))]


def _section(figures: Figures, at: int) -> Column:
    section, met = figures.sections[at], figures.learned[:, at]
    shares = np.where(met >= LEAST_CARDS, figures.recall[:, at] / np.maximum(1, met), np.nan)

    def cell(row: int) -> Cell:
        return _share(shares[row], _("%(n)d of %(all)d") % {"n": met[row], "all": section.cards})

    return Column(f"s{section.id}", section.name, shares, cell, _("predicted recall of the cards learned"))


def _whole(values: FloatArray) -> Callable[[int], Cell]:
    return lambda at: Cell(str(int(values[at])))


def _share(value: float, note: str, *, tone: bool = True) -> Cell:
    if isnan(value):
        return Cell(TOO_FEW, note, few=True)
    return Cell(percent(value), note, next(name for least, name in TONES if value >= least) if tone else "")


def _is_wanted(figures: Figures, at: int, wanted: Wanted) -> bool:
    student = figures.students[at]
    words = f"{student.name} {student.username} {student.email} {student.external_id}".casefold()
    if any(word not in words for word in wanted.search.casefold().split()):
        return False
    match wanted.show:
        case "away":
            return not figures.studied[at, :WEEK].any()
        case "behind":
            return bool(figures.overdue[at].sum() >= BEHIND)
        case "new":
            return not figures.introduced[at].any()
        case _:
            return True


def _ordered(rows: list[int], figures: Figures, columns: Sequence[Column], wanted: Wanted) -> list[int]:
    """By name, or by a column and then by name; who has no figure there comes last either way."""
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    chosen = next((column.values for column in columns if column.key == key), None)
    rows = sorted(rows, key=lambda at: figures.students[at].name.casefold(), reverse=down and chosen is None)
    if chosen is None:
        return rows
    known = [at for at in rows if not isnan(chosen[at])]
    known.sort(key=lambda at: -chosen[at] if down else chosen[at])
    return known + [at for at in rows if isnan(chosen[at])]


def _row(class_id: int, student: ClassStudent, cells: Sequence[Cell]) -> Row:
    url = reverse("class-student", args=[class_id, student.public_id]) if student.public_id else ""
    return Row(student.name, url, cells)


def header(key: str, label: str, wanted: Wanted, *, help: str = "", number: bool = True) -> Header:
    """The head of a column with this key, which sorts by it: upwards first, then downwards."""
    now = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Header(label, wanted.address(sort=f"-{key}" if now == "ascending" else key), now, help, number)


def _groups(figures: Figures, before: int) -> list[tuple[str, int]]:
    titles: dict[int, tuple[str, int]] = {}
    for section in figures.sections:
        titles[section.deck_id] = (section.deck_title, titles.get(section.deck_id, ("", 0))[1] + 1)
    return [("", before), *titles.values()] if len(titles) > 1 else []


def pages_of(found: int, wanted: Wanted) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is this one; empty if one page holds all."""
    if found <= PAGE:
        return []
    numbers = [
        (str(number), wanted.address(page=number), wanted.page == number) for number in range(1, -(-found // PAGE) + 1)
    ]
    return [*numbers, (_("All"), wanted.address(page=0), wanted.page == 0)]
