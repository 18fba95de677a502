"""One deck of the library, with what helps to decide whether to study it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.text import capfirst

from quizzes.core.specs import Direction, Item
from quizzes.models import Card, CardProgress, Deck, Fact, Section, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.library import LibraryDeck, find_library_deck

LIKED_FIRST = Direction.PURPOSE_TO_TERM
MOST_TRIED = 40


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section: its facts and cards, and how many of the cards the person has begun."""

    title: str
    facts: int
    cards: int
    begun: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One question as the deck asks it, with its choices and the right one."""

    stem: str
    options: Sequence[str]
    answer: str


@dataclass(frozen=True, slots=True)
class LibraryDeckPage:
    """A deck's own page in the library."""

    deck: LibraryDeck
    disclaimer: str
    sections: Sequence[SectionLine]
    any_begun: bool
    sample: Sample | None


def find_deck_page(user: User, slug: str, *, now: datetime) -> LibraryDeckPage | None:
    """The page of one deck; None if the person may not see it."""
    shown = find_library_deck(user, slug, now=now)
    deck = visible_decks(user).select_related("tally").filter(slug=slug).first()
    if shown is None or deck is None:
        return None
    sections = _sections(user, deck)
    return LibraryDeckPage(shown, deck.disclaimer, sections, any(line.begun for line in sections), _sample(deck))


def _sections(user: User, deck: Deck) -> list[SectionLine]:
    active = Count("facts", filter=Q(facts__status=Fact.Status.ACTIVE))
    rows = Section.objects.filter(deck=deck).annotate(n=active).filter(n__gt=0).order_by("position", "slug")
    cards = Card.objects.filter(deck=deck, status=Card.Status.ACTIVE).order_by()
    begun = CardProgress.objects.filter(user=user, card__in=cards).exclude(phase="new").order_by()
    cards_in = dict(cards.values_list("fact__section").annotate(n=Count("pk")))
    begun_in = dict(begun.values_list("card__fact__section").annotate(n=Count("card_id")))
    return [
        SectionLine(capfirst(row.noun_plural), row.n, cards_in.get(row.pk, 0), begun_in.get(row.pk, 0)) for row in rows
    ]


def _sample(deck: Deck) -> Sample | None:
    """The first question of the deck that has answer choices, always the same; None if it has none."""
    content = deck_content(deck)
    places = sorted(
        (place for place in content.cards.values() if place.choice),
        key=lambda place: (place.spec.direction is not LIKED_FIRST, place.order, place.id),
    )
    for place in places[:MOST_TRIED]:
        item = content.bank.draw(place.spec, f"{deck.slug}/sample", tallies=content.tallies)
        if isinstance(item, Item):
            right = next(option.text for option in item.options if option.is_key)
            return Sample(item.stem, [option.text for option in item.options], right)
    return None
