"""The figures of classes read from the tables: in five queries whatever the number of students, cards and answers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Case, CharField, Count, Q, QuerySet, When
from django.db.models.functions import Cast

from quizzes.core.days import SOONEST_PREDICTED_DAYS, study_day
from quizzes.core.memory import DEFAULT_PARAMETERS, recall_of_many
from quizzes.core.phases import Phase
from quizzes.models import Card, CardProgress, Cohort, Enrolment, ParameterSet, ReviewLog
from quizzes.models.history import HistoryQuerySet
from quizzes.selectors.teaching.figures import (
    DAYS,
    BoolArray,
    ClassSection,
    ClassStudent,
    Figures,
    FloatArray,
    IntArray,
)


def enrolled(cohorts: Iterable[Cohort]) -> QuerySet[Enrolment]:
    """The students in these classes now."""
    return Enrolment.objects.filter(cohort__in=list(cohorts), role=Enrolment.Role.STUDENT, left_at=None)


def read_figures(enrolments: QuerySet[Enrolment], deck_ids: Collection[int], *, now: datetime) -> Figures:
    """The figures of these students over the cards that are asked in these decks."""
    students, sections, section_of = read_students(enrolments, now=now), *_sections(deck_ids)
    decks = sorted(deck_ids)
    who = {"user_id__in": enrolments.values("user_id"), "card__deck__in": decks}
    shape, by_deck = (len(students), len(sections)), (len(students), len(decks))
    memories = _Memories(students, section_of, CardProgress.objects.filter(card__status=Card.Status.ACTIVE, **who))
    days, asked, right = _daily(students, decks, ReviewLog.objects.filter(**who))
    return Figures(
        students=students,
        sections=sections,
        decks=decks,
        introduced=memories.count(memories.everything, shape),
        learned=memories.count(memories.learned, shape),
        recall=memories.total(shape),
        due=memories.count((memories.due > 0) & (memories.due <= memories.today), shape),
        overdue=memories.count((memories.due > 0) & (memories.due < memories.today), shape),
        last_day=memories.latest(shape),
        days=days,
        asked_again=asked.reshape(by_deck),
        right_again=right.reshape(by_deck),
    )


STUDENT_COLUMNS = (
    "user_id", "user__first_name", "user__last_name", "user__username", "user__email", "user__profile__public_id",
    "user__profile__external_id", "user__profile__time_zone", "user__study_settings__rollover_hour",
    "user__study_settings__parameter_set_id",
)  # fmt: skip


def read_students(enrolments: QuerySet[Enrolment], *, now: datetime) -> list[ClassStudent]:
    """These students, each once, in the order of their ids; two queries."""
    rows = list(enrolments.order_by("user_id").distinct().values_list(*STUDENT_COLUMNS))
    sets = ParameterSet.objects.filter(pk__in={row[-1] for row in rows if row[-1]})
    decays = {pk: values[-1] for pk, values in sets.values_list("pk", "values")}
    return [_student(row, decays.get(row[-1], DEFAULT_PARAMETERS[-1]), now) for row in rows]


def _student(row: Sequence[Any], decay: float, now: datetime) -> ClassStudent:
    user_id, first, last, username, email, public_id, external_id, zone, rollover, _set = row
    return ClassStudent(
        user_id=user_id,
        name=f"{first} {last}".strip() or username,
        username=username,
        email=email,
        public_id=public_id,
        external_id=external_id or "",
        today=study_day(now, ZoneInfo(zone or "UTC"), 4 if rollover is None else rollover),
        decay=decay,
    )


def _sections(deck_ids: Collection[int]) -> tuple[list[ClassSection], dict[int, int]]:
    """The sections that have cards, in teaching order, and for each card the place of its section."""
    rows = Card.objects.filter(deck__in=list(deck_ids), status=Card.Status.ACTIVE)
    columns = ("fact__section_id", "deck_id", "deck__title", "fact__section__noun_plural")
    order = ("deck__title", "deck_id", "fact__section__position", "fact__section_id", "pk")
    found: dict[int, list[Any]] = {}
    places: dict[int, int] = {}
    for card_id, *about in rows.order_by(*order).values_list("pk", *columns):
        kept = found.setdefault(about[0], [*about, 0])
        kept[-1] += 1
        places[card_id] = list(found).index(about[0])
    return [ClassSection(*values) for values in found.values()], places


class _Memories:
    """The students' rows of progress as columns; days are ordinals, 0 for none."""

    def __init__(
        self, students: Sequence[ClassStudent], section_of: dict[int, int], progress: QuerySet[CardProgress]
    ) -> None:
        days = {name: Cast(name, CharField()) for name in ("last_study_day", "due_on", "buried_until")}
        read = progress.exclude(phase=Phase.NEW).annotate(
            last=days["last_study_day"],
            due=Case(When(suspended=False, then=days["due_on"]), output_field=CharField()),
            buried=days["buried_until"],
        )
        place = {student.user_id: at for at, student in enumerate(students)}
        found = read.values_list("user_id", "card_id", "phase", "stability", "last", "due", "buried")
        rows = [row for row in found if row[0] in place and row[1] in section_of]
        users, cards, phases, stability, last, due, buried = zip(*rows, strict=True) if rows else ((),) * 7
        self.row = np.array([place[user] for user in users], np.int64)
        self.column = np.array([section_of[card] for card in cards], np.int64)
        self.today = np.array([student.today.toordinal() for student in students], np.int64)[self.row]
        self.last = _ordinals(last)
        hidden = _ordinals(buried) > self.today
        self.due = np.where(hidden, 0, _ordinals(due))
        decay = np.array([student.decay for student in students], np.float64)[self.row]
        elapsed = np.maximum(SOONEST_PREDICTED_DAYS, self.today - self.last).astype(np.float64)
        self.recall = recall_of_many(elapsed, np.array(stability, np.float64), decay)
        self.everything = np.ones(len(rows), np.bool_)
        self.learned = np.array([phase == Phase.REVIEW for phase in phases], np.bool_)

    def count(self, taken: BoolArray, shape: tuple[int, int]) -> IntArray:
        """How many of those taken there are, by student and section."""
        return np.bincount(self._cell(shape)[taken], minlength=shape[0] * shape[1]).reshape(shape)

    def total(self, shape: tuple[int, int]) -> FloatArray:
        """Predicted recall of the learned cards summed by student and section."""
        weights = np.where(self.learned, self.recall, 0.0)
        sums = np.bincount(self._cell(shape), weights=weights, minlength=shape[0] * shape[1])
        return np.asarray(sums, np.float64).reshape(shape)

    def latest(self, shape: tuple[int, int]) -> IntArray:
        """The last study day by student and section."""
        latest = np.zeros(shape, np.int64)
        np.maximum.at(latest, (self.row, self.column), self.last)
        return latest

    def _cell(self, shape: tuple[int, int]) -> IntArray:
        return self.row * shape[1] + self.column


