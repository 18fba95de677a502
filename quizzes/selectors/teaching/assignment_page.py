"""An assignment as its instructors see it: the sentence that matters, the picture, who is where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan, nan
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.effort import mark_of
from quizzes.core.windows import State
from quizzes.formats.plots import Bar, Plot, bars
from quizzes.models import Assignment, Cohort, User
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.assignment_words import (
    REACHED,
    counts_words,
    how_words,
    is_new,
    progress_words,
    scope_words,
    stage_words,
    standing_sentence,
    state_words,
)
from quizzes.selectors.teaching.assignments import Place, read_places
from quizzes.selectors.teaching.class_page import ClassHead, class_head, group_choices
from quizzes.selectors.teaching.figures import ClassStudent
from quizzes.selectors.teaching.groups import groups_of
from quizzes.selectors.teaching.moments import exact_moment, exam_words, moment_words
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.reading import enrolled, read_students
from quizzes.selectors.teaching.table import PAGE, Cell, Row, Table, Wanted, header, pages_of
from quizzes.selectors.teaching.wording import TOO_FEW, day_words, students_words

BANDS = 10
PASSED, MISSING, NOT_BEGUN, EXCUSED = "passed", "missing", "new", "excused"


@dataclass(frozen=True, slots=True)
class AssignmentHead:
    """What an assignment is, in words; of a `draft` students see nothing."""

    id: int
    title: str
    draft: bool
    state: str
    deck: str
    scope: str
    instructions: str
    opens: str
    opens_exact: str
    closes: str
    closes_exact: str
    exam: str
    counts: str
    how: str
    pass_mark: str
    reminders: bool
    deletable: bool


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """The assignment with who is where in it; `plot` is None while nobody has a mark."""

    head: ClassHead
    about: AssignmentHead
    students: int
    sentence: str
    plot: Plot | None
    table: Table
    wanted: Wanted
    shows: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str]]


def assignment_page(
    user: User, cohort: Cohort, assignment: Assignment, wanted: Wanted, *, now: datetime
) -> AssignmentPage:
    """Everything on the page; 26 queries at most, however large the class."""
    head, zone = class_head(user, cohort, now=now), zone_of(user)
    students = read_students(enrolled([cohort]), now=now)
    found = read_places([assignment], students, now=now)
    places, groups = {user_id: place for (_assignment, user_id), place in found.items()}, groups_of(cohort)
    listed = [one for one in students if not groups or wanted.group in ("", str(groups.id_of(one.user_id)))]
    return AssignmentPage(
        head=head,
        about=assignment_head(assignment, zone, now),
        students=len(students),
        sentence=standing_sentence(places),
        plot=_plot(assignment, places),
        table=_table(cohort.pk, assignment, listed, places, wanted, zone, now),
        wanted=wanted,
        shows=[
            ("", _("everybody")),
            (PASSED, _("pass mark reached")),
            (MISSING, _("pass mark not reached")),
            (NOT_BEGUN, _("not begun")),
            (EXCUSED, _("excused")),
        ],
        groups=group_choices(groups),
    )


def assignment_head(assignment: Assignment, zone: ZoneInfo, now: datetime) -> AssignmentHead:
    """What the assignment is; three queries."""
    kept = assignment.results.exists() or assignment.grade_changes.exists()
    return AssignmentHead(
        id=assignment.pk,
        title=assignment.title,
        draft=assignment.published_at is None,
        state=stage_words(assignment, now),
        deck=assignment.deck.title,
        scope=scope_words(assignment, [section.noun_plural for section in assignment.sections.order_by("position")]),
        instructions=assignment.instructions,
        opens=moment_words(assignment.opens_at, zone, now),
        opens_exact=exact_moment(assignment.opens_at, zone),
        closes=moment_words(assignment.closes_at, zone, now),
        closes_exact=exact_moment(assignment.closes_at, zone),
        exam=exam_words(assignment.exam_on, now.astimezone(zone).date()),
        counts=counts_words(assignment),
        how=how_words(assignment),
        pass_mark=percent(assignment.pass_mark),
        reminders=assignment.reminders,
        deletable=not kept,
    )


def _plot(assignment: Assignment, places: Mapping[int, Place]) -> Plot | None:
    marks = [place.mark for place in places.values() if place.mark is not None]
    if not marks:
        return None
    counts = [0] * BANDS
    for mark in marks:
        counts[min(BANDS - 1, int(mark * BANDS + 1e-9))] += 1
    middle = sorted(marks)[(len(marks) - 1) // 2]
    half = _("Half of them are at %(middle)s or more; %(pass)s passes")
    none = _("At least half of them are still at %(middle)s; %(pass)s passes")
    title = (half if middle else none) % {"middle": percent(middle), "pass": percent(assignment.pass_mark)}
    found = [
        Bar(band, [count], f"{band}: {students_words(count)}", short=f"{10 * at}")
        for at, count in enumerate(counts)
        for band in [f"{10 * at}–{10 * at + (9 if at < BANDS - 1 else 10)} %"]
    ]
    return bars(
        title, found, x_label=_("mark, %"), y_label=_("students"), series=(_("Students"),),
        columns=(_("Mark"), _("Students")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table before it is sorted: what it sorts by, nan for what comes last."""

    student: ClassStudent
    place: Place
    values: Mapping[str, float]


