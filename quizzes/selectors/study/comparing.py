"""Two facts side by side, for those who take one for the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.specs import FactSpec
from quizzes.models import Deck, User
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.study.contrasts import contrast_url, find_contrast
from quizzes.selectors.study.students import studied_decks


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
class Comparison:
    """Two facts of one deck, row by row."""

    language: str
    sides: Sequence[Side]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two facts side by side; where to be asked which is which, or a sentence why that was refused."""

    deck: str
    comparison: Comparison
    contrast_url: str = ""
    refusal: str = ""


def find_comparison(content: DeckContent, codes: Sequence[str]) -> Comparison | None:
    """The two facts of these codes side by side; None if the deck has not both of them now."""
    if len(codes) != 2 or codes[0] == codes[1] or not set(codes) <= content.names.keys():
        return None
    one, other = (content.bank.facts[code] for code in codes)
    return Comparison(content.language, [_side(content, one), _side(content, other)], _rows(one, other))


def comparison_page(user: User, deck: Deck, codes: Sequence[str], *, refusal: str = "") -> ComparisonPage | None:
    """The page for two codes of facts; None if the deck has not both of them now. One query besides cached content.

    `refusal` is the end of the sentence that says why they are not asked as a question; without it the page offers that
    to those who study the deck.
    """
    content = deck_content(deck)
    comparison = find_comparison(content, codes)
    if comparison is None:
        return None
    if refusal:
        words = _("This pair is not asked as a question with two choices, since %(reason)s.") % {"reason": refusal}
        return ComparisonPage(deck.title, comparison, refusal=words)
    return ComparisonPage(deck.title, comparison, contrast_url=_question(user, content, codes))


def _question(user: User, content: DeckContent, codes: Sequence[str]) -> str:
    """Where one of the two is asked with the other as its only other choice; the first, if that goes."""
    if content.deck_id not in {studied.deck.pk for studied in studied_decks(user)}:
        return ""
    for asked, other in (codes, tuple(reversed(codes))):
        if find_contrast(content, asked, other)[0] is not None:
            return contrast_url(content.slug, asked, other)
    return ""


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
