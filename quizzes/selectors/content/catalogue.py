"""What a deck holds, fact by fact, as it is browsed and counted: read once per version of its content."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from quizzes.core.searching import search_form
from quizzes.models import Card, Deck, Fact, Section
from quizzes.selectors.content.latest import Latest


@dataclass(frozen=True, slots=True)
class Entry:
    """One active fact: its place, what it says in one line, the form that is searched, the cards that are asked."""

    fact_id: int
    code: str
    section: str
    term: str
    gist: str
    form: str
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A deck's active facts in teaching order, its sections' titles by slug, and each asked card's fact."""

    deck_id: int
    sections: Mapping[str, str]
    entries: tuple[Entry, ...]
    places: Mapping[int, int]

    def entry_of(self, card_id: int) -> Entry:
        """The fact of a card that is asked; raises KeyError."""
        return self.entries[self.places[card_id]]


_catalogues = Latest[Catalogue]()


def catalogue(deck: Deck) -> Catalogue:
    """The deck's catalogue at its `content_version`, from this process's cache if there; else three queries."""
    version = deck.content_version
    return _catalogues.find(deck.pk, version) or _catalogues.keep(_catalogue(deck.pk), deck.pk, version)


def clear_cache() -> None:
    """Forget every cached deck."""
    _catalogues.clear()


def _catalogue(deck_id: int) -> Catalogue:
    sections = Section.objects.filter(deck_id=deck_id).order_by("position", "slug").values_list("slug", "noun_plural")
    cards: dict[int, list[int]] = defaultdict(list)
    asked = Card.objects.filter(deck_id=deck_id, status=Card.Status.ACTIVE).order_by("order", "pk")
    for card_id, fact_id in asked.values_list("pk", "fact_id"):
        cards[fact_id].append(card_id)
    facts = Fact.objects.filter(deck_id=deck_id, status=Fact.Status.ACTIVE).select_related("section")
    entries = tuple(
        _entry(fact, tuple(cards[fact.pk])) for fact in facts.order_by("section__position", "position", "id")
    )
    return Catalogue(
        deck_id=deck_id,
        sections={slug: capfirst(title) for slug, title in sections},
        entries=entries,
        places={card_id: place for place, entry in enumerate(entries) for card_id in entry.cards},
    )


def _entry(fact: Fact, cards: tuple[int, ...]) -> Entry:
    searched = (fact.term, fact.short_label, *fact.aliases, *fact.examples, fact.purpose, fact.condition)
    gist = fact.purpose or ", ".join(fact.examples)
    return Entry(fact.pk, fact.code, fact.section.slug, fact.term, gist, search_form(searched), cards)
