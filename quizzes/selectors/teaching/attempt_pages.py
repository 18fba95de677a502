"""The pages of an attempt under way: its questions, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.quiz_marks import POINTS_IF_RIGHT, POINTS_IF_WRONG
from quizzes.models import Attempt, Quiz, Response, User
from quizzes.selectors.access import own_attempts
from quizzes.selectors.study.items import get_items
from quizzes.selectors.study.pages import LETTERS
from quizzes.selectors.teaching.attempt_words import left_words, moment, points, stem_parts
from quizzes.selectors.teaching.own_quiz import certainty_words
from quizzes.selectors.teaching.people import zone_of


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer choice; once the question was checked, what it is."""

    place: int
    letter: str
    text: str
    chosen: bool
    struck: bool
    is_key: bool = False
    tag: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Sure:
    """One level of certainty to choose, with the points that it brings."""

    level: int
    words: str
    points: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question of the attempt as its student left it; `checked` shows its feedback."""

    position: int
    stem: Sequence[tuple[str, bool]]
    options: Sequence[OptionLine]
    sures: Sequence[Sure]
    answered: bool
    flagged: bool
    checked: bool
    correct: bool
    caution: str
    locator: str
    revision: int
    url: str
    save_url: str

    @property
    def states(self) -> str:
        """Its states in words, for the navigator."""
        answered = _("answered") if self.answered else _("not answered")
        return f"{answered}, {_('flagged')}" if self.flagged else answered


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """All questions of the attempt; `current` is the one on show. The time left is the server's, in milliseconds."""

    public_id: UUID
    title: str
    quiz_url: str
    language: str
    questions: Sequence[QuestionView]
    current: int
    left_ms: int
    left: str
    ends: str
    over: bool
    end_url: str
    checks: bool

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(one.answered for one in self.questions)

    @property
    def unanswered(self) -> list[QuestionView]:
        """Those without an answer."""
        return [one for one in self.questions if not one.answered]

    @property
    def flagged(self) -> list[QuestionView]:
        """Those to come back to."""
        return [one for one in self.questions if one.flagged]


def find_attempt(user: User, public_id: UUID) -> Attempt | None:
    """The person's own attempt; None for anybody else's."""
    return own_attempts(user).select_related("quiz__deck", "quiz__cohort").filter(public_id=public_id).first()


def find_response(user: User, public_id: UUID, position: int) -> Response:
    """A question of the person's own attempt; raises Response.DoesNotExist."""
    return Response.objects.select_related("attempt").get(
        attempt__public_id=public_id, attempt__user=user, position=position
    )


def attempt_page(user: User, attempt: Attempt, *, position: int = 1, now: datetime) -> AttemptPage | None:
    """The attempt with this question on show; None if it has no such question. Three queries at most."""
    responses = list(attempt.responses.order_by("position"))
    if not 1 <= position <= max(1, len(responses)):
        return None
    quiz, items = attempt.quiz, get_items([one.item_hash for one in responses])
    return AttemptPage(
        public_id=attempt.public_id,
        title=quiz.title,
        quiz_url=reverse("own-quiz", args=[quiz.pk]),
        language=quiz.deck.language,
        questions=[_question(attempt, quiz, one, items[one.item_hash]) for one in responses],
        current=position,
        left_ms=_milliseconds(attempt.due_at - now),
        left=left_words(attempt.due_at - now),
        ends=moment(attempt.due_at, zone_of(user)),
        over=now >= attempt.due_at,
        end_url=reverse("attempt-end", args=[attempt.public_id]),
        checks=quiz.feedback == Quiz.Feedback.DURING,
    )


def _milliseconds(left: timedelta) -> int:
    return max(0, round(left.total_seconds() * 1000))


def _question(attempt: Attempt, quiz: Quiz, kept: Response, item: Mapping[str, Any]) -> QuestionView:
    checked = kept.checked_at is not None
    address = [attempt.public_id, kept.position]
    return QuestionView(
        position=kept.position,
        stem=stem_parts(item),
        options=[_option(place, number, kept, item, checked) for place, number in enumerate(kept.order)],
        sures=[_sure(level, kept) for level in POINTS_IF_RIGHT] if quiz.certainty else (),
        answered=kept.chosen is not None,
        flagged=kept.flagged,
        checked=checked,
        correct=kept.chosen is not None and item["options"][kept.chosen]["is_key"],
        caution=item["caution"] if checked else "",
        locator=item["locator"] if checked else "",
        revision=kept.revision,
        url=reverse("attempt-question", args=address),
        save_url=reverse("attempt-save", args=address),
    )


def _option(place: int, number: int, kept: Response, item: Mapping[str, Any], checked: bool) -> OptionLine:
    option, chosen, struck = item["options"][number], number == kept.chosen, number in kept.struck
    if not checked:
        return OptionLine(place, LETTERS[place], option["text"], chosen, struck)
    tag = option_tag(is_key=option["is_key"], chosen=chosen)
    return OptionLine(place, LETTERS[place], option["text"], chosen, struck, option["is_key"], tag, option["feedback"])


def option_tag(*, is_key: bool, chosen: bool) -> str:
    """What an answer choice turned out to be, in words and by a mark."""
    if chosen:
        return _("✓ your answer") if is_key else _("✗ your answer")
    return _("✓ right") if is_key else ""


def _sure(level: int, kept: Response) -> Sure:
    bring = _("%(right)s if right, %(wrong)s if wrong") % {
        "right": f"+{points(POINTS_IF_RIGHT[level])}",
        "wrong": points(POINTS_IF_WRONG[level]),
    }
    return Sure(level, certainty_words(level), bring, kept.certainty == level)


def kept_on_page(kept: Response, *, now: datetime) -> dict[str, Any]:
    """A response as scripts read it: places of answer choices on the page, and the server's own time left."""
    return {
        "choice": None if kept.chosen is None else kept.order.index(kept.chosen),
        "certainty": kept.certainty,
        "struck": sorted(kept.order.index(number) for number in kept.struck),
        "flagged": kept.flagged,
        "checked": kept.checked_at is not None,
        "revision": kept.revision,
        "left_ms": _milliseconds(kept.attempt.due_at - now),
    }
