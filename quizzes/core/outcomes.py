"""What becomes of a table's rows and of a deck when it is imported, as values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quizzes.core.columns import Columns
from quizzes.core.drafts import Content
from quizzes.core.specs import SectionSpec


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that the deck has; `content` as its version keeps it."""

    code: str
    section: str
    position: int
    retired: bool
    content: Mapping[str, str | Sequence[str]]

    @property
    def term(self) -> str:
        """What it is about."""
        return str(self.content["term"])


@dataclass(frozen=True, slots=True)
class KnownDeck:
    """A deck as a plan sees it: `numbers` are the highest ever given per section, `version` that of its content."""

    title: str
    language: str = "en"
    sections: tuple[SectionSpec, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a fact, from what to what."""

    field: str
    before: str | tuple[str, ...]
    after: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row; a refused one says in which column, why, and what to do."""

    line: int
    outcome: Outcome
    term: str = ""
    section: str = ""
    code: str = ""
    changes: tuple[Change, ...] = ()
    into: int = 0
    column: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FactPlan:
    """A fact to be written: a new one whole, of a known one what changes."""

    code: str
    section: str
    position: int
    content: Content


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that importing does, for a deck at `version` of its content.

    `retired` are codes of facts that the table leaves out, where they are to go; `numbers` the highest ever given.
    """

    columns: Columns
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    sections: tuple[SectionSpec, ...]
    new: tuple[FactPlan, ...]
    changed: tuple[FactPlan, ...]
    retired: tuple[str, ...]
    numbers: Mapping[str, int]
    version: int

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which outcome, all outcomes named."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def writes(self) -> bool:
        """Whether importing changes anything."""
        return bool(self.sections or self.new or self.changed or self.retired)

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        """The lines of that outcome."""
        return tuple(line for line in self.lines if line.outcome is outcome)
