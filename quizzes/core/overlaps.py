"""Whether another fact's answer would be right too: the editors' verdicts, and what the texts themselves say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quizzes.core import stems
from quizzes.core.similarity import FEWEST_WORDS, TOO_CLOSE, Weights, near_equal, shared_weight, word_weights
from quizzes.core.specs import DeckSpec, Direction, FactSpec, Verdict
from quizzes.core.text import STOP_WORDS, holds_words, key_form

_BASE: Mapping[Direction, Direction] = {
    Direction.PURPOSE_TO_EXAMPLE: Direction.PURPOSE_TO_TERM,
    Direction.EXAMPLE_TO_PURPOSE: Direction.TERM_TO_PURPOSE,
}
_MIRROR: Mapping[Direction, Direction] = {
    Direction.PURPOSE_TO_TERM: Direction.TERM_TO_PURPOSE,
    Direction.TERM_TO_PURPOSE: Direction.PURPOSE_TO_TERM,
    Direction.TERM_TO_EXAMPLE: Direction.EXAMPLE_TO_TERM,
    Direction.EXAMPLE_TO_TERM: Direction.TERM_TO_EXAMPLE,
}
_BY_PURPOSE = frozenset(
    {
        Direction.PURPOSE_TO_TERM,
        Direction.TERM_TO_PURPOSE,
        Direction.PURPOSE_TO_EXAMPLE,
        Direction.EXAMPLE_TO_PURPOSE,
    }
)
_EXAMPLE_ASKED = frozenset({Direction.EXAMPLE_TO_TERM, Direction.EXAMPLE_TO_PURPOSE})


@dataclass(frozen=True, slots=True)
class Forms:
    """A fact's texts in the forms that are compared; those of purpose and condition are words in their order."""

    names: frozenset[str]
    examples: frozenset[str]
    purpose: tuple[str, ...]
    condition: tuple[str, ...]
    purpose_content: tuple[str, ...]
    condition_content: tuple[str, ...]


def forms(fact: FactSpec) -> Forms:
    """The compared forms of a fact's names (term, label, aliases), examples, purpose and condition."""
    names = (fact.term, fact.short_label, *fact.aliases)
    purpose, condition = (tuple(key_form(text).split()) for text in (fact.purpose, fact.condition))
    return Forms(
        names=frozenset(filter(None, map(key_form, names))),
        examples=frozenset(filter(None, map(key_form, fact.examples))),
        purpose=purpose,
        condition=condition,
        purpose_content=content(purpose),
        condition_content=content(condition),
    )


def content(words: Sequence[str]) -> tuple[str, ...]:
    """The words that are not function words, in their order."""
    return tuple(word for word in words if word not in STOP_WORDS)


