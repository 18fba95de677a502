"""An item under examination, as the rules see it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quizzes.core.specs import DeckSpec, FactSpec, Item, Option, SectionSpec


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule of one item: the rule's name and what breaks it."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An item with the deck it claims to come from, its facts by code and its sections by slug."""

    item: Item
    deck: DeckSpec
    facts: Mapping[str, FactSpec]
    sections: Mapping[str, SectionSpec]

    @property
    def key(self) -> Option:
        """The right option."""
        return self.item.key

    @property
    def distractors(self) -> list[Option]:
        """The wrong options."""
        return [option for option in self.item.options if not option.is_key]

    @property
    def asked(self) -> FactSpec:
        """The fact of the item's card."""
        return self.facts[self.item.card.code]


Checker = Callable[[Subject], Iterator[str]]
"""A rule: yields what breaks it."""
