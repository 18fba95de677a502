"""An attempt looked back upon: what was chosen, what was right, and why, once that may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.quiz_marks import POINTS_IF_RIGHT, Ruling
from quizzes.models import Attempt, Quiz, Response, User
from quizzes.selectors.study.items import get_items
from quizzes.selectors.study.pages import LETTERS
from quizzes.selectors.teaching.attempt_pages import option_tag
from quizzes.selectors.teaching.attempt_words import ended_words, mark_words, moment, points, points_words, stem_parts
from quizzes.selectors.teaching.own_quiz import certainty_words
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.rulings import read_rulings
from quizzes.selectors.teaching.windows import read_rules


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer choice with why it is right or what it really is."""

    letter: str
    text: str
    is_right: bool
    chosen: bool
    tag: str
    feedback: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question looked back upon; `note` says what an instructor ruled, `points` is of certainty marking."""

    position: int
    stem: Sequence[tuple[str, bool]]
    verdict: str
    kind: str
    options: Sequence[OptionLine]
    caution: str
    locator: str
    note: str
    certainty: str
    points: str
    report_url: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The attempt looked back upon; while `told_at` stands, nothing is told but that it was handed in."""

    title: str
    name: str
    quiz_url: str
    language: str
    ended: str
    told_at: str
    mark: str
    score: str
    right: str
    lines: Sequence[ReviewLine]
    practice_url: str
    disclaimer: str


def review_page(user: User, attempt: Attempt, *, now: datetime) -> ReviewPage:
    """The page of an attempt that was handed in, for its own student; five queries at most."""
    quiz, zone = attempt.quiz, zone_of(user)
    told_at = _told_at(quiz, now)
    lines = [] if told_at else review_lines(attempt)
    wrong = any(line.kind in ("wrong", "none") for line in lines)
    return ReviewPage(
        title=quiz.title,
        name=_("Attempt %d") % attempt.number,
        quiz_url=reverse("own-quiz", args=[quiz.pk]),
        language=quiz.deck.language,
        ended=ended_words(attempt, zone),
        told_at=moment(told_at, zone) if told_at else "",
        mark="" if told_at else mark_words(attempt.mark),
        score="" if told_at or not quiz.certainty else points_words(attempt.score, attempt.score_of),
        right=_right_words(lines),
        lines=lines,
        practice_url=reverse("attempt-practice", args=[attempt.public_id]) if wrong else "",
        disclaimer=quiz.deck.disclaimer,
    )


def _told_at(quiz: Quiz, now: datetime) -> datetime | None:
    """When marks and answers are told; None if they are now."""
    if quiz.feedback != Quiz.Feedback.CLOSING:
        return None
    closes_at = read_rules([quiz]).closes_last_at(quiz)
    return None if now >= closes_at else closes_at


def _right_words(lines: Sequence[ReviewLine]) -> str:
    counting = [line for line in lines if line.kind != "dropped"]
    right = sum(line.kind == "right" for line in counting)
    return _("%(right)d of %(all)d right") % {"right": right, "all": len(counting)} if counting else ""


def review_lines(attempt: Attempt) -> list[ReviewLine]:
    """Every question of an attempt that was handed in, with all that can be told of it; three queries at most."""
    responses = list(attempt.responses.order_by("position"))
    items, rulings = get_items([one.item_hash for one in responses]), read_rulings(attempt.quiz_id)
    return [_line(attempt, one, items[one.item_hash], rulings.get(one.item_hash)) for one in responses]


def _line(attempt: Attempt, kept: Response, item: Mapping[str, Any], ruling: Ruling | None) -> ReviewLine:
    kind = _kind(kept)
    certain = attempt.quiz.certainty
    return ReviewLine(
        position=kept.position,
        stem=stem_parts(item),
        verdict={"right": _("Right"), "wrong": _("Not right"), "none": _("Not answered"), "dropped": _("Left out")}[
            kind
        ],
        kind=kind,
        options=[_option(place, number, kept, item, ruling) for place, number in enumerate(kept.order)],
        caution=item["caution"],
        locator=item["locator"],
        note=_note(ruling),
        certainty=certainty_words(kept.certainty or min(POINTS_IF_RIGHT))
        if certain and kept.chosen is not None
        else "",
        points=_points(kept) if certain else "",
        report_url=reverse("attempt-report", args=[attempt.public_id, kept.position]),
    )


def _kind(kept: Response) -> str:
    if kept.mark is None:
        return "dropped"
    if kept.chosen is None:
        return "none"
    return "right" if kept.correct else "wrong"


def _points(kept: Response) -> str:
    if kept.score is None:
        return ""
    sign = "+" if kept.score > 0 else ""
    return _("%s points") % f"{sign}{points(kept.score)}"


def _note(ruling: Ruling | None) -> str:
    if ruling is None:
        return ""
    if ruling.dropped:
        return _("Your instructor has left this question out of the quiz: it counts for nobody.")
    return _("Your instructor has ruled which answers are right here.")


def _option(place: int, number: int, kept: Response, item: Mapping[str, Any], ruling: Ruling | None) -> OptionLine:
    option, chosen = item["options"][number], number == kept.chosen
    right = number in ruling.accepted if ruling and ruling.accepted else option["is_key"]
    return OptionLine(
        letter=LETTERS[place],
        text=option["text"],
        is_right=right,
        chosen=chosen,
        tag=option_tag(is_key=right, chosen=chosen),
        feedback=option["feedback"],
    )
