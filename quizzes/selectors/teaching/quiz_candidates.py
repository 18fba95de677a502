"""The questions that can be picked by hand: the draws of a card, or those for what does not belong to a section."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.core.snapshots import Snapshot
from quizzes.core.specs import Closeness, Direction, Item, Refusal
from quizzes.selectors.content.decks import DeckContent
from quizzes.selectors.teaching.quiz_forms import Line, Question, line_of, snapshot_of

DRAWS = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A card by its id, or a section by its slug of which a question asks what does not belong; the other is empty."""

    card_id: int = 0
    section: str = ""

    @property
    def code(self) -> str:
        """The source as pages send it."""
        return str(self.card_id) if self.card_id else f"not:{self.section}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question that can be picked: what would be kept, and its row in the form."""

    item: Item
    snapshot: Snapshot
    line: Line

    @property
    def question(self) -> Question:
        """The candidate as one of a form."""
        return Question(self.line, self.snapshot.content, self.snapshot, None, self.item.card)


def read_source(content: DeckContent, code: str) -> Source | None:
    """The source that a page sent; None if the deck has it not."""
    if code.startswith("not:"):
        slug = code.removeprefix("not:")
        return Source(section=slug) if slug in negative_sections(content) else None
    card_id = int(code) if code.isdecimal() and len(code) < 18 else 0
    return Source(card_id=card_id) if card_id in content.cards else None


def negative_sections(content: DeckContent) -> Sequence[str]:
    """The sections of which a question may ask what does not belong."""
    return [one.slug for one in content.bank.deck.sections if one.wording.get(Direction.NOT_MEMBER)]


def candidates_of(content: DeckContent, source: Source) -> list[Candidate]:
    """The different questions of a source, a dozen at most, always the same ones while the deck says the same."""
    far = {_made(content, item, "").snapshot.hash for item in _draws(content, source, Closeness.FAR)}
    found: dict[str, Candidate] = {}
    for item in _draws(content, source, Closeness.MIXED):
        item_hash = _made(content, item, "").snapshot.hash
        closeness = Closeness.FAR if item_hash in far else Closeness.NEAR
        found.setdefault(item_hash, _made(content, item, "" if source.section else closeness.value))
    return list(found.values())


def _draws(content: DeckContent, source: Source, closeness: Closeness) -> Iterator[Item]:
    place = content.cards.get(source.card_id)
    for number in range(DRAWS):
        item: Item | Refusal | None = None
        if source.section in negative_sections(content):
            item = content.bank.not_member(source.section, f"{source.section}/{number}")
        elif place is not None:
            item = content.bank.draw(place.spec, f"{place.spec.key}/{number}", closeness=closeness)
        if isinstance(item, Item):
            yield item


def _made(content: DeckContent, item: Item, closeness: str) -> Candidate:
    kept = snapshot_of(content, item)
    return Candidate(item, kept, line_of(content, item, kept.hash, closeness))


def source_of(content: DeckContent, line: Line, kept: Mapping[str, Any]) -> Source:
    """Where a picked question came from."""
    if kept["direction"] == Direction.NOT_MEMBER:
        return Source(section=line["section"])
    return Source(card_id=line["card"])


def closest(candidates: Iterable[Candidate], kept: Mapping[str, Any]) -> Candidate | None:
    """The candidate with the same answer and the most answer choices in common; None if none has the same answer."""
    codes = {one["code"] for one in kept["options"]}
    key = next(one["code"] for one in kept["options"] if one["is_key"])
    same = [one for one in candidates if one.item.card.code == key]
    return max(same, key=lambda one: len(codes & {option.code for option in one.item.options}), default=None)
