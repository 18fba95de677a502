"""A deck's facts by section, with what several of them say alike. Everything is worked out when first asked for."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain

from quizzes.core import stems
from quizzes.core.clang import stop_words
from quizzes.core.kept import Kept
from quizzes.core.offers import Offer, offers_of
from quizzes.core.overlaps import Overlaps
from quizzes.core.pods import pods
from quizzes.core.similarity import FEWEST_WORDS, near_equal
from quizzes.core.specs import CardSpec, DeckSpec, Direction, FactSpec, SectionSpec, Verdict
from quizzes.core.text import holds_words, key_form, singular_words

_FROM_PURPOSE = frozenset({Direction.PURPOSE_TO_TERM, Direction.PURPOSE_TO_EXAMPLE})
_ENOUGH_KINDS = 5
_MOST_OFFERS = 4096
_MOST_SHARED = 4
_FROM_TERM = frozenset({Direction.TERM_TO_PURPOSE, Direction.TERM_TO_EXAMPLE})


class Shelf:
    """One section with its facts in teaching order."""

    def __init__(self, section: SectionSpec, facts: Iterable[FactSpec], overlaps: Overlaps) -> None:
        self.section = section
        self.facts = tuple(sorted(facts, key=lambda fact: fact.position))
        self._overlaps = overlaps

    @cached_property
    def pods(self) -> tuple[tuple[FactSpec, ...], ...]:
        """The groups of facts that serve as each other's distractors."""
        return pods(self.facts)

    @cached_property
    def pod_of(self) -> dict[str, int]:
        """The number of each fact's pod, by its code."""
        return {fact.code: number for number, pod in enumerate(self.pods) for fact in pod}

    @cached_property
    def in_pods(self) -> tuple[FactSpec, ...]:
        """The facts pod by pod."""
        return tuple(chain.from_iterable(self.pods))

    @cached_property
    def _pod_starts(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self.pods), initial=0))

    def around(self, code: str) -> Iterator[int]:
        """The places in `in_pods` outside of the fact's own pod, from the next pod round to the one before."""
        home = self.pod_of[code]
        yield from range(self._pod_starts[home + 1], len(self.in_pods))
        yield from range(self._pod_starts[home])

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each fact on the shelf, by its code."""
        return {fact.code: place for place, fact in enumerate(self.facts)}

    @cached_property
    def has_kinds(self) -> bool:
        """Whether enough facts have examples, so that those without need not stand among them."""
        return sum(bool(fact.examples) for fact in self.facts) >= _ENOUGH_KINDS

    @cached_property
    def names(self) -> frozenset[str]:
        """The compared forms of all terms, labels and aliases."""
        return frozenset(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, list[FactSpec]]:
        return self._by(lambda fact: self._overlaps.forms(fact).names)

    @cached_property
    def _by_example(self) -> dict[str, list[FactSpec]]:
        return self._by(lambda fact: self._overlaps.forms(fact).examples)

    @cached_property
    def _by_purpose(self) -> dict[str, list[FactSpec]]:
        return self._by(lambda fact: [" ".join(self._overlaps.forms(fact).purpose)])

    @cached_property
    def _by_condition(self) -> dict[str, list[FactSpec]]:
        return self._by(lambda fact: [" ".join(self._overlaps.forms(fact).condition)])

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        return self._places(lambda fact: self._overlaps.forms(fact).purpose)

    @cached_property
    def _by_purpose_word(self) -> dict[str, set[int]]:
        return self._places(lambda fact: singular_words(fact.purpose))

    @cached_property
    def _by_condition_word(self) -> dict[str, set[int]]:
        return self._places(lambda fact: singular_words(fact.condition))

    def _places(self, said: Callable[[FactSpec], Iterable[str]]) -> dict[str, set[int]]:
        """The places on the shelf of the facts that say a word."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, fact in enumerate(self.facts):
            for word in said(fact):
                found[word].add(place)
        return dict(found)

    def _by(self, forms: Callable[[FactSpec], Iterable[str]]) -> dict[str, list[FactSpec]]:
        found: dict[str, list[FactSpec]] = defaultdict(list)
        for fact in self.facts:
            for form in filter(None, forms(fact)):
                found[form].append(fact)
        return dict(found)

    def twins(self, card: CardSpec, fact: FactSpec) -> Iterator[FactSpec]:
        """The other facts of the section for which the card's question reads the same."""
        forms = self._overlaps.forms(fact)
        found: list[list[FactSpec]] = []
        if card.direction in _FROM_PURPOSE:
            found = [self._by_purpose.get(" ".join(forms.purpose), [])]
        elif card.direction is Direction.CONDITION_TO_TERM:
            found = [self._by_condition.get(" ".join(forms.condition), [])]
        elif card.direction in _FROM_TERM:
            found = [self._by_name.get(key_form(fact.term), [])]
        elif card.part:
            example = key_form(stems.examples(fact).get(card.part, ""))
            found = [self._by_example.get(example, []), self._by_name.get(example, [])]
        seen = {fact.code}
        for other in chain.from_iterable(found):
            if other.code not in seen:
                seen.add(other.code)
                yield other

    def containing(self, fact: FactSpec) -> Iterator[FactSpec]:
        """The other facts of the section whose purpose contains this fact's, word for word."""
        mine = self._overlaps.forms(fact).purpose
        for place in _with_all(self._by_word, mine) if mine else ():
            other = self.facts[place]
            if other.code != fact.code and holds_words(mine, self._overlaps.forms(other).purpose):
                yield other

    def reworded(self, fact: FactSpec) -> Iterator[FactSpec]:
        """The other facts of the section whose purpose is the same but for honest misspellings."""
        mine = self._overlaps.forms(fact).purpose_content
        for place in self._nearly_all(mine) if len(mine) >= FEWEST_WORDS else ():
            other = self.facts[place]
            if other.code != fact.code and near_equal(mine, self._overlaps.forms(other).purpose_content):
                yield other

    def _nearly_all(self, words: Sequence[str]) -> list[int]:
        """The places of purposes that may lack no more of the words than misspellings allow, the rarest words first.

        What lacks at most n of the words has some m of the n + m rarest ones.
        """
        missed = len(words) // FEWEST_WORDS
        rarest = sorted((self._by_word[word] for word in words), key=len)[: missed + 1]
        distinct = sorted((self._by_word[word] for word in set(words)), key=len)
        shared = max(1, min(_MOST_SHARED if missed < _MOST_SHARED else 2, len(distinct) - missed))
        found = _with_some(distinct[: missed + shared], shared)
        ranked = [(next((at for at, one in enumerate(rarest) if place in one), -1), place) for place in found]
        return [place for at, place in sorted(ranked) if at >= 0]

    def saying(self, words: Collection[str], fact: FactSpec, *, condition: bool) -> bool:
        """Whether another fact of the section has all these words (singular) in its purpose, or its condition."""
        if not words:
            return len(self.facts) > 1
        places = _with_all(self._by_condition_word if condition else self._by_purpose_word, words)
        return any(self.facts[place].code != fact.code for place in places)


