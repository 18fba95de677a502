"""Decks ready to be studied: the bank of questions and the cards' places, read once per version of the content."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from quizzes.core.generation import Bank
from quizzes.core.memory import Shift
from quizzes.core.queueing import Row
from quizzes.core.specs import CardSpec, Direction, FactSpec
from quizzes.models import Card, CardShift, CardTally, Deck, DeckTally, Fact, PairTally
from quizzes.selectors.content.banks import bank_at
from quizzes.selectors.content.latest import Latest


@dataclass(frozen=True, slots=True)
class CardPlace:
    """A studied card: its row's id, its fact, its place in the teaching order, how it can be asked."""

    id: int
    fact_id: int
    spec: CardSpec
    order: int
    choice: bool
    recall: bool
    meaning_version: int


@dataclass(frozen=True, slots=True)
class DeckContent:
    """Everything about a deck that answering needs, for one version of its content.

    `unseen` are its cards as a queue sees them that have never been touched, in teaching order.
    """

    deck_id: int
    slug: str
    title: str
    language: str
    disclaimer: str
    bank: Bank
    cards: Mapping[int, CardPlace]
    cards_of_fact: Mapping[int, Sequence[int]]
    unseen: Sequence[Row]
    section_titles: Mapping[str, str]
    fact_ids: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]
    tallies: Mapping[tuple[str, str], tuple[int, int]]
    medians_ms: Mapping[int, int]
    shifts: Mapping[int, Shift]

    def section_title(self, slug: str) -> str:
        """The section's name on pages: its plural noun with a capital."""
        return capfirst(self.section_titles.get(slug, slug))


_contents = Latest[DeckContent]()


def deck_content(deck: Deck) -> DeckContent:
    """The content of a deck at its `content_version` with its latest counts, from this process's cache if there."""
    tally: DeckTally | None = getattr(deck, "tally", None)
    version = deck.content_version, tally.version if tally else 0
    return _contents.find(deck.pk, *version) or _contents.keep(_content(deck.pk), deck.pk, *version)


def warm_up(enough: Callable[[], bool] = lambda: False) -> None:
    """Work out the questions of the published decks that this process has not worked out yet; one query if none.

    Until `enough` says so: of a deck that takes longer, the rest is worked out as it is asked.
    """
    for deck in Deck.objects.filter(status=Deck.Status.PUBLISHED).select_related("tally"):
        if enough():
            break
        deck_content(deck).bank.work_out(enough)


def clear_cache() -> None:
    """Forget every cached deck."""
    _contents.clear()


def _content(deck_id: int) -> DeckContent:
    deck = Deck.objects.get(pk=deck_id)
    rows = Card.objects.filter(deck=deck, status=Card.Status.ACTIVE).order_by("order", "id").select_related("fact")
    bank = bank_at(deck)
    cards = {card.pk: _place(card) for card in rows}
    return DeckContent(
        deck_id=deck.pk,
        slug=deck.slug,
        title=deck.title,
        language=deck.language,
        disclaimer=deck.disclaimer,
        bank=bank,
        cards=cards,
        cards_of_fact=_by_fact(cards.values()),
        unseen=[Row(place.id, place.fact_id, deck.pk, place.order) for place in cards.values()],
        names={fact.code: _names(fact) for fact in bank.deck.facts},
        section_titles={section.slug: section.noun_plural for section in bank.deck.sections},
        fact_ids=dict(Fact.objects.filter(deck=deck).values_list("code", "pk")),
        tallies=_tallies(deck),
        medians_ms=dict(CardTally.objects.filter(card__deck=deck).values_list("card_id", "median_ms")),
        shifts=card_shifts(deck.pk),
    )


def _place(card: Card) -> CardPlace:
    return CardPlace(
        id=card.pk,
        fact_id=card.fact_id,
        spec=CardSpec(card.fact.code, Direction(card.direction), card.part),
        order=card.order,
        choice=not card.choice_refusal,
        recall=not card.recall_refusal,
        meaning_version=card.fact.meaning_version,
    )


def _by_fact(places: Iterable[CardPlace]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(place.fact_id, []).append(place.id)
    return found


def _names(fact: FactSpec) -> tuple[str, ...]:
    return tuple(name for name in (fact.term, fact.short_label, *fact.aliases, *fact.examples) if name)


def _tallies(deck: Deck) -> dict[tuple[str, str], tuple[int, int]]:
    rows = PairTally.objects.filter(asked__deck=deck).values_list("asked__code", "offered__code", "shown", "chosen")
    return {(asked, offered): (shown, chosen) for asked, offered, shown, chosen in rows}


def card_shifts(deck_id: int) -> dict[int, Shift]:
    """What is known of the first memories of the deck's cards, by card, of each the newest version; one query."""
    rows = CardShift.objects.filter(card__deck=deck_id).order_by("version")
    return {card: Shift(*values) for card, *values in rows.values_list("card_id", *Shift._fields)}
