"""Pairs of facts that a student's classes want told apart: which of them wait, and on which card each is asked.

They choose and order when the queue is read. No schedule knows of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.core.history import Progress
from quizzes.core.phases import Phase
from quizzes.models import ClassContrast, ContrastAnswer, Enrolment
from quizzes.selectors.content.decks import DeckContent
from quizzes.selectors.study.contrasts import refused
from quizzes.selectors.study.memories import Memories

APART = timedelta(minutes=10)
"""A pair rests so long after an answer about one of its facts: who has just read it need not know it."""


@dataclass(frozen=True, slots=True)
class ClassPair:
    """One pair that a student is to tell apart once; facts by their codes, `asked` was taken for `taken_for`."""

    id: int
    deck_id: int
    asked: str
    taken_for: str


class Given(NamedTuple):
    """What is asked instead of a card's usual question: the pair's id, and the fact of the other answer choice."""

    id: int
    taken_for: str


def open_pairs(user: Any, answered_by: Any) -> QuerySet[ClassContrast]:  # noqa: ANN401
    """Pairs of the classes that the person is a student of, not withdrawn and not answered; also those that ended.

    Both arguments name the person: within a larger query they are references to it, from here and from a level below.
    """
    answered = ContrastAnswer.objects.filter(user=answered_by, contrast=OuterRef("pk"))
    rows = ClassContrast.objects.filter(
        cohort__enrolments__user=user,
        cohort__enrolments__role=Enrolment.Role.STUDENT,
        cohort__enrolments__left_at=None,
        cohort__archived_at=None,
        withdrawn_at=None,
    )
    return rows.exclude(Exists(answered))


def waiting_pairs(user_id: int, day: date) -> list[ClassPair]:
    """The pairs that wait for the student on a study day, those given first first; one query."""
    rows = open_pairs(user_id, user_id).filter(ends_on__gte=day).order_by("given_at", "pk")
    columns = ("pk", "asked__deck_id", "asked__code", "taken_for__code")
    return [ClassPair(*row) for row in rows.values_list(*columns)]


def place_pairs(
    pairs: Iterable[ClassPair],
    contents: Mapping[int, DeckContent],
    memories: Memories,
    order: Sequence[int],
    *,
    today: date,
    now: datetime,
) -> dict[int, Given]:
    """On which card each pair is asked now, in the order of the pairs, a fact in one of them only.

    `order` is the queue. A pair waits until both facts have been met, and while one of them has just been answered.
    """
    found: dict[int, Given] = {}
    busy: set[tuple[int, str]] = set()
    at = {card_id: place for place, card_id in enumerate(order)} if pairs else {}
    for pair in pairs:
        content, facts = contents.get(pair.deck_id), {(pair.deck_id, pair.asked), (pair.deck_id, pair.taken_for)}
        placed = _place(pair, content, memories, at, today, now) if content and not busy & facts else None
        if placed is not None:
            found[placed[0]] = placed[1]
            busy |= facts
    return found


def _place(
    pair: ClassPair, content: DeckContent, memories: Memories, at: Mapping[int, int], today: date, now: datetime
) -> tuple[int, Given] | None:
    sides = ((pair.asked, pair.taken_for), (pair.taken_for, pair.asked))
    met = [_met(content, memories, code) for code, _other in sides]
    if not all(met) or any(_just_answered(one, now) for side in met for one in side.values()):
        return None
    ways = [
        (_rank(card_id, one, side, at, today), card_id, sides[side][1])
        for side, cards in enumerate(met)
        for card_id, one in cards.items()
        if _can_come(card_id, one, at, today)
    ]
    for _rank_of_it, card_id, other in sorted(ways):
        if not refused(content, content.cards[card_id], other):
            return card_id, Given(pair.id, other)
    return None


def _met(content: DeckContent, memories: Memories, code: str) -> dict[int, Progress]:
    """The cards of a fact that the student has answered."""
    cards = content.cards_of_fact.get(content.fact_ids.get(code, 0), ())
    return {one: memories[one] for one in cards if one in memories and memories[one].phase is not Phase.NEW}


def _just_answered(one: Progress, now: datetime) -> bool:
    return one.last_answered_at is not None and one.last_answered_at > now - APART


def _can_come(card_id: int, one: Progress, at: Mapping[int, int], today: date) -> bool:
    """Whether a card is in the queue, or has left its learning steps and is not set aside."""
    held = one.suspended or (one.buried_until is not None and one.buried_until > today)
    return card_id in at or (one.phase is Phase.REVIEW and not held)


def _rank(card_id: int, one: Progress, side: int, at: Mapping[int, int], today: date) -> tuple[int, int, float]:
    """What is due comes first, in its order; then the fact most often taken for the other, the weakest memory first."""
    if card_id in at:
        return 0, at[card_id], 0.0
    elapsed = (today - (one.last_study_day or today)).days
    return 1, side, -elapsed / (one.stability or 1.0)
