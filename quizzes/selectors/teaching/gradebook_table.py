"""The gradebook as a table: sorted, filtered and searched as the address says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.grades import Grade, Spread, Where, passes
from quizzes.models import Quiz
from quizzes.selectors.teaching.grade_words import NOTHING, mark_words, passed_words, points_words, where_words
from quizzes.selectors.teaching.gradebook import Gradebook, GradedStudent
from quizzes.selectors.teaching.grades import kind_of
from quizzes.selectors.teaching.table import TONES, Header
from quizzes.selectors.teaching.windows import Thing

PAGE = 100
EVERYBODY, MISSING, FAILING, EXCUSED = "", "missing", "failing", "excused"
NO_GROUP = "none"


@dataclass(frozen=True, slots=True)
class WantedGrades:
    """What the address asks for: a column (a dash in front for downwards), whom to show, a group, words, a page from 1.

    Page 0 is everybody on one page.
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
        plain = {"sort": "name", "show": "", "group": "", "q": ""}
        pages = {"page": wanted.page} if wanted.page != 1 else {}
        return "?" + urlencode({**{name: value for name, value in given.items() if value != plain[name]}, **pages})

    @property
    def narrowed(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.show or self.group or self.search)


@dataclass(frozen=True, slots=True)
class GradeCell:
    """A mark or a `state`, what is said beside it, and where it leads."""

    text: str
    note: str = ""
    tone: str = ""
    url: str = ""
    state: bool = False


@dataclass(frozen=True, slots=True)
class ThingHead:
    """The head of a thing's column: sorts by it; `url` leads to its own page, where there is one."""

    head: Header
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One student; `mean` is of the marks that count so far."""

    name: str
    url: str
    about: str
    mean: GradeCell
    cells: Sequence[GradeCell]


@dataclass(frozen=True, slots=True)
class GradeTable:
    """What is printed; `foot` has means and medians over all students of the class."""

    name: Header
    mean: Header
    things: Sequence[ThingHead]
    rows: Sequence[GradeRow]
    foot: Sequence[GradeCell]
    found: int
    pages: Sequence[tuple[str, str, bool]]


def grade_table(class_id: int, book: Gradebook, wanted: WantedGrades) -> GradeTable:
    """The rows that are wanted, in the order wanted."""
    rows = _ordered([at for at in range(len(book.students)) if _is_wanted(book, at, wanted)], book, wanted)
    shown = rows if wanted.page == 0 else rows[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    return GradeTable(
        name=_header("name", _("Student"), wanted, number=False),
        mean=_header("mean", _("Mean"), wanted),
        things=[_thing_head(class_id, thing, wanted) for thing in book.things],
        rows=[_row(class_id, book, at) for at in shown],
        foot=[_figure(spread) for spread in book.spreads],
        found=len(rows),
        pages=_pages(len(rows), wanted),
    )


def key_of(thing: Thing) -> str:
    """What a thing's column is called in addresses."""
    return f"{kind_of(thing)[0]}{thing.pk}"


def thing_url(class_id: int, thing: Thing) -> str:
    """Where an instructor reads how a thing went."""
    return reverse("class-quiz-results", args=[class_id, thing.pk]) if isinstance(thing, Quiz) else ""


def grade_url(class_id: int, student: GradedStudent, thing: Thing) -> str:
    """The page of one grade; empty for a student who has never signed in."""
    if student.public_id is None:
        return ""
    return reverse("class-grade", args=[class_id, student.public_id, kind_of(thing), thing.pk])


def tone_of(mark: float) -> str:
    """How warm a mark is."""
    return next(name for least, name in TONES if mark >= least)


