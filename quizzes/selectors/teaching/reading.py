"""The figures of classes, from what is known of each of their students: a constant number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import QuerySet

from quizzes.core.calibration import Weights, calibrated_many
from quizzes.core.days import SOONEST_PREDICTED_DAYS, study_day
from quizzes.core.memory import DEFAULT_PARAMETERS, recall_of_many
from quizzes.models import Card, Cohort, Enrolment, ParameterSet
from quizzes.selectors.teaching.figures import (
    DAYS,
    BoolArray,
    ClassSection,
    ClassStudent,
    Figures,
    FloatArray,
    IntArray,
)
from quizzes.selectors.teaching.keeping import NO_CARDS, NO_DAYS, Known, Rows, first_day, know

MOST_AHEAD = 5_000
"""How many students a server reads ahead."""


def enrolled(cohorts: Iterable[Cohort]) -> QuerySet[Enrolment]:
    """The students in these classes now."""
    return Enrolment.objects.filter(cohort__in=list(cohorts), role=Enrolment.Role.STUDENT, left_at=None)


def read_figures(enrolments: QuerySet[Enrolment], deck_ids: Collection[int], *, now: datetime) -> Figures:
    """The figures of these students over the cards that are asked in these decks."""
    students, sections, section_of = read_students(enrolments, now=now), *_sections(deck_ids)
    decks, shape = sorted(deck_ids), (len(students), len(sections))
    known = know({student.user_id: student.last_seq for student in students}, since=first_day(now))
    memories, (days, asked, right) = _Memories(students, section_of, known), _daily(students, decks, known)
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
        asked_again=asked,
        right_again=right,
    )


def read_ahead(*, now: datetime) -> None:
    """Know the students of all classes that are not in the archive, those of the newest first, before anybody asks."""
    rows = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None, cohort__archived_at=None)
    numbered = rows.order_by("-cohort_id", "user_id").values_list("user_id", "user__study_session__last_seq")
    know({user_id: last_seq or 0 for user_id, last_seq in numbered[:MOST_AHEAD]}, since=first_day(now))


STUDENT_COLUMNS = (
    "user_id", "user__first_name", "user__last_name", "user__username", "user__email", "user__profile__public_id",
    "user__profile__external_id", "user__profile__time_zone", "user__study_settings__rollover_hour",
    "user__study_session__last_seq", "user__calibration__weights", "user__study_settings__parameter_set_id",
)  # fmt: skip


def read_students(enrolments: QuerySet[Enrolment], *, now: datetime) -> list[ClassStudent]:
    """These students, each once, in the order of their ids; two queries."""
    rows = list(enrolments.order_by("user_id").distinct().values_list(*STUDENT_COLUMNS))
    sets = ParameterSet.objects.filter(pk__in={row[-1] for row in rows if row[-1]})
    decays = {pk: values[-1] for pk, values in sets.values_list("pk", "values")}
    return [_student(row, decays.get(row[-1], DEFAULT_PARAMETERS[-1]), now) for row in rows]


def _student(row: Sequence[Any], decay: float, now: datetime) -> ClassStudent:
    user_id, first, last, username, email, public_id, external_id, zone_name, rollover, last_seq, weights, _set = row
    zone, rollover_hour = ZoneInfo(zone_name or "UTC"), 4 if rollover is None else rollover
    return ClassStudent(
        user_id=user_id,
        name=f"{first} {last}".strip() or username,
        username=username,
        email=email,
        public_id=public_id,
        external_id=external_id or "",
        today=study_day(now, zone, rollover_hour),
        decay=decay,
        weights=Weights(*(weights or ())),
        last_seq=last_seq or 0,
        zone=zone,
        rollover_hour=rollover_hour,
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
    """The students' memories as columns; days are ordinals, 0 for none."""

    def __init__(self, students: Sequence[ClassStudent], section_of: Mapping[int, int], known: Sequence[Known]) -> None:
        row, cards = _joined([one.cards for one in known], empty=NO_CARDS)
        column = _places(section_of, cards["card"])
        asked = column >= 0
        self.row, self.column, cards = row[asked], column[asked], cards[asked]
        self.today = np.array([student.today.toordinal() for student in students], np.int64)[self.row]
        self.last = cards["last"].astype(np.int64)
        self.due = np.where(cards["buried"] > self.today, 0, cards["due"])
        decay = np.array([student.decay for student in students], np.float64)[self.row]
        elapsed = np.maximum(SOONEST_PREDICTED_DAYS, self.today - self.last).astype(np.float64)
        self.recall = calibrated_many(
            recall_of_many(elapsed, cards["stability"], decay),
            elapsed_days=elapsed,
            reps=cards["reps"].astype(np.float64),
            lapses=cards["lapses"].astype(np.float64),
            weights=np.array([student.weights for student in students], np.float64).reshape(-1, 5)[self.row],
            decay=decay,
        )
        self.everything, self.learned = np.ones(len(cards), np.bool_), cards["learned"]

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
    students: Sequence[ClassStudent], decks: Sequence[int], known: Sequence[Known]
) -> tuple[BoolArray, IntArray, IntArray]:
    """Of the last days: who answered when, and how the first answers to cards met before went."""
    row, days = _joined([one.days for one in known], empty=NO_DAYS)
    today = np.array([student.today.toordinal() for student in students], np.int64)[row]
    column, ago = _places({deck: at for at, deck in enumerate(decks)}, days["deck"]), np.maximum(0, today - days["day"])
    taken = (column >= 0) & (ago < DAYS)
    row, column, ago, days = row[taken], column[taken], ago[taken], days[taken]
    answered = np.zeros((len(students), len(decks), DAYS), np.bool_)
    answered[row, column, ago] = True
    asked, right = (np.zeros((len(students), len(decks)), np.int64) for _ in range(2))
    np.add.at(asked, (row, column), days["asked"])
    np.add.at(right, (row, column), days["right"])
    return answered, asked, right


def _joined(parts: Sequence[Rows], *, empty: Rows) -> tuple[IntArray, Rows]:
    """All parts under each other, and for each row of them which part it is of."""
    row = np.repeat(np.arange(len(parts)), np.array([len(part) for part in parts], np.int64))
    return row, np.concatenate([empty, *parts], dtype=empty.dtype)


def _places(place_of: Mapping[int, int], ids: IntArray) -> IntArray:
    """Where each id has its place, -1 for those that have none."""
    places = np.full(1 + max(place_of, default=0), -1, np.int64)
    places[np.array(list(place_of), np.int64)] = list(place_of.values())
    return np.where(ids < len(places), places[np.minimum(ids, len(places) - 1)], -1)
