"""A quiz as those who teach its class see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Attempt, Enrolment, Quiz, User
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.quiz_forms import read_blueprint
from quizzes.selectors.teaching.quiz_list import Stage, stage_of, stage_words
from quizzes.selectors.teaching.quiz_words import (
    Moment,
    closeness_words,
    direction_words,
    moment,
    problems_of,
    questions_words,
    section_words,
)
from quizzes.selectors.teaching.wording import students_words


@dataclass(frozen=True, slots=True)
class BlueprintLine:
    """A row of a blueprint as it is read."""

    number: str
    section: str
    direction: str
    closeness: str


@dataclass(frozen=True, slots=True)
class QuizPage:
    """A quiz with what it asks, how it is put, where it stands, and what stands in its way."""

    id: int
    title: str
    instructions: str
    stage: Stage
    badge: str
    sentence: str
    opens: Moment
    closes: Moment
    deck: str
    picked: bool
    frozen: bool
    published: bool
    started: bool
    questions: str
    rows: Sequence[BlueprintLine]
    facts: Sequence[tuple[str, str]]
    problems: Sequence[str]


def quiz_page(user: User, quiz: Quiz, *, now: datetime) -> QuizPage:
    """Everything on the page but the head of the class; the quiz's deck is at hand. Four queries."""
    stage, zone = stage_of(quiz, now), zone_of(user)
    counts = Attempt.objects.filter(quiz=quiz).aggregate(
        started=Count("user", distinct=True),
        submitted=Count("user", filter=Q(submitted_at__isnull=False), distinct=True),
    )
    return QuizPage(
        id=quiz.pk,
        title=quiz.title,
        instructions=quiz.instructions,
        stage=stage,
        badge=stage_words(stage),
        sentence=_sentence(quiz, stage, counts["started"], counts["submitted"], moment(quiz.opens_at, zone, now)),
        opens=moment(quiz.opens_at, zone, now),
        closes=moment(quiz.closes_at, zone, now),
        deck=quiz.deck.title,
        picked=quiz.picking == Quiz.Picking.PICKED,
        frozen=quiz.frozen_at is not None,
        published=quiz.published_at is not None,
        started=counts["started"] > 0,
        questions=questions_words(question_count(quiz)),
        rows=_rows(quiz) if quiz.picking == Quiz.Picking.DRAWN else (),
        facts=_facts(quiz),
        problems=[] if quiz.frozen_at else problems_of(quiz, most=1),
    )


def question_count(quiz: Quiz) -> int:
    """How many questions an attempt has."""
    if quiz.picking == Quiz.Picking.PICKED:
        return len(quiz.picks)
    return sum(row["number"] for row in quiz.blueprint)


def _sentence(quiz: Quiz, stage: Stage, started: int, submitted: int, opens: Moment) -> str:
    if stage is Stage.DRAFT:
        return _("A draft: students do not see it until you publish it.")
    students = Enrolment.objects.filter(cohort_id=quiz.cohort_id, role=Enrolment.Role.STUDENT, left_at=None).count()
    if stage is Stage.COMING and not started:
        return _("Opens %(opens)s, for %(students)s.") % {"opens": opens.said, "students": students_words(students)}
    return _("%(started)d of %(students)s started, %(submitted)d submitted.") % {
        "started": started,
        "students": students_words(students),
        "submitted": submitted,
    }


def _rows(quiz: Quiz) -> list[BlueprintLine]:
    titles = deck_content(quiz.deck).section_titles
    return [
        BlueprintLine(
            questions_words(row.number),
            section_words(titles, row.section),
            direction_words(row.direction or ""),
            closeness_words("" if row.direction == "not_member" else row.closeness),
        )
        for row in read_blueprint(quiz.blueprint)
    ]


def _facts(quiz: Quiz) -> list[tuple[str, str]]:
    """How the quiz is put: what it is called, and what holds."""
    forms = str(Quiz.Forms(quiz.forms).label)
    if quiz.forms == Quiz.Forms.PARALLEL:
        forms = _("%d parallel forms") % quiz.form_count
    limit = quiz.time_limit_minutes
    attempts = str(quiz.attempts_allowed)
    if quiz.attempts_allowed > 1:
        attempts = f"{attempts}; {Quiz.Counting(quiz.counting).label}"
    said = [
        (_("Forms"), forms if quiz.picking == Quiz.Picking.DRAWN else str(Quiz.Forms.SAME.label)),
        (_("Time"), ngettext("%d minute", "%d minutes", limit) % limit if limit else _("until it closes")),
        (_("Attempts"), attempts),
        (_("Answers shown"), str(Quiz.Feedback(quiz.feedback).label)),
        (_("Certainty marking"), _("yes") if quiz.certainty else _("no")),
        (_("Pass mark"), _("none") if quiz.pass_mark is None else percent(quiz.pass_mark)),
        (_("Reminders"), _("yes") if quiz.reminders else _("no")),
    ]
    return [(capfirst(name), value) for name, value in said]
