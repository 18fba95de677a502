"""Practice: the cards of a section, or what was missed in a quiz, asked once a round; the schedule stays as it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from quizzes.core.days import SOONEST_PREDICTED_DAYS, elapsed_days
from quizzes.core.events import Kind
from quizzes.core.history import Progress
from quizzes.models import Response, ReviewLog
from quizzes.selectors.content.decks import CardPlace, DeckContent
from quizzes.selectors.study.queue import Desk
from quizzes.selectors.study.scopes import Scope

AFTER_ALL_OTHERS = 2.0


@dataclass(frozen=True, slots=True)
class Round:
    """One round of practice: all its cards, those still to come in their order, and the card practised last."""

    cards: Sequence[CardPlace]
    left: Sequence[CardPlace]
    last: int | None

    @property
    def order(self) -> list[int]:
        """The cards left, the weakest first; those of the fact practised last come at the end."""
        fact = next((place.fact_id for place in self.cards if place.id == self.last), None)
        return [place.id for place in sorted(self.left, key=lambda place: place.fact_id == fact)]


def read_round(desk: Desk, scope: Scope) -> Round:
    """Where the student stands in a round today; one query, and one more for what was missed in an attempt."""
    content = next((one for one in desk.contents.values() if one.slug == scope.deck), None)
    if content is None:
        return Round((), (), None)
    cards = _missed(content, scope.attempt, desk) if scope.attempt else _cards(content, scope.section, desk)
    practised = _practised(desk.student.user_id, desk.today.day, scope)
    times = Counter(practised)
    left = [place for place in cards if times[place.id] < scope.round]
    return Round(cards, left, practised[-1] if practised else None)


def _cards(content: DeckContent, section: str, desk: Desk) -> list[CardPlace]:
    """The section's cards that are not set aside: those met by what is recalled of them, then the others.

    What a quiz asked that does not tell yet what was right is set aside too.
    """
    places = [place for place in content.cards.values() if not section or _section(content, place) == section]
    known = {place.id: desk.memories.get(place.id) or Progress() for place in places}
    waiting = _waiting(desk)
    free = [place for place in places if not known[place.id].suspended and place.id not in waiting]
    return sorted(free, key=lambda place: (_recall(known[place.id], desk), place.order))


def _waiting(desk: Desk) -> set[int]:
    """The cards that wait for a quiz to close; a query, if anything is buried at all."""
    day = desk.today.day
    buried = {card for card, one in desk.memories.items() if one.buried_until and one.buried_until > day}
    if not buried:
        return set()
    rows = ReviewLog.objects.filter(user_id=desk.student.user_id, card_id__in=buried, kind=Kind.BURY.value)
    return set(rows.filter(source=ReviewLog.Source.QUIZ).values_list("card_id", flat=True))


def _missed(content: DeckContent, attempt: UUID, desk: Desk) -> list[CardPlace]:
    """The cards of an attempt of this very student that brought no mark, the weakest first, set aside or not."""
    rows = Response.objects.filter(attempt__public_id=attempt, attempt__user=desk.student.user_id, mark=0)
    missed = set(rows.values_list("card_id", flat=True))
    known = {card_id: desk.memories.get(card_id) or Progress() for card_id in missed}
    places = [content.cards[card_id] for card_id in missed if card_id in content.cards]
    return sorted(places, key=lambda place: (_recall(known[place.id], desk), place.order))


def _section(content: DeckContent, place: CardPlace) -> str:
    return content.bank.fact(place.spec).section


def _recall(progress: Progress, desk: Desk) -> float:
    """Predicted recall, of cards answered today for tomorrow; 2, which is after all others, for a card not met."""
    days = max(SOONEST_PREDICTED_DAYS, elapsed_days(progress.last_study_day, desk.today.day))
    recall = desk.student.recall(progress, days)
    return AFTER_ALL_OTHERS if recall is None else recall


def _practised(user_id: int, day: date, scope: Scope) -> list[int]:
    """The cards practised in rounds on that day, in their order, as often as they were.

    What was missed in an attempt is gone through for itself, whatever else was practised.
    """
    rows = ReviewLog.objects.filter(user_id=user_id, study_day=day, source=ReviewLog.Source.PRACTICE)
    rows = rows.exclude(detail__has_key="contrast").answers_that_stand(uncounted=True)
    if scope.attempt:
        rows = rows.filter(detail__scope__startswith=scope.any_round)
    return list(rows.order_by("seq").values_list("card_id", flat=True))
