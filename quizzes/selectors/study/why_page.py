"""The page that says why a card is asked now, without giving its answer away."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from quizzes.models import StudySession, User
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.asked import Asked, BadTokenError
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.memories import read_memories
from quizzes.selectors.study.pages import session_url
from quizzes.selectors.study.questions import Subject, memory_of
from quizzes.selectors.study.students import find_student, studied_decks
from quizzes.selectors.study.why import Why, why_card


@dataclass(frozen=True, slots=True)
class WhyPage:
    """A card's question, the reasons, the way back to the session, and the page on how good the predictions are."""

    question: str
    language: str
    why: Why
    back_url: str
    predictions_url: str


def why_page(user: User, card_id: int, *, now: datetime) -> WhyPage | None:
    """The page for one card of a deck that the person studies; None for any other card."""
    student = find_student(user.pk)
    for studied in studied_decks(user) if student else []:
        content = deck_content(studied.deck)
        place = content.cards.get(card_id)
        if student is None or place is None:
            continue
        memories = read_memories(user.pk)
        subject = Subject(student, studied, content, place, memory_of(place, content, memories), memories)
        asked = _on_page(user.pk, card_id)
        return WhyPage(
            question=get_item(asked.item_hash)["stem"] if asked else content.bank.prompt(place.spec).stem,
            language=content.language,
            why=why_card(subject, promises=asked.promises if asked and asked.promises else None, now=now),
            back_url=session_url(asked.scope if asked else ""),
            predictions_url=reverse("predictions", args=[studied.deck.slug]),
        )
    return None


def _on_page(user_id: int, card_id: int) -> Asked | None:
    """The question now put to the student, if it is of this card."""
    prompt = StudySession.objects.filter(user_id=user_id).values_list("prompt", flat=True).first()
    try:
        asked = Asked.from_json(prompt) if prompt else None
    except BadTokenError:
        return None
    return asked if asked and asked.card_id == card_id else None
