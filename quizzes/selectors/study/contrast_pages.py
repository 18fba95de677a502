"""The pages of “which is which?” beside a session: the question, and after it the two facts side by side."""

from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from quizzes.models import Deck, ReviewLog
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.comparing import Comparison, find_comparison
from quizzes.selectors.study.contrasts import contrast_url, find_contrast
from quizzes.selectors.study.feedback import feedback_page
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.pages import SessionPage, question_page
from quizzes.selectors.study.queue import Desk

Page = TypeVar("Page", bound=SessionPage)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastQuestion(SessionPage):
    """A question with two choices, before its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastFeedback(SessionPage):
    """The same after its answer; `look` says what to look at next, `comparison` is None if a fact is gone since.

    `other_way_url` asks for the other fact, and is empty where that cannot be asked, or waits in the session anyway.
    """

    look: str = ""
    comparison: Comparison | None = None
    again_url: str = ""
    other_way_url: str = ""


def any_question_page(desk: Desk, asked: Asked, *, revealed: bool = False) -> SessionPage:
    """The page of a question of the session, or of one beside it."""
    page = question_page(desk, asked, revealed=revealed)
    return _as(ContrastQuestion, page, template="study/_contrast.html", covered=False) if asked.beside else page


def any_feedback_page(desk: Desk, row: ReviewLog, *, upcoming: Asked | None) -> SessionPage:
    """The feedback to an answer of the session, or to one beside it."""
    page = feedback_page(desk, row, upcoming=upcoming)
    taken_for = row.detail.get("contrast", "")
    if not taken_for or row.source != ReviewLog.Source.PRACTICE:
        return page
    content = desk.contents.get(row.detail["deck"]) or deck_content(Deck.objects.get(pk=row.detail["deck"]))
    place = content.cards.get(row.card_id or 0)
    codes = (place.spec.code if place else "", taken_for)
    other_way, _reason = find_contrast(content, codes[1], codes[0])
    waits = other_way is None or (upcoming is not None and upcoming.card_id == other_way.id)
    comparison = find_comparison(content, codes)
    return _as(
        ContrastFeedback,
        page,
        template="study/_contrast_feedback.html",
        look=_look(comparison, right=bool(row.correct)),
        comparison=comparison,
        again_url=contrast_url(content.slug, *codes, row.card_id or 0) if place else "",
        other_way_url="" if waits else contrast_url(content.slug, codes[1], codes[0]),
        next=None,
    )


def url_beside(asked: Asked) -> str:
    """The address at which a question beside the session is asked, which shows it as it was put."""
    item = get_item(asked.item_hash)
    code = next(option["code"] for option in item["options"] if option["is_key"])
    return contrast_url(item["deck"], code, asked.contrast, asked.card_id)


def _look(comparison: Comparison | None, *, right: bool) -> str:
    row = next((row for row in comparison.rows if row.differs), None) if comparison else None
    if row is None:
        return ""
    if right:
        return _("Keep in mind what sets them apart; it begins below with “%(row)s”.") % {"row": row.name}
    return _("Compare the two below, beginning with “%(row)s”. Then ask again.") % {"row": row.name}


def _as(kind: type[Page], page: SessionPage, **changes: Any) -> Page:  # noqa: ANN401
    """The page as one of another kind, with these changes."""
    kept = {one.name: getattr(page, one.name) for one in fields(SessionPage)}
    return kind(**{**kept, **changes})
