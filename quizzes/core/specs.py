"""The values that the pure core works on: facts, cards, items, answers' evidence. No behaviour beyond look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

ASSUMED_KNOWN = 0.3
"""The share of first answers known beyond guessing, in a deck that has too few answers to tell."""


class Direction(StrEnum):
    """What a card shows and what it asks for."""

    TERM_TO_PURPOSE = "term_to_purpose"
    PURPOSE_TO_TERM = "purpose_to_term"
    CONDITION_TO_TERM = "condition_to_term"
    TERM_TO_EXAMPLE = "term_to_example"
    EXAMPLE_TO_TERM = "example_to_term"
    PURPOSE_TO_EXAMPLE = "purpose_to_example"
    EXAMPLE_TO_PURPOSE = "example_to_purpose"
    MEMBERSHIP = "membership"
    NOT_MEMBER = "not_member"


class Verdict(StrEnum):
    """Whether an offered fact would also be right when another is asked."""

    RIGHT = "right"
    ARGUABLE = "arguable"
    DISTINCT = "distinct"


class Format(StrEnum):
    """How a card is put to the student."""

    FLASHCARD = "flashcard"
    CHOICE = "choice"
    TYPED = "typed"


class Closeness(StrEnum):
    """How similar the distractors are to the key."""

    NEAR = "near"
    MIXED = "mixed"
    FAR = "far"


class Rating(IntEnum):
    """How well a card was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Evidence(StrEnum):
    """What an answer tells the memory."""

    GRADED = "graded"  # the rating as it stands
    CHOICE = "choice"  # right among k options: Good mixed with Again by the chance that it was known
    GUESSED = "guessed"  # right, and said to be a guess: that chance is 0
    NONE = "none"  # logged only


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of a deck; `wording` maps a direction to its question.

    Questions show {term}, {purpose}, {condition}, {example}, {noun} or {noun_plural}. A direction without wording
    is not made for the section.
    """

    slug: str
    position: int
    noun: str
    noun_plural: str
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One version of one fact. `code` is the `section/number` given at birth; `section` is where it stands now."""

    code: str
    section: str
    term: str
    position: int = 0
    short_label: str = ""
    aliases: tuple[str, ...] = ()
    never_accept: tuple[str, ...] = ()
    noun: str = ""
    purpose: str = ""
    condition: str = ""
    examples: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    explanation: str = ""
    locator: str = ""
    caution: str = ""
    caution_source: str = ""
    version: int = 1
    meaning_version: int = 1

    @property
    def label(self) -> str:
        """The term as it stands on an option: the short label if there is one."""
        return self.short_label or self.term

    @property
    def number(self) -> int:
        """The number inside the code."""
        return int(self.code.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class DeckSpec:
    """A deck's content at one moment.

    `overlaps` maps (asked, offered, direction) to a verdict. `asked` is a fact's code, or a section's slug for
    membership; `offered` is a fact's code; direction "" holds for every direction that has no row of its own.
    """

    slug: str
    title: str
    sections: tuple[SectionSpec, ...]
    facts: tuple[FactSpec, ...]
    overlaps: Mapping[tuple[str, str, str], Verdict] = field(default_factory=dict)
    language: str = "en"

    def verdict(self, asked: str, offered: str, direction: str) -> Verdict | None:
        """The editors' verdict on offering `offered` when `asked` is asked; None if the pair was not judged."""
        return self.overlaps.get((asked, offered, direction)) or self.overlaps.get((asked, offered, ""))


@dataclass(frozen=True, slots=True)
class CardSpec:
    """One prompt-answer direction of one fact; `part` names the example where there is one card per example."""

    code: str
    direction: Direction
    part: str = ""

    @property
    def key(self) -> str:
        """`code/direction[/part]`, unique within the deck."""
        return f"{self.code}/{self.direction}" + (f"/{self.part}" if self.part else "")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer choice: which fact's which slot it shows, in which version, and what to tell whoever picks it."""

    code: str
    section: str
    slot: str
    text: str
    version: int
    is_key: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Item:
    """One multiple-choice question, its options in the order shown."""

    card: CardSpec
    stem: str
    options: tuple[Option, ...]
    locator: str
    caution: str
    seed: str
    asked_section: str = ""

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.is_key)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a card gives no good item."""

    card: CardSpec
    reason: str