def grade_cell(grade: Grade, thing: Thing, url: str = "") -> GradeCell:
    """A grade as it stands in a table."""
    notes = [points_words(grade.points)]
    failed = passes(grade.mark, thing.pass_mark) is False
    if failed and grade.where is not Where.MISSING:
        notes.append(passed_words(grade.mark, thing.pass_mark))
    if grade.by_hand:
        notes.append(_("set by hand") if grade.mark is not None else _("by hand"))
    if grade.mark is None:
        return GradeCell(where_words(grade.where), ", ".join(filter(None, notes)), url=url, state=True)
    if grade.where is Where.MISSING:
        notes.insert(0, where_words(grade.where))
    return GradeCell(mark_words(grade.mark), ", ".join(filter(None, notes)), tone_of(grade.mark), url)


def _row(class_id: int, book: Gradebook, at: int) -> GradeRow:
    student, grades, mean = book.students[at], book.grades[at], book.means[at]
    counted = sum(grade.mark is not None for grade in grades)
    return GradeRow(
        name=student.name,
        url=reverse("class-student", args=[class_id, student.public_id]) if student.public_id else "",
        about=", ".join(filter(None, [student.external_id, student.group])),
        mean=GradeCell(
            mark_words(mean),
            ngettext("of %d mark", "of %d marks", counted) % counted,
            "" if mean is None else tone_of(mean),
        ),
        cells=[
            grade_cell(grade, thing, grade_url(class_id, student, thing))
            for grade, thing in zip(grades, book.things, strict=True)
        ],
    )


def _figure(spread: Spread) -> GradeCell:
    n = ngettext("of %d mark", "of %d marks", spread.n) % spread.n
    if spread.mean is None:
        return GradeCell(NOTHING, n, state=True)
    return GradeCell(
        mark_words(spread.mean), _("median %(median)s %(n)s") % {"median": mark_words(spread.median), "n": n}
    )


def _is_wanted(book: Gradebook, at: int, wanted: WantedGrades) -> bool:
    student, grades = book.students[at], book.grades[at]
    words = f"{student.name} {student.username} {student.email} {student.external_id}".casefold()
    if any(word not in words for word in wanted.search.casefold().split()):
        return False
    if wanted.group and wanted.group != (NO_GROUP if student.group_id is None else str(student.group_id)):
        return False
    match wanted.show:
        case "missing":
            return any(grade.where is Where.MISSING for grade in grades)
        case "failing":
            pairs = zip(grades, book.things, strict=True)
            return any(passes(grade.mark, thing.pass_mark) is False for grade, thing in pairs)
        case "excused":
            return any(grade.by_hand for grade in grades)
        case _:
            return True


def _ordered(rows: list[int], book: Gradebook, wanted: WantedGrades) -> list[int]:
    """By name, or by a column and then by name; who has no mark there comes last either way."""
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    marks = _marks_by(book, key)
    if marks is None:
        return rows[::-1] if down else rows
    known = [(mark, at) for at in rows if (mark := marks[at]) is not None]
    known.sort(key=lambda one: -one[0] if down else one[0])
    return [at for _mark, at in known] + [at for at in rows if marks[at] is None]


def _marks_by(book: Gradebook, key: str) -> list[float | None] | None:
    """What the rows are sorted by; None for their names."""
    if key == "mean":
        return book.means
    column = next((at for at, thing in enumerate(book.things) if key_of(thing) == key), None)
    return None if column is None else [row[column].mark for row in book.grades]


def _thing_head(class_id: int, thing: Thing, wanted: WantedGrades) -> ThingHead:
    kind = _("Quiz") if isinstance(thing, Quiz) else _("Assignment")
    return ThingHead(_header(key_of(thing), thing.title, wanted), kind, thing_url(class_id, thing))


def _header(key: str, label: str, wanted: WantedGrades, *, number: bool = True) -> Header:
    now = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Header(label, wanted.address(sort=f"-{key}" if now == "ascending" else key), now, number=number)


def _pages(found: int, wanted: WantedGrades) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is this one; empty if one page holds all."""
    if found <= PAGE:
        return []
    numbers = range(1, -(-found // PAGE) + 1)
    pages = [(str(number), wanted.address(page=number), wanted.page == number) for number in numbers]
    return [*pages, (_("All"), wanted.address(page=0), wanted.page == 0)]
