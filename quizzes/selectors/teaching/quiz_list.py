"""The quizzes of a class, and where each stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Cohort, Quiz
from quizzes.selectors.teaching.quiz_words import moment


class Stage(StrEnum):
    """What a quiz is to those who teach the class."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz in the list of a class."""

    title: str
    url: str
    stage: Stage
    badge: str
    said: str


def stage_of(quiz: Quiz, now: datetime) -> Stage:
    """Where the quiz stands by its own dates."""
    if quiz.published_at is None:
        return Stage.DRAFT
    if now < quiz.opens_at:
        return Stage.COMING
    return Stage.OPEN if now < quiz.closes_at else Stage.CLOSED


def stage_words(stage: Stage) -> str:
    """The stage on a badge."""
    return {
        Stage.DRAFT: _("draft"),
        Stage.COMING: _("not open yet"),
        Stage.OPEN: _("open"),
        Stage.CLOSED: _("closed"),
    }[stage]


def quiz_lines(cohort: Cohort, zone: ZoneInfo, *, now: datetime) -> list[QuizLine]:
    """The quizzes of a class: open ones, coming ones, drafts, then what is over, latest first; one query."""
    counted = Count("attempts__user", filter=Q(attempts__submitted_at__isnull=False), distinct=True)
    found = list(Quiz.objects.filter(cohort=cohort).annotate(submitted=counted))
    order = [Stage.OPEN, Stage.COMING, Stage.DRAFT, Stage.CLOSED]
    found.sort(key=lambda one: _rank(one, order.index(stage_of(one, now))))
    return [_line(one, zone, now) for one in found]


def _rank(quiz: Quiz, place: int) -> tuple[int, float, int]:
    over = place == 3
    return place, -quiz.closes_at.timestamp() if over else quiz.closes_at.timestamp(), quiz.pk


def _line(quiz: Quiz, zone: ZoneInfo, now: datetime) -> QuizLine:
    stage = stage_of(quiz, now)
    opens, closes = moment(quiz.opens_at, zone, now).said, moment(quiz.closes_at, zone, now).said
    submitted = getattr(quiz, "submitted", 0)
    said = {
        Stage.DRAFT: _("to open %(opens)s") % {"opens": opens},
        Stage.COMING: _("opens %(opens)s, closes %(closes)s") % {"opens": opens, "closes": closes},
        Stage.OPEN: _("closes %(closes)s; %(n)s so far") % {"closes": closes, "n": submitted_words(submitted)},
        Stage.CLOSED: _("closed %(closes)s; %(n)s") % {"closes": closes, "n": submitted_words(submitted)},
    }[stage]
    url = reverse("class-quiz", args=[quiz.cohort_id, quiz.pk])
    return QuizLine(quiz.title, url, stage, stage_words(stage), said)


def submitted_words(count: int) -> str:
    """“12 submitted”."""
    return ngettext("%d submitted", "%d submitted", count) % count
