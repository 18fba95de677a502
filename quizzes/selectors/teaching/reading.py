"""The figures of classes, from what is known of each of their students: a constant number of queries."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import QuerySet

from quizzes.core.calibration import Weights
from quizzes.core.days import study_day
from quizzes.core.exam_scores import ExamScores
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.models import Card, Cohort, Enrolment, ParameterSet
from quizzes.selectors.teaching.figures import ClassSection, ClassStudent, Figures
from quizzes.selectors.teaching.keeping import first_day, know
from quizzes.selectors.teaching.recollection import AskedCards, Recollection
from quizzes.selectors.teaching.study_days import study_days

MOST_AHEAD = 5_000
"""How many students a server reads ahead."""


def enrolled(cohorts: Iterable[Cohort]) -> QuerySet[Enrolment]:
    """The students in these classes now."""
    return Enrolment.objects.filter(cohort__in=list(cohorts), role=Enrolment.Role.STUDENT, left_at=None)


class Reading:
    """What is known of students and the cards that are asked in some decks; figures and scores are made of it."""

    def __init__(self, enrolments: QuerySet[Enrolment], deck_ids: Collection[int], *, now: datetime) -> None:
        self.students = read_students(enrolments, now=now)
        self.sections, cards = _sections(deck_ids)
        self.decks = sorted(deck_ids)
        known = know({student.user_id: student.last_seq for student in self.students}, since=first_day(now))
        self._memories = Recollection(self.students, cards, known)
        self._days = study_days(self.students, self.decks, known)

    def figures(self, on: date | None = None) -> Figures:
        """The figures of these students; recall is that of the day `on`, if nothing more is studied until then."""
        memories, days, shape = self._memories, self._days, (len(self.students), len(self.sections))
        return Figures(
            students=self.students,
            sections=self.sections,
            decks=self.decks,
            introduced=memories.count(memories.everything, shape),
            learned=memories.count(memories.learned, shape),
            recall=memories.total(memories.recall(on), shape),
            due=memories.count((memories.due > 0) & (memories.due <= memories.today), shape),
            overdue=memories.count((memories.due > 0) & (memories.due < memories.today), shape),
            coming=memories.count(memories.is_coming, shape),
            last_day=memories.latest(shape),
            days=days.days,
            asked_again=days.asked,
            right_again=days.right,
            answers=days.answers,
            weeks=days.weeks,
            week_asked=days.week_asked,
            week_right=days.week_right,
            on=on,
        )

    def scores(self, on: date | None, section_ids: Collection[int]) -> ExamScores | None:
        """What each student would score on the day, if these sections were asked; None if they have no cards."""
        examined = np.array([section.id in section_ids for section in self.sections], np.bool_)
        return self._memories.scores(on, examined)


def read_figures(enrolments: QuerySet[Enrolment], deck_ids: Collection[int], *, now: datetime) -> Figures:
    """The figures of these students over the cards that are asked in these decks, today."""
    return Reading(enrolments, deck_ids, now=now).figures()


def read_ahead(*, now: datetime) -> None:
    """Know the students of all classes that are not in the archive, those of the newest first, before anybody asks."""
    rows = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, left_at=None, cohort__archived_at=None)
    numbered = rows.order_by("-cohort_id", "user_id").values_list("user_id", "user__study_session__last_seq")
    know({user_id: last_seq or 0 for user_id, last_seq in numbered[:MOST_AHEAD]}, since=first_day(now))


STUDENT_COLUMNS = (
    "user_id", "user__first_name", "user__last_name", "user__username", "user__email", "user__profile__public_id",
    "user__profile__external_id", "user__profile__time_zone", "user__study_settings__rollover_hour",
    "user__study_session__last_seq", "user__calibration__weights", "user__calibration__covariance",
    "user__study_settings__parameter_set_id",
)  # fmt: skip


def read_students(enrolments: QuerySet[Enrolment], *, now: datetime) -> list[ClassStudent]:
    """These students, each once, in the order of their ids; two queries."""
    rows = list(enrolments.order_by("user_id").distinct().values_list(*STUDENT_COLUMNS))
    sets = ParameterSet.objects.filter(pk__in={row[-1] for row in rows if row[-1]})
    decays = {pk: values[-1] for pk, values in sets.values_list("pk", "values")}
    return [_student(row, decays.get(row[-1], DEFAULT_PARAMETERS[-1]), now) for row in rows]


def _student(row: Sequence[Any], decay: float, now: datetime) -> ClassStudent:
    (
        user_id, first, last, username, email, public_id, external_id, zone_name, rollover, last_seq, weights,
        covariance, _set,
    ) = row  # fmt: skip
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
        covariance=covariance or (),
        last_seq=last_seq or 0,
        zone=zone,
        rollover_hour=rollover_hour,
    )


def _sections(deck_ids: Collection[int]) -> tuple[list[ClassSection], AskedCards]:
    """The sections that have cards, in teaching order, and the cards."""
    rows = Card.objects.filter(deck__in=list(deck_ids), status=Card.Status.ACTIVE)
    columns = ("fact__section_id", "deck_id", "deck__title", "fact__section__noun_plural")
    order = ("deck__title", "deck_id", "fact__section__position", "fact__section_id", "pk")
    found: dict[int, list[Any]] = {}
    places, column, choices = dict[int, int](), list[int](), list[int]()
    for card_id, asked_among, *about in rows.order_by(*order).values_list("pk", "choices", *columns):
        kept = found.setdefault(about[0], [*about, 0])
        kept[-1] += 1
        places[card_id] = len(places)
        column.append(len(found) - 1)
        choices.append(asked_among)
    k = np.array(choices, np.float64)
    guess = np.divide(1.0, k, out=np.zeros(len(k)), where=k > 0)
    return [ClassSection(*values) for values in found.values()], AskedCards(places, np.array(column, np.int64), guess)
