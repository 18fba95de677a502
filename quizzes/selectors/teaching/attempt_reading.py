"""One submitted attempt as those who teach the class read it: every question with every answer choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.quiz_marks import Ruling
from quizzes.models import Attempt, Cohort, Quiz, Response, User
from quizzes.selectors.study.pages import LETTERS
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_page import attempt_end_words, points_of, time_used
from quizzes.selectors.teaching.grade_words import mark_words, minutes_words, moment_words, number_words, passed_words
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.selectors.teaching.quiz_items import Content, read_contents
from quizzes.selectors.teaching.quiz_questions import is_right, ruling_words
from quizzes.selectors.teaching.reading import enrolled
from quizzes.selectors.teaching.rulings import read_rulings


@dataclass(frozen=True, slots=True)
class ReadOption:
    """One answer choice in the order shown; `tag` says in words whether it was taken, and whether it is right."""

    letter: str
    text: str
    feedback: str
    right: bool
    chosen: bool
    tag: str


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """One question of the attempt."""

    position: int
    stem: str
    verdict: str
    correct: bool | None
    about: str
    ruling: str
    caution: str
    locator: str
    options: Sequence[ReadOption]
    ruling_url: str


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """The attempt of one student."""

    head: ClassHead
    quiz_id: int
    title: str
    name: str
    grade_url: str
    number: int
    started: str
    ended: str
    used: str
    mark: str
    passed: str
    points: str
    language: str
    questions: Sequence[ReadQuestion]


def find_attempt(cohort: Cohort, quiz: Quiz, public_id: UUID) -> Attempt | None:
    """The attempt, while its student is in the class; None else."""
    rows = Attempt.objects.filter(quiz=quiz, user__in=enrolled([cohort]).values("user"))
    return rows.filter(public_id=public_id).select_related("user__profile").first()


def attempt_page(user: User, cohort: Cohort, quiz: Quiz, attempt: Attempt, *, now: datetime) -> AttemptPage:
    """Everything on the page; ten queries."""
    responses = list(attempt.responses.order_by("position"))
    contents, rulings = read_contents({one.item_hash for one in responses}), read_rulings(quiz.pk)
    zone = zone_of(user)
    return AttemptPage(
        head=class_head(user, cohort, now=now),
        quiz_id=quiz.pk,
        title=quiz.title,
        name=person_name(attempt.user),
        grade_url=_grade_url(quiz, attempt),
        number=attempt.number,
        started=moment_words(attempt.started_at, zone),
        ended=attempt_end_words(attempt, zone),
        used=time_used(attempt),
        mark=mark_words(attempt.mark),
        passed=passed_words(attempt.mark, quiz.pass_mark),
        points=points_of(attempt),
        language=quiz.deck.language,
        questions=[
            _question(quiz, one, contents[one.item_hash], rulings.get(one.item_hash))
            for one in responses
            if one.item_hash in contents
        ],
    )


def _grade_url(quiz: Quiz, attempt: Attempt) -> str:
    profile = getattr(attempt.user, "profile", None)
    return reverse("class-grade", args=[quiz.cohort_id, profile.public_id, "quiz", quiz.pk]) if profile else ""


def _question(quiz: Quiz, response: Response, content: Content, ruling: Ruling | None) -> ReadQuestion:
    return ReadQuestion(
        position=response.position,
        stem=content["stem"],
        verdict=_verdict(response),
        correct=response.correct,
        about=_about(quiz, response),
        ruling=ruling_words(ruling, content),
        caution=content.get("caution", ""),
        locator=content.get("locator", ""),
        options=[
            _option(place, number, response, content, ruling)
            for place, number in enumerate(response.order)
            if number < len(content["options"])
        ],
        ruling_url=reverse("class-ruling", args=[quiz.cohort_id, quiz.pk, response.item_hash]),
    )


def _verdict(response: Response) -> str:
    if response.correct is None:
        return _("Left out")
    if response.correct:
        return _("Right")
    return _("Not answered") if response.chosen is None else _("Not right")


def _about(quiz: Quiz, response: Response) -> str:
    """Time, certainty and points, and whether it was a rapid guess."""
    said = []
    if response.duration_ms is not None:
        said.append(minutes_words(response.duration_ms / 1000))
    if response.rapid:
        said.append(_("rapid guess: faster than anybody reads"))
    if quiz.certainty and response.certainty:
        said.append(_("certainty %d of 3") % response.certainty)
    if quiz.certainty and response.score is not None:
        said.append(_("%s points") % number_words(response.score))
    return " · ".join(said)


def _option(place: int, number: int, response: Response, content: Content, ruling: Ruling | None) -> ReadOption:
    option, chosen = content["options"][number], number == response.chosen
    right = is_right(option["is_key"], number, ruling)
    return ReadOption(
        letter=LETTERS[place],
        text=option["text"],
        feedback=option["feedback"],
        right=right,
        chosen=chosen,
        tag=_tag(chosen=chosen, right=right, struck=number in response.struck),
    )


def _tag(*, chosen: bool, right: bool, struck: bool) -> str:
    if chosen:
        return _("✓ the student's answer") if right else _("✗ the student's answer")
    said = [_("✓ right") if right else "", _("struck out") if struck else ""]
    return ", ".join(filter(None, said))