def worst(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    """The verdict that forbids most: right, arguable, distinct, then none."""
    for verdict in (Verdict.RIGHT, Verdict.ARGUABLE, Verdict.DISTINCT):
        if verdict in verdicts:
            return verdict
    return None


def judged(deck: DeckSpec, asked: str, offered: str, direction: Direction) -> Verdict | None:
    """The editors' verdict on a pair of facts, also where it follows from a row for another direction.

    A row for this very direction decides. Else the strictest of: the row for all directions; the row for terms where
    examples are asked; and the row of the reverse question, since "A's purpose is answered by term B" and "term B also
    has A's purpose" say the same.
    """
    rows = deck.overlaps
    own = rows.get((asked, offered, direction))
    if own is not None:
        return own
    base = _BASE.get(direction, direction)
    found = [rows.get((asked, offered, "")), rows.get((asked, offered, base))]
    mirror = _MIRROR.get(base)
    if mirror is not None and found == [None, None]:
        found += [rows.get((offered, asked, mirror)), rows.get((offered, asked, ""))]
    return worst(found)


def stated(
    asked: Forms, offered: Forms, direction: Direction, example: str = "", weights: Weights | None = None
) -> tuple[Verdict | None, bool]:
    """What the texts say of a pair: the verdict, and whether it stands against an editor's *distinct*.

    Equal names, equal descriptions and a shared asked example are right for good. Until an editor judges the pair
    distinct, these count as right: descriptions equal but for spelling, one contained in the other, shared examples, an
    example that is the other's name; and these as arguable: descriptions of the same content words in another order,
    one with all the content words of the other, or with most of the telling ones (`weights`, those of the section).
    """
    if not asked.names.isdisjoint(offered.names):
        return Verdict.RIGHT, True
    if direction in _EXAMPLE_ASKED and key_form(example) in offered.examples | offered.names:
        return Verdict.RIGHT, True
    if direction in _BY_PURPOSE or direction is Direction.CONDITION_TO_TERM:
        by_text = _descriptions(asked, offered, direction, weights or {})
        if by_text[0] is not None:
            return by_text
    if not asked.examples.isdisjoint(offered.names | offered.examples):
        return Verdict.RIGHT, False
    if not asked.names.isdisjoint(offered.examples):
        return Verdict.ARGUABLE, False
    return None, False


def _descriptions(asked: Forms, offered: Forms, direction: Direction, weights: Weights) -> tuple[Verdict | None, bool]:
    if direction is Direction.CONDITION_TO_TERM:
        one, other = asked.condition, offered.condition
        said, against = asked.condition_content, offered.condition_content
    else:
        one, other = asked.purpose, offered.purpose
        said, against = asked.purpose_content, offered.purpose_content
    if one and one == other:
        return Verdict.RIGHT, True
    if holds_words(one, other) or holds_words(other, one) or near_equal(said, against):
        return Verdict.RIGHT, False
    return (Verdict.ARGUABLE if said and too_close(said, against, weights) else None), False


def too_close(one: Sequence[str], other: Sequence[str], weights: Weights) -> bool:
    """Whether no rule can tell if two descriptions, as content words, differ in meaning.

    So are the same words in another order; and, from FEWEST_WORDS words on, all words of one within the other, or most
    of the telling ones in both.
    """
    ours, theirs = frozenset(one), frozenset(other)
    if sorted(one) == sorted(other):
        return True
    if min(len(ours), len(theirs)) < FEWEST_WORDS:
        return False
    return ours <= theirs or theirs <= ours or shared_weight(ours, theirs, weights) >= TOO_CLOSE


class Overlaps:
    """The verdicts of a deck, with the forms of its facts worked out once each."""

    def __init__(self, deck: DeckSpec) -> None:
        self._deck = deck
        self._forms: dict[str, Forms] = {}
        self._joined = {frozenset(row[:2]) for row in deck.overlaps}

    @cached_property
    def _weights(self) -> dict[str, dict[str, float]]:
        """For each section what its descriptions' words tell among them."""
        said: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for fact in self._deck.facts:
            ours = self.forms(fact)
            said[fact.section] += [text for text in (ours.purpose_content, ours.condition_content) if text]
        return {section: word_weights(texts) for section, texts in said.items()}

    def forms(self, fact: FactSpec) -> Forms:
        """The fact's compared forms."""
        if fact.code not in self._forms:
            self._forms[fact.code] = forms(fact)
        return self._forms[fact.code]

    def verdict(self, asked: FactSpec, offered: FactSpec, direction: Direction, part: str = "") -> Verdict | None:
        """Whether the offered fact is right too when the asked one's card is put; `part` names the asked example."""
        example = stems.examples(asked).get(part, "") if part else ""
        weights = self._weights.get(asked.section, {})
        by_text, final = stated(self.forms(asked), self.forms(offered), direction, example, weights)
        if by_text is not None and final:
            return by_text
        if not self._joined or frozenset((asked.code, offered.code)) not in self._joined:
            return by_text
        by_editor = judged(self._deck, asked.code, offered.code, direction)
        return by_editor if by_editor is not None else by_text

    def outsider(self, section: str, offered: FactSpec, names: frozenset[str]) -> Verdict | None:
        """Whether a fact of another section is a member of this one too; `names` are those of its members."""
        if not self.forms(offered).names.isdisjoint(names):
            return Verdict.RIGHT
        return self._deck.verdict(section, offered.code, Direction.MEMBERSHIP)
