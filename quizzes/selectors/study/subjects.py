"""What an answer is about: the card, its deck and its memory, found again from the question on the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.core import stems
from quizzes.core.specs import ASSUMED_KNOWN, CardSpec, Direction, FactSpec
from quizzes.core.stems import Prompt
from quizzes.models import Card, Deck, FactVersion
from quizzes.selectors.content.decks import CardPlace, DeckContent, deck_content
from quizzes.selectors.content.specs import fact_spec
from quizzes.selectors.study.asked import Asked
from quizzes.selectors.study.memories import Memories
from quizzes.selectors.study.questions import Subject, memory_of
from quizzes.selectors.study.students import Student, StudiedDeck


def find_subject(student: Student, decks: Sequence[StudiedDeck], asked: Asked, memories: Memories) -> Subject:
    """The card of a question, also when it or its deck has been retired since: what was asked can be answered."""
    return subject_of(student, decks, asked.card_id, memories)


def subject_of(student: Student, decks: Sequence[StudiedDeck], card_id: int, memories: Memories) -> Subject:
    """The same for the card of that id."""
    for studied in decks:
        content = deck_content(studied.deck)
        if place := content.cards.get(card_id):
            return Subject(student, studied, content, place, memory_of(place, content, memories), memories)
    card = Card.objects.select_related("fact", "deck", "deck__tally").get(pk=card_id)
    studied = next((found for found in decks if found.deck.pk == card.deck_id), None) or _left(card.deck)
    content = deck_content(studied.deck)
    place = content.cards.get(card_id) or _retired(card)
    return Subject(student, studied, content, place, memory_of(place, content, memories), memories)


def _left(deck: Deck) -> StudiedDeck:
    return StudiedDeck(deck, 0, 0, ASSUMED_KNOWN, deck.content_version)


def _retired(card: Card) -> CardPlace:
    return CardPlace(
        id=card.pk,
        fact_id=card.fact_id,
        spec=CardSpec(card.fact.code, Direction(card.direction), card.part),
        order=card.order,
        choice=False,
        recall=False,
        meaning_version=card.fact.meaning_version,
    )


def fact_shown(content: DeckContent, place: CardPlace, item: Mapping[str, Any]) -> FactSpec:
    """The asked fact as it was when the question was made; a query if it has been changed or retired since."""
    number = next(option["version"] for option in item["options"] if option["is_key"])
    if place.spec.code in content.names and content.bank.fact(place.spec).version == number:
        return content.bank.fact(place.spec)
    version = FactVersion.objects.select_related("fact__section").get(fact_id=place.fact_id, number=number)
    return fact_spec(
        {
            **version.content,
            "section__slug": version.fact.section.slug,
            "code": version.fact.code,
            "position": version.fact.position,
            "version": version.number,
            "meaning_version": version.meaning_version,
        }
    )


def prompt_shown(place: CardPlace, fact: FactSpec, item: Mapping[str, Any]) -> Prompt:
    """The question with what is right for it when typed, of the fact that was shown."""
    return stems.prompt(place.spec, fact, item["stem"])


def names_beside(content: DeckContent, code: str) -> tuple[str, ...]:
    """What the deck's other facts are called, with their examples: typed for this one, each of them is wrong."""
    return tuple(name for other, names in content.names.items() if other != code for name in names)
