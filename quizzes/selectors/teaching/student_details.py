"""What stands below a student's pictures: hardest facts, facts taken for each other, attempts at quizzes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from quizzes.models import Attempt, Cohort, ReviewLog
from quizzes.selectors.teaching.grade_page import attempt_end_words, points_of, time_used
from quizzes.selectors.teaching.grade_words import mark_words

MOST_HARD, LEAST_MISSES = 10, 2
MOST_CONFUSED, MOST_ATTEMPTS = 10, 20


@dataclass(frozen=True, slots=True)
class HardFact:
    """A fact that the student misses often."""

    term: str
    section: str
    missed: int
    answers: int


@dataclass(frozen=True, slots=True)
class TakenFact:
    """A fact for which the student has given another; `url` leads to the two side by side."""

    asked: str
    taken: str
    section: str
    times: int
    last: str
    url: str


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt at a quiz of the class; `url` leads to it once it was submitted."""

    quiz: str
    number: int
    ended: str
    used: str
    mark: str
    points: str
    url: str


def hardest_facts(answers: QuerySet[ReviewLog, Any]) -> list[HardFact]:
    """The facts missed most often, from two misses on; one query."""
    columns = ("card__fact__term", "card__fact__section__noun_plural")
    counted = (
        answers.order_by()
        .values_list("card__fact_id", *columns)
        .annotate(missed=Count("seq", filter=Q(correct=False)), answers=Count("seq"))
    )
    worst = counted.filter(missed__gte=LEAST_MISSES).order_by("-missed", "answers", "card__fact__term")[:MOST_HARD]
    return [HardFact(*row[1:]) for row in worst]


def facts_taken(answers: QuerySet[ReviewLog, Any]) -> list[TakenFact]:
    """Which facts the student takes for which, most often first; one query."""
    columns = (
        "card__fact__term", "card__fact__section__noun_plural", "card__fact__code", "card__deck__slug",
        "taken_for__term", "taken_for__code",
    )  # fmt: skip
    counted = (
        answers.filter(correct=False, taken_for__isnull=False)
        .order_by()
        .values_list("card__fact_id", "taken_for_id", *columns)
        .annotate(times=Count("seq"), last=Max("study_day"))
    )
    found = counted.order_by("-times", "-last", "card__fact__term", "taken_for__term")[:MOST_CONFUSED]
    return [_taken(*row[2:]) for row in found]


def _taken(asked: str, section: str, code: str, slug: str, taken: str, other: str, times: int, last: date) -> TakenFact:
    url = f"{reverse('compare', args=[slug])}?{urlencode({'fact': [code, other]}, doseq=True)}"
    return TakenFact(asked, taken, section, times, date_format(last, "j M"), url)


def quiz_attempts(user_id: int, cohort: Cohort, zone: ZoneInfo) -> list[AttemptLine]:
    """The student's attempts at the quizzes of the class, the last first; one query."""
    rows = Attempt.objects.filter(user_id=user_id, quiz__cohort=cohort).select_related("quiz")
    return [_attempt(row, zone) for row in rows.order_by("-started_at", "-number")[:MOST_ATTEMPTS]]


def _attempt(row: Attempt, zone: ZoneInfo) -> AttemptLine:
    return AttemptLine(
        quiz=row.quiz.title,
        number=row.number,
        ended=attempt_end_words(row, zone),
        used=time_used(row),
        mark=mark_words(row.mark),
        points=points_of(row),
        url=reverse("class-attempt", args=[row.quiz.cohort_id, row.quiz_id, row.public_id]) if row.submitted_at else "",
    )
