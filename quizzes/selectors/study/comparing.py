"""Two facts side by side, for those who take one for the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.specs import FactSpec
from quizzes.models import Deck
from quizzes.selectors.content.decks import DeckContent, deck_content


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two facts."""

    term: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """What both facts say of one thing; `differs` unless they say the same."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the facts part here."""
        return self.one.casefold() != self.other.casefold()


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two facts of one deck, row by row."""

    deck: str
    language: str
    sides: Sequence[Side]
    rows: Sequence[Row]


def comparison_page(deck: Deck, codes: Sequence[str]) -> ComparisonPage | None:
    """The page for two codes of facts; None if the deck has not both of them now."""
    content = deck_content(deck)
    if len(codes) != 2 or codes[0] == codes[1] or not set(codes) <= content.names.keys():
        return None
    one, other = (content.bank.facts[code] for code in codes)
    return ComparisonPage(deck.title, deck.language, [_side(content, one), _side(content, other)], _rows(one, other))


def _side(content: DeckContent, fact: FactSpec) -> Side:
    return Side(fact.term, reverse("browse-fact", args=[content.slug, fact.code]))


def _rows(one: FactSpec, other: FactSpec) -> list[Row]:
    rows = [
        Row(_("What it is for"), one.purpose, other.purpose),
        Row(_("When"), one.condition, other.condition),
        Row(_("Examples"), ", ".join(one.examples), ", ".join(other.examples)),
        Row(_("Also called"), ", ".join(one.aliases), ", ".join(other.aliases)),
        Row(_("Explanation"), one.explanation, other.explanation),
        Row(_("Take care"), one.caution, other.caution),
        Row(_("Source"), one.locator, other.locator),
    ]
    return [row for row in rows if row.one or row.other]
