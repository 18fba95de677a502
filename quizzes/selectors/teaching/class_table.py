"""The table of a class: a row for each student; sorted, filtered and searched as the address says."""

from collections.abc import Sequence
from math import isnan

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.exam_scores import ExamScores
from quizzes.selectors.teaching.class_columns import columns_of, group_column
from quizzes.selectors.teaching.due_work import Worked
from quizzes.selectors.teaching.figures import WEEK, ClassStudent, Figures
from quizzes.selectors.teaching.groups import NO_GROUPS, Groups
from quizzes.selectors.teaching.table import (
    BEHIND,
    MEMORY,
    ONE_LINE,
    PAGE,
    WITH_INTERVALS,
    Cell,
    Column,
    Row,
    Table,
    Wanted,
    header,
    pages_of,
)

MOST_LONG = 40
"""Up to so many students cells show their intervals unless the address says otherwise."""


def class_table(
    class_id: int,
    figures: Figures,
    wanted: Wanted,
    groups: Groups = NO_GROUPS,
    scores: ExamScores | None = None,
    worked: Worked | None = None,
) -> Table:
    """The rows that are wanted, in the order wanted; with a column of groups where there are any.

    It can be sorted by a column that only the other view shows.
    """
    rows = rows_wanted(figures, wanted, groups)
    is_long = wanted.cells == WITH_INTERVALS or (wanted.cells != ONE_LINE and len(rows) <= MOST_LONG)
    views = columns_of(figures, scores, worked, long=is_long)
    first = [group_column(figures, groups)] if groups else []
    rows = _ordered(rows, figures, [*first, *(column for view in views.values() for column in view)], wanted)
    columns = [*first, *views.get(wanted.view, views[MEMORY])]
    shown = rows if wanted.page == 0 else rows[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    return Table(
        headers=[
            header("name", _("Student"), wanted, number=False),
            *(header(one.key, one.label, wanted, help=one.help) for one in columns),
        ],
        rows=[_row(class_id, figures.students[at], [column.cell(at) for column in columns]) for at in shown],
        total=_total(rows, len(figures.students), columns),
        groups=_groups(figures, len(columns) - len(figures.sections) + 1) if wanted.view == MEMORY else [],
        found=len(rows),
        pages=pages_of(len(rows), wanted),
        long=is_long,
    )


def students_wanted(figures: Figures, wanted: Wanted, groups: Groups = NO_GROUPS) -> set[int]:
    """The ids of the students whom the table shows, on whatever page."""
    return {figures.students[at].user_id for at in rows_wanted(figures, wanted, groups)}


def rows_wanted(figures: Figures, wanted: Wanted, groups: Groups) -> list[int]:
    """The places of those students."""
    rows = range(len(figures.students))
    return [at for at in rows if _is_wanted(figures, at, wanted) and _is_in(figures, at, wanted, groups)]


def _is_in(figures: Figures, at: int, wanted: Wanted, groups: Groups) -> bool:
    return not (groups and wanted.group) or wanted.group == str(groups.id_of(figures.students[at].user_id))


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


def _total(rows: Sequence[int], students: int, columns: Sequence[Column]) -> Row | None:
    """The row of all that are shown together; none for one student."""
    if len(rows) < 2:
        return None
    name = _("All %d") if len(rows) == students else _("These %d")
    return Row(name % len(rows), "", [column.total(rows) for column in columns], total=True)


def _groups(figures: Figures, before: int) -> list[tuple[str, int]]:
    titles: dict[int, tuple[str, int]] = {}
    for section in figures.sections:
        titles[section.deck_id] = (section.deck_title, titles.get(section.deck_id, ("", 0))[1] + 1)
    return [("", before), *titles.values()] if len(titles) > 1 else []