def _daily(
    students: Sequence[ClassStudent], decks: Sequence[int], log: HistoryQuerySet
) -> tuple[BoolArray, IntArray, IntArray]:
    """From the log of the last days: who answered when, and how the first answers to cards met before went."""
    days = np.zeros((len(students), len(decks), DAYS), np.bool_)
    counts = np.zeros((2, len(students), len(decks)), np.int64)
    if students:
        places, order = (
            {student.user_id: at for at, student in enumerate(students)},
            {d: at for at, d in enumerate(decks)},
        )
        earliest = min(student.today for student in students).toordinal() - DAYS
        for user_id, day, deck_id, asked, right in _days_of(log, date.fromordinal(earliest)):
            if user_id not in places:
                continue
            row, column = places[user_id], order[deck_id]
            ago = max(0, (students[row].today - day).days)
            if ago < DAYS:
                days[row, column, ago] = True
                counts[:, row, column] += (asked, right)
    return days, counts[0], counts[1]


def _days_of(log: HistoryQuerySet, after: date) -> Iterable[tuple[int, date, int, int, int]]:
    """Person, day, deck, first answers of that day to cards met on an earlier one, and how many of them were right.

    On the day on which a card is met, and at its later answers of a day, predicted recall is none or 1. Days of nothing
    but practice are not among them.
    """
    again = Q(predicted_recall__lt=1, correct__isnull=False)
    rows: QuerySet[ReviewLog, Any] = log.filter(study_day__gt=after).answers_that_stand().order_by()
    return rows.values_list("user_id", "study_day", "card__deck_id").annotate(
        asked=Count("seq", filter=again), right=Count("seq", filter=again & Q(correct=True))
    )


def _ordinals(days: Sequence[str | None]) -> IntArray:
    known: dict[str | None, int] = {None: 0}
    known |= {day: date.fromisoformat(day).toordinal() for day in set(days) if day}
    return np.array([known[day] for day in days], np.int64)
