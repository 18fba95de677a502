"""What earlier students showed of a card, as if the worker had found it."""

from quizzes.models import Card, CardShift, DeckTally
from tests.factories import NOW


def shift_card(key, ln_stability, difficulty=0.0, *, version=1):
    """Keep the next version of the card's shift, as the worker does."""
    card = Card.objects.get(key=key)
    tally, _made = DeckTally.objects.get_or_create(deck_id=card.deck_id, defaults={"made_at": NOW})
    tally.version += 1
    tally.shift_version = version
    tally.save()
    numbers = {"ln_stability": ln_stability, "difficulty": difficulty, "version": version}
    return CardShift.objects.create(card=card, students=20, answers=60, made_at=NOW, **numbers)
