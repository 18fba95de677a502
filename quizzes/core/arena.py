"""Offers that may meet in one item, compared pair by pair: which can stand together, and how similar they are."""

from collections.abc import Callable, Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from quizzes.core.offers import Offer
from quizzes.core.text import STOP_WORDS, holds_words, singular_words

_MOST = 100


class Arena:
    """A fixed sequence of offers; they are named by their place in it. Similarities are whole numbers from 0 to 100."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = tuple(offers)
        self.place = {(offer.fact.code, offer.slot): at for at, offer in enumerate(self.offers)}

    @cached_property
    def friends(self) -> tuple[int, ...]:
        """For each offer the bit mask of those that can stand beside it: other facts, other words."""
        masks = [0] * len(self.offers)
        for one in range(len(self.offers)):
            for other in range(one):
                if together(self.offers[one], self.offers[other]):
                    masks[one] |= 1 << other
                    masks[other] |= 1 << one
        return tuple(masks)

    @cached_property
    def likeness(self) -> tuple[tuple[int, ...], ...]:
        """How alike the option texts look, letter by letter."""
        texts = [offer.text.casefold() for offer in self.offers]
        return _symmetric(len(texts), lambda one, other: _alike(texts[one], texts[other]))

    @cached_property
    def _traits(self) -> tuple["_Traits", ...]:
        return tuple(map(_Traits, self.offers))

    def near(self, one: int, other: int) -> int:
        """How near two facts are: shared tags, noun, condition and words, and looks."""
        looks = _alike(self.offers[one].text.casefold(), self.offers[other].text.casefold())
        return self._traits[one].near(self._traits[other], looks)

    @cached_property
    def closeness(self) -> tuple[tuple[int, ...], ...]:
        """How near each fact is to each other."""
        return _symmetric(len(self.offers), self.near)


def _symmetric(size: int, measure: Callable[[int, int], int]) -> tuple[tuple[int, ...], ...]:
    rows = [[_MOST] * size for _ in range(size)]
    for one in range(size):
        for other in range(one):
            rows[one][other] = rows[other][one] = measure(one, other)
    return tuple(map(tuple, rows))


def _alike(one: str, other: str) -> int:
    letters = max(1, len(one) + len(other))
    return _MOST * (letters - Indel.distance(one, other)) // letters


def together(one: Offer, other: Offer) -> bool:
    """Whether two offers can stand in one item: of different facts, neither the other's words nor part of them."""
    if one.fact.code == other.fact.code or one.squeezed == other.squeezed:
        return False
    if one.idea and one.idea == other.idea:
        return False
    return not holds_words(one.form, other.form) and not holds_words(other.form, one.form)


class _Traits:
    def __init__(self, offer: Offer) -> None:
        fact = offer.fact
        said = f"{fact.term} {fact.purpose} {fact.condition} {' '.join(fact.examples)}"
        self.words = frozenset(singular_words(said)) - STOP_WORDS
        self.tags = frozenset(tag.casefold() for tag in fact.tags)
        self.noun, self.condition, self.section = fact.noun, fact.condition, fact.section

    def near(self, other: "_Traits", looks: int) -> int:
        shared = len(self.words & other.words) * 2 * _MOST // max(1, len(self.words) + len(other.words))
        same = bool(self.condition) and self.condition == other.condition
        kin = 25 * bool(self.tags & other.tags) + 10 * (self.noun == other.noun) + 10 * same
        return kin + 10 * (self.section == other.section) + 30 * shared // _MOST + 15 * looks // _MOST