def _table(
    class_id: int,
    assignment: Assignment,
    students: Sequence[ClassStudent],
    places: Mapping[int, Place],
    wanted: Wanted,
    zone: ZoneInfo,
    now: datetime,
) -> Table:
    lines = [_line(assignment, student, places[student.user_id]) for student in students if student.user_id in places]
    rows = _ordered([line for line in lines if _is_wanted(line, wanted)], wanted)
    shown = rows if wanted.page == 0 else rows[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    columns = (
        ("state", _("State"), ""),
        ("progress", _("Progress"), _("what counts so far, or when it closed")),
        ("mark", _("Mark"), _("what it would be now; once it has closed, what it is")),
        ("seen", _("Last seen"), _("last day with an answer in the cards of this assignment; practice does not count")),
    )
    return Table(
        headers=[
            header("name", _("Student"), wanted, number=False),
            *(header(key, label, wanted, help=said, number=key != "state") for key, label, said in columns),
        ],
        rows=[_row(class_id, assignment, line, zone, now) for line in shown],
        groups=[],
        found=len(rows),
        pages=pages_of(len(rows), wanted),
    )


def _line(assignment: Assignment, student: ClassStudent, place: Place) -> _Line:
    effort = place.effort
    values = {
        "state": float(list(State).index(place.state)),
        "progress": nan if effort is None else mark_of(effort, assignment.counts, assignment.days_needed),
        "mark": nan if place.mark is None else place.mark,
        "seen": float(place.last) if place.last else nan,
    }
    return _Line(student, place, values)


def _is_wanted(line: _Line, wanted: Wanted) -> bool:
    student, place = line.student, line.place
    words = f"{student.name} {student.username} {student.email} {student.external_id}".casefold()
    if any(word not in words for word in wanted.search.casefold().split()):
        return False
    match wanted.show:
        case "passed":
            return place.state in REACHED
        case "missing":
            return place.state in (State.OPEN, State.UNDER_WAY, State.OVERDUE)
        case "new":
            return is_new(place)
        case "excused":
            return place.state is State.EXCUSED
        case _:
            return True


def _ordered(lines: list[_Line], wanted: Wanted) -> list[_Line]:
    """By name, or by a column and then by name; who has no figure there comes last either way."""
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    known = key in ("state", "progress", "mark", "seen")
    lines = sorted(lines, key=lambda line: line.student.name.casefold(), reverse=down and not known)
    if not known:
        return lines
    figured = [line for line in lines if not isnan(line.values[key])]
    figured.sort(key=lambda line: -line.values[key] if down else line.values[key])
    return figured + [line for line in lines if isnan(line.values[key])]


def _row(class_id: int, assignment: Assignment, line: _Line, zone: ZoneInfo, now: datetime) -> Row:
    student, place = line.student, line.place
    url = reverse("class-student", args=[class_id, student.public_id]) if student.public_id else ""
    own = _("own dates: until %s") % moment_words(place.window.closes_at, zone, now) if place.own_dates else ""
    mark = Cell(TOO_FEW) if place.mark is None else Cell(percent(place.mark), _("by hand") if place.by_hand else "")
    seen = Cell(_("never"))
    if place.last:
        day = date.fromordinal(place.last)
        seen = Cell(day_words((student.today - day).days), date_format(day, "j M"))
    return Row(
        student.name, url, [Cell(state_words(place), own), Cell(progress_words(assignment, place.effort)), mark, seen]
    )
