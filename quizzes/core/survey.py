"""How good a deck's questions are, as a whole: what is asked and what is refused and why, broken rules, robots."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from quizzes.core import dice
from quizzes.core.advice import Adviser
from quizzes.core.generation import Bank
from quizzes.core.places import Place
from quizzes.core.quality import Report, drawn_of, inspect
from quizzes.core.specs import CardSpec, Item
from quizzes.core.stems import answer_slot

DRAWS = 50
MOST_CARDS = 400
"""Of a larger deck about so many cards are looked at, in whole neighbourhoods from all over it."""

EXAMPLES = 5
_NAMED = re.compile(r"“[^”]*”(?: \([^)]*\))?")
_NUMBER = re.compile(r"\d+")

Told = Callable[[int, int], None]
"""Hears how many of how many cards are done."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cards of one direction in one section: all, those asked with and without answer choices, those refused."""

    section: str
    direction: str
    cards: int
    choice: int
    recall: int
    refused: int


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind: the kind in words with … for what differs, how many, and the first few, as (card, words)."""

    kind: str
    count: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at a deck shows. `cards` are all it has, `looked_at` those drawn from; `draws` of each.

    `refusals` are of cards that are asked in no way at all, `without_choices` and `without_recall` of those asked in
    one; `warnings` by kind of advice, their examples as (code, the advice's own words).
    """

    cards: int
    looked_at: int
    draws: int
    coverage: tuple[Coverage, ...]
    report: Report
    refusals: tuple[Group, ...]
    without_choices: tuple[Group, ...]
    without_recall: tuple[Group, ...]
    warnings: tuple[Group, ...]

    @property
    def violations(self) -> tuple[str, ...]:
        """The rules that are broken, each with what breaks it."""
        return self.report.findings


@dataclass(slots=True)
class _Tally:
    """Reasons with the cards they are about."""

    said: list[tuple[str, str]] = field(default_factory=list)

    def groups(self) -> tuple[Group, ...]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, reason in self.said:
            found[kind_of(reason)].append((name, reason))
        ranked = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
        return tuple(Group(kind, len(cards), tuple(cards[:EXAMPLES])) for kind, cards in ranked)


def kind_of(reason: str) -> str:
    """A reason without the names and numbers that differ from card to card."""
    return _NUMBER.sub("n", _NAMED.sub("“…”", reason))


def survey(
    bank: Bank, *, draws: int = DRAWS, seed: str = "", most: int | None = MOST_CARDS, told: Told | None = None
) -> Survey:
    """Look at a deck's cards, or at `most` of them, and draw so many items of each. Same arguments, same survey."""
    cards = spread(bank, most)
    items: list[Item] = []
    whole, choiceless, recallless = _Tally(), _Tally(), _Tally()
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for done, card in enumerate(cards):
        if told is not None:
            told(done, len(cards))
        refusal, unusable = bank.refusal(card), bank.unusable(card)
        count = counted[bank.fact(card).section, card.direction.value]
        count.update(cards=1, choice=refusal is None, recall=not unusable, refused=bool(refusal and unusable))
        if refusal and unusable:
            whole.said.append((card.key, refusal.reason))
        elif refusal:
            choiceless.said.append((card.key, refusal.reason))
        elif unusable:
            recallless.said.append((card.key, unusable))
        items.extend(one for one in drawn_of(bank, card, draws, seed) if isinstance(one, Item))
    if told is not None:
        told(len(cards), len(cards))
    return Survey(
        cards=len(bank.cards()),
        looked_at=len(cards),
        draws=draws,
        coverage=tuple(_coverage(*place, count) for place, count in counted.items()),
        report=inspect(items, bank.deck, asked=_wholly(cards, bank.cards())),
        refusals=whole.groups(),
        without_choices=choiceless.groups(),
        without_recall=recallless.groups(),
        warnings=_warnings(bank, cards),
    )


def _coverage(section: str, direction: str, count: Counter[str]) -> Coverage:
    return Coverage(section, direction, count["cards"], count["choice"], count["recall"], count["refused"])


def spread(bank: Bank, most: int | None) -> Sequence[CardSpec]:
    """About so many of the cards, from all over the deck; all where there are not more.

    Neighbourhoods are taken whole: whether an option gives itself away shows only among all cards that it meets.
    """
    cards = bank.cards()
    if most is None or len(cards) <= most:
        return cards
    near: dict[Place, list[CardSpec]] = defaultdict(list)
    for card in cards:
        near[bank.neighbourhood(card)].append(card)
    chosen: set[CardSpec] = set()
    for place in dice.shuffled(Random(f"{bank.deck.slug}/spread"), list(near)):
        if not chosen or len(chosen) + len(near[place]) <= most:
            chosen.update(near[place])
    return [card for card in cards if card in chosen]


def _wholly(cards: Sequence[CardSpec], all_cards: Sequence[CardSpec]) -> frozenset[str]:
    """The codes of facts that no other card than these asks for by name."""
    found = set(cards)
    naming = [card for card in all_cards if answer_slot(card.direction) == "term"]
    return frozenset(card.code for card in naming) - {card.code for card in naming if card not in found}


def _warnings(bank: Bank, cards: Sequence[CardSpec]) -> tuple[Group, ...]:
    adviser = Adviser(bank)
    codes = dict.fromkeys(card.code for card in cards)
    if len(cards) == len(bank.cards()):
        codes = dict.fromkeys(fact.code for fact in bank.deck.facts)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code in codes:
        for advice in adviser.find(code):
            found[advice.kind.value].append((code, " · ".join(advice.about)))
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(Group(kind, len(said), tuple(said[:EXAMPLES])) for kind, said in ranked)
