"""What a section's questions become while their wording is being edited: worked out from values, written nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.core import stems
from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, DeckSpec, Direction, FactSpec, SectionSpec
from quizzes.selectors.content.words import DIRECTION_LABELS, refusal_words

EXAMPLES_SHOWN = 3
FACTS_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Example:
    """A question with a real fact filled in, its answer, and why it is asked in no way at all."""

    term: str
    stem: str
    answer: str
    refusal: str


@dataclass(frozen=True, slots=True)
class DirectionPreview:
    """One direction's questions: how many facts give one, how many of those looked at are refused, and some of them."""

    direction: str
    label: str
    asked: int
    refused: int
    looked_at: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class SectionPreview:
    """The questions of a section, direction by direction."""

    facts: int
    directions: tuple[DirectionPreview, ...]


def preview_section(deck: DeckSpec, section: SectionSpec) -> SectionPreview:
    """The deck's questions with this section in place of the one of its slug. No queries."""
    sections = tuple(section if other.slug == section.slug else other for other in deck.sections)
    bank = Bank(replace(deck, sections=sections))
    facts = [fact for fact in deck.facts if fact.section == section.slug]
    directions = [
        _direction(bank, direction, section, facts) for direction in Direction if direction in section.wording
    ]
    return SectionPreview(len(facts), tuple(directions))


def _direction(bank: Bank, direction: Direction, section: SectionSpec, facts: Sequence[FactSpec]) -> DirectionPreview:
    if direction is Direction.NOT_MEMBER:
        example = [Example("", _not_member(section), "", "")] if facts else []
        return DirectionPreview(direction.value, _label(direction), 0, 0, 0, tuple(example))
    cards = [card for fact in facts for card in stems.cards_of(fact, section) if card.direction is direction]
    looked = cards[:FACTS_LOOKED_AT]
    refusals = {card: _refusal(bank, card) for card in looked}
    return DirectionPreview(
        direction.value,
        _label(direction),
        len(cards),
        sum(map(bool, refusals.values())),
        len(looked),
        tuple(_example(bank, card, refusals[card]) for card in _spread(looked)),
    )


def _label(direction: Direction) -> str:
    return str(DIRECTION_LABELS[direction])


def _not_member(section: SectionSpec) -> str:
    nobody = FactSpec(f"{section.slug}/0", section.slug, "")
    return stems.stem(CardSpec(nobody.code, Direction.NOT_MEMBER), nobody, section)


def _refusal(bank: Bank, card: CardSpec) -> str:
    refusal = bank.refusal(card)
    return refusal_words(refusal.reason) if refusal and bank.unusable(card) else ""


def _example(bank: Bank, card: CardSpec, refusal: str) -> Example:
    prompt = bank.prompt(card)
    return Example(bank.fact(card).term, prompt.stem, prompt.answer, refusal)


def _spread(cards: Sequence[CardSpec]) -> list[CardSpec]:
    """A few from all over the section, of different facts."""
    step = max(1, len(cards) // EXAMPLES_SHOWN)
    chosen = {card.code: card for card in reversed(cards[::step])}
    return sorted(chosen.values(), key=cards.index)[:EXAMPLES_SHOWN]
