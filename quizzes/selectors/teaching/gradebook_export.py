"""The gradebook and the attempts behind it as rows for a spreadsheet: numbers are numbers, marks in percent."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.core.grades import Grade
from quizzes.models import Attempt, Cohort, Quiz
from quizzes.selectors.teaching.grade_words import state_words
from quizzes.selectors.teaching.gradebook import Gradebook, read_graded
from quizzes.selectors.teaching.windows import Thing

PLACES = 2
ATTEMPT_COLUMNS = (
    "user_id", "quiz__title", "quiz_id", "number", "started_at", "submitted_at", "ended_by", "mark", "score",
    "score_of",
)  # fmt: skip


def grade_rows(book: Gradebook) -> Iterator[list[object]]:
    """Heads, then a row for each student. Of each thing: mark in percent (empty where none counts), points, state."""
    yield [
        _("student id"), _("name"), _("user name"), _("e-mail"), _("group"), _("mean of marks so far (%)"),
        _("marks so far"), *(head for name, thing in _named(book.things) for head in _heads(name, thing)),
        _("site id"),
    ]  # fmt: skip
    for student, grades, mean in zip(book.students, book.grades, book.means, strict=True):
        yield [
            student.number, student.name, student.username, student.email, student.group, _percent(mean),
            sum(grade.mark is not None for grade in grades),
            *(cell for grade, thing in zip(grades, book.things, strict=True) for cell in _cells(grade, thing)),
            str(student.public_id or ""),
        ]  # fmt: skip


def attempt_rows(cohort: Cohort, zone: ZoneInfo) -> Iterator[list[object]]:
    """Heads, then a row for each attempt of the class's students, moments as ISO 8601; two queries."""
    yield [
        _("student id"), _("name"), _("quiz"), _("quiz number"), _("attempt"), _("started"), _("submitted"),
        _("ended by"), _("minutes"), _("mark (%)"), _("points"), _("points possible"),
    ]  # fmt: skip
    students = {student.user_id: student for student in read_graded(cohort)}
    rows = Attempt.objects.filter(quiz__cohort=cohort, quiz__published_at__isnull=False)
    ordered = rows.order_by("quiz__closes_at", "quiz_id", "user_id", "number").values_list(*ATTEMPT_COLUMNS)
    for user_id, title, quiz_id, number, started, submitted, ended_by, mark, score, score_of in ordered:
        if student := students.get(user_id):
            minutes = round((submitted - started).total_seconds() / 60, PLACES) if submitted else None
            yield [
                student.number, student.name, title, quiz_id, number, _moment(started, zone), _moment(submitted, zone),
                ended_by if submitted else _("under way"), minutes, _percent(mark), _number(score), _number(score_of),
            ]  # fmt: skip


def _named(things: Sequence[Thing]) -> list[tuple[str, Thing]]:
    """Each thing with a name that no other column has."""
    often = Counter(thing.title for thing in things)
    return [(f"{one.title} #{one.pk}" if often[one.title] > 1 else one.title, one) for one in things]


def _heads(name: str, thing: Thing) -> list[str]:
    points = [_("%s: points") % name] if _has_points(thing) else []
    return [_("%s (%%)") % name, *points, _("%s: state") % name]


def _cells(grade: Grade, thing: Thing) -> list[object]:
    points = [_number(grade.points)] if _has_points(thing) else []
    return [_percent(grade.mark), *points, state_words(grade, thing.pass_mark)]


def _has_points(thing: Thing) -> bool:
    return isinstance(thing, Quiz) and thing.certainty


def _percent(mark: float | None) -> float | int | None:
    return None if mark is None else _number(100 * mark)


def _number(value: float | None) -> float | int | None:
    """To two places, whole numbers without any."""
    if value is None:
        return None
    rounded = round(value, PLACES)
    return int(rounded) if rounded == int(rounded) else rounded


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else ""
