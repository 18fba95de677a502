"""What the form of a quiz offers: the decks of the class, and what each gives by section and direction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.core.blueprints import stock
from quizzes.core.specs import Direction
from quizzes.models import Deck, Quiz
from quizzes.selectors.content.decks import DeckContent, deck_content
from quizzes.selectors.content.words import DIRECTION_LABELS
from quizzes.selectors.teaching.quiz_candidates import negative_sections
from quizzes.selectors.teaching.quiz_forms import askable_cards
from quizzes.selectors.teaching.quiz_words import CLOSENESS_LABELS, section_words

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StockLine:
    """A section: how many facts it can ask about in each direction, in the order of the table's head, and in all."""

    name: str
    counts: Sequence[int]
    facts: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a deck has for a quiz, and the choices of a row of a blueprint."""

    deck: Deck
    directions: Sequence[str]
    lines: Sequence[StockLine]
    negative: str
    choices: Mapping[str, Choices]

    @property
    def facts(self) -> int:
        """How many facts there are to ask about."""
        return sum(line.facts for line in self.lines)


def read_offer(deck: Deck, quiz: Quiz | None = None) -> Offer:
    """What the deck gives; sections that the quiz names and the deck has no more are among the choices."""
    content = deck_content(deck)
    askable = askable_cards(content)
    counts = stock(content.bank, askable)
    sections = list(dict.fromkeys(section for section, _direction in counts))
    directions = [one for one in Direction if any((slug, one) in counts for slug in sections)]
    facts: dict[str, set[str]] = {}
    for card in askable:
        facts.setdefault(content.bank.fact(card).section, set()).add(card.code)
    negative = [section_words(content.section_titles, slug) for slug in negative_sections(content)]
    return Offer(
        deck=deck,
        directions=[str(DIRECTION_LABELS[one]) for one in directions],
        lines=[
            StockLine(
                section_words(content.section_titles, slug),
                [counts.get((slug, one), 0) for one in directions],
                len(facts[slug]),
            )
            for slug in sections
        ],
        negative=", ".join(negative),
        choices=_choices(content, sections, directions, quiz),
    )


def _choices(
    content: DeckContent, sections: Sequence[str], directions: Sequence[Direction], quiz: Quiz | None
) -> dict[str, Choices]:
    kept = quiz.blueprint if quiz else []
    slugs = dict.fromkeys([*sections, *(row["section"] for row in kept if row["section"])])
    asked = [*directions, *([Direction.NOT_MEMBER] if negative_sections(content) else [])]
    asked += [one for one in Direction if one not in asked and any(row["direction"] == one for row in kept)]
    return {
        "section": [("", _("all sections")), *((slug, section_words(content.section_titles, slug)) for slug in slugs)],
        "direction": [("", _("any kind")), *((one.value, str(DIRECTION_LABELS[one])) for one in asked)],
        "closeness": [(one.value, str(CLOSENESS_LABELS[one])) for one in CLOSENESS_LABELS],
    }