def _with_some(held: Sequence[set[int]], count: int) -> set[int]:
    """The places that so many of the sets hold, 1 or more."""
    if count == 1:
        return set().union(*held)
    found = set[int]()
    for at in range(len(held) - count + 1):
        found |= _with_some([held[at] & more for more in held[at + 1 :]], count - 1)
    return found


def _with_all(index: dict[str, set[int]], words: Iterable[str]) -> list[int]:
    """The places that hold all the words, in order."""
    held = sorted((index.get(word, set()) for word in set(words)), key=len)
    return sorted(held[0].intersection(*held[1:])) if held else []


class Library:
    """All sections of a deck that hold facts or could."""

    def __init__(self, deck: DeckSpec) -> None:
        self.deck = deck
        self.overlaps = Overlaps(deck)
        grouped: dict[str, list[FactSpec]] = defaultdict(list)
        self.facts: dict[str, FactSpec] = {}
        for fact in deck.facts:
            if fact.code not in self.facts:
                self.facts[fact.code] = fact
                grouped[fact.section].append(fact)
        ordered = sorted(deck.sections, key=lambda section: section.position)
        self._offers = Kept[tuple[str, str], tuple[Offer, ...]](_MOST_OFFERS)
        self._stop_words = Kept[str, frozenset[str]](len(deck.sections) + 1)
        self.shelves = {one.slug: Shelf(one, grouped[one.slug], self.overlaps) for one in ordered}

    def offers(self, fact: FactSpec, kind: str) -> tuple[Offer, ...]:
        """What the fact can put among the options for a kind of slot."""
        return self._offers.get((fact.code, kind), lambda: offers_of(fact, kind, self.deck.language))

    def stop_words(self, section: SectionSpec) -> frozenset[str]:
        """The stop list of a section."""
        return self._stop_words.get(section.slug, lambda: stop_words(self.deck, section))

    def shelf(self, fact: FactSpec) -> Shelf:
        """The section in which the fact stands now; KeyError if the deck has no such section."""
        return self.shelves[fact.section]

    def shelf_of(self, card: CardSpec) -> Shelf:
        """The section in which the card's fact stands now."""
        return self.shelf(self.facts[card.code])

    def twins(self, card: CardSpec) -> Iterator[FactSpec]:
        """The other facts of the section that the card's question, word for word, fits as well."""
        fact = self.facts[card.code]
        return self.shelf(fact).twins(card, fact)

    @cached_property
    def _rows(self) -> dict[str, tuple[str, ...]]:
        """For each fact the facts that some row of overlaps joins it with."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for asked, offered, _ in sorted(self.deck.overlaps):
            found[asked][offered] = None
            found[offered][asked] = None
        return {code: tuple(others) for code, others in found.items()}

    def also_right(self, card: CardSpec) -> FactSpec | None:
        """A fact of the same section that answers the card's question too; None if its own fact alone does.

        Where a purpose is asked for, a thing may well have two: then only facts of the same name count.
        """
        fact = self.facts[card.code]
        for rival in self._rivals(card, fact):
            if rival.section == fact.section and rival.code != fact.code and self._right(fact, rival, card):
                return rival
        return None

    def _rivals(self, card: CardSpec, fact: FactSpec) -> Iterator[FactSpec]:
        """The facts that may answer the card's question too, those that surely do first."""
        yield from self.twins(card)
        if stems.answer_slot(card.direction) != "purpose":
            yield from (self.facts[code] for code in self._rows.get(card.code, ()) if code in self.facts)
        if card.direction in _FROM_PURPOSE:
            yield from self.shelf(fact).containing(fact)
            yield from self.shelf(fact).reworded(fact)

    def _right(self, fact: FactSpec, rival: FactSpec, card: CardSpec) -> bool:
        return self.overlaps.verdict(fact, rival, card.direction, card.part) is Verdict.RIGHT
