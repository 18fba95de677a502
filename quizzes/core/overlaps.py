"""Whether another fact's answer would be right too: the editors' verdicts, and what the texts themselves say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.core import stems
from quizzes.core.offers import idea
from quizzes.core.specs import DeckSpec, Direction, FactSpec, Verdict
from quizzes.core.text import holds_words, key_form

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
    """A fact's texts in the forms that are compared."""

    names: frozenset[str]
    examples: frozenset[str]
    purpose: tuple[str, ...]
    condition: tuple[str, ...]
    purpose_idea: tuple[str, ...]
    condition_idea: tuple[str, ...]


def forms(fact: FactSpec) -> Forms:
    """The compared forms of a fact's names (term, label, aliases), examples, purpose and condition."""
    names = (fact.term, fact.short_label, *fact.aliases)
    return Forms(
        names=frozenset(filter(None, map(key_form, names))),
        examples=frozenset(filter(None, map(key_form, fact.examples))),
        purpose=tuple(key_form(fact.purpose).split()),
        condition=tuple(key_form(fact.condition).split()),
        purpose_idea=idea(fact.purpose),
        condition_idea=idea(fact.condition),
    )


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


def stated(asked: Forms, offered: Forms, direction: Direction, example: str = "") -> tuple[Verdict | None, bool]:
    """What the texts say of a pair: the verdict, and whether it stands against an editor's *distinct*.

    Equal names, equal descriptions and a shared asked example are right for good. A description contained in the other
    one, or an example that is the other's name, counts as right, and the same content words as arguable, until an
    editor judges the pair distinct.
    """
    if not asked.names.isdisjoint(offered.names):
        return Verdict.RIGHT, True
    if direction in _EXAMPLE_ASKED and key_form(example) in offered.examples | offered.names:
        return Verdict.RIGHT, True
    if direction in _BY_PURPOSE or direction is Direction.CONDITION_TO_TERM:
        by_text = _descriptions(asked, offered, direction)
        if by_text[0] is not None:
            return by_text
    if not asked.examples.isdisjoint(offered.names):
        return Verdict.RIGHT, False
    if not asked.names.isdisjoint(offered.examples):
        return Verdict.ARGUABLE, False
    return None, False


def _descriptions(asked: Forms, offered: Forms, direction: Direction) -> tuple[Verdict | None, bool]:
    if direction is Direction.CONDITION_TO_TERM:
        one, other = asked.condition, offered.condition
        ideas = asked.condition_idea, offered.condition_idea
    else:
        one, other = asked.purpose, offered.purpose
        ideas = asked.purpose_idea, offered.purpose_idea
    if one and one == other:
        return Verdict.RIGHT, True
    if holds_words(one, other) or holds_words(other, one):
        return Verdict.RIGHT, False
    if ideas[0] and ideas[0] == ideas[1]:
        return Verdict.ARGUABLE, False
    return None, False


class Overlaps:
    """The verdicts of a deck, with the forms of its facts worked out once each."""

    def __init__(self, deck: DeckSpec) -> None:
        self._deck = deck
        self._forms: dict[str, Forms] = {}

    def forms(self, fact: FactSpec) -> Forms:
        """The fact's compared forms."""
        if fact.code not in self._forms:
            self._forms[fact.code] = forms(fact)
        return self._forms[fact.code]

    def verdict(self, asked: FactSpec, offered: FactSpec, direction: Direction, part: str = "") -> Verdict | None:
        """Whether the offered fact is right too when the asked one's card is put; `part` names the asked example."""
        example = stems.examples(asked).get(part, "") if part else ""
        by_text, final = stated(self.forms(asked), self.forms(offered), direction, example)
        if by_text is not None and final:
            return by_text
        by_editor = judged(self._deck, asked.code, offered.code, direction)
        return by_editor if by_editor is not None else by_text

    def outsider(self, section: str, offered: FactSpec, names: frozenset[str]) -> Verdict | None:
        """Whether a fact of another section is a member of this one too; `names` are those of its members."""
        if not self.forms(offered).names.isdisjoint(names):
            return Verdict.RIGHT
        return self._deck.verdict(section, offered.code, Direction.MEMBERSHIP)
