"""The form on which a question of a quiz is reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from quizzes.core.specs import Format
from quizzes.models import Attempt, Response
from quizzes.selectors.study.asked import Asked, new_client_id
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.pages import Choice, choices
from quizzes.selectors.study.reports import Kind, kinds_of
from quizzes.selectors.teaching.own_quiz import tells


@dataclass(frozen=True, slots=True)
class AttemptReportPage:
    """The question as it was shown, with what was answered, and the form, empty or as sent."""

    asked: Asked
    answer: str
    stem: str
    options: Sequence[Choice]
    kinds: Sequence[Kind]
    message: str
    error: str
    client_id: str
    back_url: str

    def again(self, *, kind: str, message: str, error: str) -> "AttemptReportPage":
        """The form as it was sent, with what is missing."""
        return replace(self, kinds=kinds_of(self.asked, kind), message=message, error=error)


def attempt_report_page(attempt: Attempt, position: int, *, now: datetime) -> AttemptReportPage | None:
    """The form for a question of an attempt; None while nothing may be told of it, and for a question it has not."""
    if attempt.submitted_at is None or not tells(attempt.quiz, now=now):
        return None
    kept = attempt.responses.filter(position=position).first()
    if kept is None:
        return None
    item = get_item(kept.item_hash)
    asked = _asked(attempt, kept, now)
    return AttemptReportPage(
        asked=asked,
        answer="" if kept.chosen is None else item["options"][kept.chosen]["text"],
        stem=item["stem"],
        options=choices(item, kept.order),
        kinds=kinds_of(asked),
        message="",
        error="",
        client_id=new_client_id(),
        back_url=reverse("attempt-review", args=[attempt.public_id]),
    )


def _asked(attempt: Attempt, kept: Response, now: datetime) -> Asked:
    """The question as a report keeps it: what was shown, in which order."""
    unused: dict[str, Any] = {"revision": 0, "scope": "", "study_day": "", "known_before": 0.0, "meaning_version": 0}
    return Asked(
        client_id=str(attempt.public_id),
        card_id=kept.card_id,
        format=Format.CHOICE,
        item_hash=kept.item_hash,
        order=tuple(kept.order),
        issued_at=now.isoformat(),
        **unused,
    )
