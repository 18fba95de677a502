"""How far decks are checked and how well they ask: what stands on top of the editors' lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from quizzes.core.advice import Adviser
from quizzes.models import Card, Deck, Fact
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.content.latest import Latest
from quizzes.selectors.content.work import IN_USE, UNDER_WORK, WorkLeft


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a deck's facts, and where it stands in a bar of 1000."""

    name: str
    count: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class DeckReview:
    """One deck's state: its facts by check status, its questions, and what is to do."""

    deck: Deck
    facts: int
    checked: int
    doubtful: int
    unchecked: int
    retired: int
    recheck: int
    asked: int
    refused: int
    cards: int
    under_work: int

    @property
    def work(self) -> WorkLeft:
        """How far the worker has come with its questions."""
        return WorkLeft(self.cards - self.under_work, self.cards)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Checked, doubtful and unchecked facts as parts of a bar."""
        counts = {"checked": self.checked, "doubtful": self.doubtful, "unchecked": self.unchecked}
        shares, start = [], 0
        for name, count in counts.items():
            width = round(1000 * count / self.facts) if self.facts else 0
            shares.append(Share(name, count, start, width))
            start += width
        return tuple(shares)

    @property
    def published(self) -> bool:
        """Whether students see it."""
        return self.deck.status == Deck.Status.PUBLISHED


_advisers = Latest[Adviser]()


def review_decks(decks: QuerySet[Deck], *, today: date) -> list[DeckReview]:
    """The state of these decks, by title; three queries however many."""
    facts = Fact.objects.filter(deck__in=decks).order_by().values("deck").annotate(**_fact_counts(today))
    cards = Card.objects.filter(deck__in=decks).order_by().values("deck").annotate(**_card_counts())
    counted: dict[int, dict[str, int]] = {}
    for row in (*facts, *cards):
        counted.setdefault(row.pop("deck"), {}).update(row)
    nothing = dict.fromkeys((*_fact_counts(today), *_card_counts()), 0)
    return [
        DeckReview(deck=deck, **{**nothing, **counted.get(deck.pk, {})}) for deck in decks.order_by("title", "slug")
    ]


def at_work(reviews: Iterable[DeckReview]) -> bool:
    """Whether the worker is still to come to cards of one of these decks."""
    return any(review.under_work for review in reviews)


def _fact_counts(today: date) -> dict[str, Count]:
    active = Q(status=Fact.Status.ACTIVE)
    states = {state.value: Count("pk", filter=active & Q(check_status=state)) for state in Fact.CheckStatus}
    return {
        "facts": Count("pk", filter=active),
        "retired": Count("pk", filter=~active),
        "recheck": Count("pk", filter=active & Q(recheck_on__lte=today)),
        **states,
    }


def _card_counts() -> dict[str, Count]:
    return {
        "asked": Count("pk", filter=Q(status=Card.Status.ACTIVE)),
        "refused": Count("pk", filter=Q(status=Card.Status.REFUSED)),
        "cards": Count("pk", filter=IN_USE),
        "under_work": Count("pk", filter=IN_USE & UNDER_WORK),
    }


def warning_counts(facts: Iterable[Fact]) -> dict[int, int]:
    """How many warnings each of these active facts has, by its id; those without any are left out."""
    counted = {fact.pk: len(_adviser(fact.deck).find(fact.code)) for fact in facts}
    return {pk: count for pk, count in counted.items() if count}


def warned_facts(decks: Iterable[Deck]) -> list[int]:
    """The ids of the facts with warnings. Looks at every question of the decks, once per version of each."""
    return [pk for deck in decks for code, pk in deck_content(deck).fact_ids.items() if _adviser(deck).find(code)]


def _adviser(deck: Deck) -> Adviser:
    version = deck.content_version
    return _advisers.find(deck.pk, version) or _advisers.keep(_made_adviser(deck.pk), deck.pk, version)


def _made_adviser(deck_id: int) -> Adviser:
    return Adviser(deck_content(Deck.objects.select_related("tally").get(pk=deck_id)).bank)


def clear_cache() -> None:
    """Forget what was found."""
    _advisers.clear()
