"""A student's own grades, class by class, as far as each quiz lets them be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.core.grades import Grade, Where
from quizzes.models import Attempt, Cohort, Quiz, User
from quizzes.selectors.access import own_assignments, own_quizzes
from quizzes.selectors.teaching.grade_history import GradeNote, Key, read_history
from quizzes.selectors.teaching.grade_words import mark_words, moment_words, passed_words, points_words, where_words
from quizzes.selectors.teaching.grades import GradeSheet, kind_of, read_grades
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.windows import RuleBook, Thing, read_rules


@dataclass(frozen=True, slots=True)
class OwnAttempt:
    """An attempt with its mark, and the id by which its review is found."""

    number: int
    mark: str
    public_id: str


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """One thing with its mark, or why there is none to be seen; `notes` say what an instructor changed, and why."""

    kind: str
    id: int
    title: str
    mark: str
    points: str
    state: str
    closes: str
    by_hand: bool
    attempts: Sequence[OwnAttempt]
    notes: Sequence[GradeNote]


@dataclass(frozen=True, slots=True)
class OwnClassGrades:
    """The things of one class, by when they close."""

    name: str
    grades: Sequence[OwnGrade]


def own_grades(user: User, *, now: datetime) -> list[OwnClassGrades]:
    """The grades of every active class that the person is a student of; eleven queries at most."""
    zone = zone_of(user)
    things: list[Thing] = [
        *own_assignments(user).select_related("cohort"),
        *own_quizzes(user).select_related("cohort"),
    ]
    things.sort(key=lambda one: (one.closes_at, kind_of(one), one.pk))
    reader = _Reader(user, things, zone, now)
    classes: dict[int, tuple[Cohort, list[OwnGrade]]] = {}
    for thing in things:
        classes.setdefault(thing.cohort_id, (thing.cohort, []))[1].append(reader.grade(thing))
    ordered = sorted(classes.values(), key=lambda one: (one[0].name.casefold(), one[0].pk))
    return [OwnClassGrades(cohort.name, grades) for cohort, grades in ordered]


def shows_marks(quiz: Quiz, rules_of_all: RuleBook, now: datetime) -> bool:
    """Whether students may see marks of the quiz already: with feedback after closing once it has closed for all."""
    return quiz.feedback != Quiz.Feedback.CLOSING or now >= rules_of_all.closes_last_at(quiz)


class _Reader:
    def __init__(self, user: User, things: Sequence[Thing], zone: ZoneInfo, now: datetime) -> None:
        self.user, self.zone, self.now = user, zone, now
        self.sheet: GradeSheet = read_grades(things, [user.pk], now=now)
        self.history: Mapping[Key, Sequence[GradeNote]] = read_history(things, user.pk, zone)
        quizzes = [one for one in things if isinstance(one, Quiz)]
        self.rules_of_all = read_rules(quizzes)
        self.attempts: dict[int, list[Attempt]] = {}
        rows = Attempt.objects.filter(user=user, quiz__in=quizzes, submitted_at__isnull=False).order_by("number")
        for row in rows:
            self.attempts.setdefault(row.quiz_id, []).append(row)

    def grade(self, thing: Thing) -> OwnGrade:
        grade = self.sheet.of(thing, self.user.pk)
        shown = not isinstance(thing, Quiz) or shows_marks(thing, self.rules_of_all, self.now)
        seen = shown or grade.where is Where.EXCUSED
        return OwnGrade(
            kind=kind_of(thing),
            id=thing.pk,
            title=thing.title,
            mark=mark_words(grade.mark) if seen and grade.mark is not None else "",
            points=points_words(grade.points) if seen else "",
            state=self._state(thing, grade, seen=seen),
            closes=self._closes(thing),
            by_hand=seen and grade.by_hand,
            attempts=self._attempts(thing) if shown else [],
            notes=self._notes(thing, shown=shown, seen=seen),
        )

    def _closes(self, thing: Thing) -> str:
        closes_at = self.sheet.rules.of(thing, self.user.pk).window.closes_at
        words = _("closes %s") if self.now < closes_at else _("closed %s")
        return words % moment_words(closes_at, self.zone)

    def _state(self, thing: Thing, grade: Grade, *, seen: bool) -> str:
        if grade.mark is None or grade.where is Where.MISSING:
            return where_words(grade.where)
        if not seen:
            assert isinstance(thing, Quiz)
            closes = moment_words(self.rules_of_all.closes_last_at(thing), self.zone)
            return _("done; marks are shown after %s") % closes
        return passed_words(grade.mark, thing.pass_mark)

    def _notes(self, thing: Thing, *, shown: bool, seen: bool) -> list[GradeNote]:
        """All of them; of a quiz whose marks are not shown yet only the excuse, without the mark before it."""
        found = list(self.history.get((kind_of(thing), thing.pk), []))
        if shown:
            return found
        return [replace(note, before="") for note in found[:1]] if seen else []

    def _attempts(self, thing: Thing) -> list[OwnAttempt]:
        rows = self.attempts.get(thing.pk, []) if isinstance(thing, Quiz) else []
        return [OwnAttempt(row.number, mark_words(row.mark), str(row.public_id)) for row in rows]
