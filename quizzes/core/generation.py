"""Items from facts: the cards a deck gives, each card's prompt, and draws from its dozen option sets."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from random import Random
from zlib import crc32

from quizzes.core import dice, stems
from quizzes.core.arena import Arena
from quizzes.core.contrast import contrast
from quizzes.core.distractors import OptionSet
from quizzes.core.kept import Kept
from quizzes.core.library import Library
from quizzes.core.negatives import not_member
from quizzes.core.offers import Offer, caution, option
from quizzes.core.places import Place
from quizzes.core.plans import Plans
from quizzes.core.specs import CardSpec, Closeness, DeckSpec, FactSpec, Item, Option, Refusal
from quizzes.core.stems import Prompt
from quizzes.core.text import holds_words, key_form, singular_words

LURE_WEIGHT = 4
RETIRED_SHOWINGS = 60
RETIRED_BOUND = 0.05
_MOST_SHOWN = 8192
_UNIT = 1000
_PRIOR = (2, 8)
_GOLDEN = 0x9E3779B97F4A7C15
_NUMBERED = re.compile(r"(.*?)(\d{1,15})", re.DOTALL)

Tallies = Mapping[tuple[str, str], tuple[int, int]]
"""(asked code, offered code) -> (how often all students were shown it, how often they chose it)."""


class Bank:
    """What a deck's facts give: immutable to its users; parts are worked out when first needed and kept.

    Build one per version of a deck and share it.
    """

    def __init__(self, deck: DeckSpec) -> None:
        self.deck = deck
        self._library = Library(deck)
        self._plans = Plans(self._library)
        self._shown = Kept[tuple[str, OptionSet], tuple[Option, ...]](_MOST_SHOWN)
        self._worked_out = False

    def cards(self) -> tuple[CardSpec, ...]:
        """All cards, by section and then fact in teaching order; never not_member."""
        return self._cards

    @cached_property
    def _cards(self) -> tuple[CardSpec, ...]:
        shelves = self._library.shelves.values()
        return tuple(one for s in shelves for fact in s.facts for one in stems.cards_of(fact, s.section))

    @property
    def facts(self) -> Mapping[str, FactSpec]:
        """The deck's facts by code."""
        return self._library.facts

    def fact(self, card: CardSpec) -> FactSpec:
        """The card's fact; KeyError if the deck has it not."""
        return self._library.facts[card.code]

    def prompt(self, card: CardSpec) -> Prompt:
        """The card as flashcard or typed question, whether or not it can be one: see `unusable`."""
        fact = self.fact(card)
        stem = self._plans.stem(card)
        if self._plans.blank_is_loose(card):
            return stems.prompt(card, fact, stems.stem(card, fact, self._library.shelf(fact).section))
        return stems.prompt(card, fact, stem.text)

    def refusal(self, card: CardSpec) -> Refusal | None:
        """Why the card gives no multiple-choice item; None if it does."""
        reason = self._plans.case(card).reason
        return Refusal(card, reason) if reason else None

    def neighbourhood(self, card: CardSpec) -> Place:
        """What the card has in common with those whose options are chosen in view of its own."""
        return self._plans.neighbourhood(card)

    def rival(self, card: CardSpec) -> FactSpec | None:
        """Another fact of the section that is right for the card's question too; None if its own fact alone is."""
        return self._library.also_right(card)

    def blanks(self, card: CardSpec) -> frozenset[str]:
        """The words (in the singular) that the card's question shows as a blank, since they give the answer away."""
        return self._plans.stem(card).hidden

    def choice_count(self, card: CardSpec) -> int:
        """How many answer choices the card's items have; 0 if it is refused."""
        sets = self._plans.case(card).sets
        return 1 + max(len(one.others) for one in sets) if sets else 0

    def unusable(self, card: CardSpec) -> str:
        """Why the card cannot be a flashcard or a typed question; empty if it can."""
        if card.direction in stems.OF_SECTION:
            return "asks which of several options, so it is multiple choice only"
        rival = self.rival(card)
        if rival is not None:
            return f"“{rival.label}” ({rival.code}) is right for the same question"
        return shows_answer(self.prompt(card))

    def draw(
        self,
        card: CardSpec,
        seed: str,
        *,
        closeness: Closeness = Closeness.MIXED,
        lures: Sequence[str] = (),
        tallies: Tallies | None = None,
    ) -> Item | Refusal:
        """One item from the card's dozen option sets; same arguments, same item.

        A seed that ends in a number walks the sets: n and n + 1 differ where the pool allows. `lures` are codes of
        facts that this student takes for the asked one: sets with exactly one of them come four times as often.
        `tallies` raise the weight of distractors that students choose, and retire those that nobody chose in 60
        showings or more.
        """
        turns = self._plans.dozen(card)
        if not turns.sets:
            return Refusal(card, turns.reason)
        offers, allowed = turns.arena.offers, _within(turns.sets, turns.arena, closeness)
        chosen = [tuple(offers[at].fact.code for at in turn.others) for turn in allowed]
        weights = _weights(card, chosen, lures, tallies) if lures or tallies else [_UNIT] * len(allowed)
        return self._item(card, allowed[_pick(weights, seed.replace(card.key, "*"))], turns.arena, seed)

    def sketch(self, card: CardSpec, seed: str) -> Item | Refusal:
        """One item as `draw` might give it, from option sets chosen for this card alone.

        Quick for a bank made a moment ago, since no other card's sets are chosen; same arguments, same item.
        """
        turns = self._plans.alone(card)
        if not turns:
            return Refusal(card, self._plans.case(card).reason)
        return self._item(card, turns[_pick([_UNIT] * len(turns), seed)], self._plans.case(card).arena, seed)

    def work_out(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Choose the option sets of the cards now instead of when each is first drawn, once, until `enough` says so."""
        if not self._worked_out:
            for card in self.cards():
                if enough():
                    break
                self._plans.dozen(card)
            self._worked_out = True

    def not_member(self, section: str, seed: str, *, without: Collection[str] = ()) -> Item | Refusal:
        """A question for the one option that is no member of the section, for quizzes; `without` are codes not wanted.

        The item's card is the key's; its `asked_section` is the section. KeyError if the deck has no such section.
        """
        return not_member(self._library, section, seed, frozenset(without))

    def contrast(self, card: CardSpec, other: str, seed: str) -> Item | Refusal:
        """The card's question with two options: its own answer, and that of the fact with the code `other`.

        Same arguments, same item. A refusal's reason is the end of a sentence for students.
        """
        return contrast(self._library, card, self._plans.stem(card), other, seed)

    def _item(self, card: CardSpec, turn: OptionSet, arena: Arena, seed: str) -> Item:
        fact = self.fact(card)
        asked = fact.section if card.direction in stems.OF_SECTION else ""
        options = tuple(dice.shuffled(Random(seed), self._options(card, turn, arena)))
        return Item(card, self._plans.stem(card).text, options, fact.locator, caution(fact), seed, asked)

    def _options(self, card: CardSpec, turn: OptionSet, arena: Arena) -> tuple[Option, ...]:
        """The options of a turn, key first."""
        shown = (arena.offers[at] for at in (turn.key, *turn.others))
        return self._shown.get(
            (card.key, turn), lambda: tuple(self._option(offer, number == 0) for number, offer in enumerate(shown))
        )

    def _option(self, offer: Offer, is_key: bool) -> Option:
        return option(offer, self._library.shelf(offer.fact).section, self.deck.language, is_key=is_key)


def _within(turns: Sequence[OptionSet], arena: Arena, closeness: Closeness) -> Sequence[OptionSet]:
    """The closer or the farther half of the turns, or all."""
    if closeness is Closeness.MIXED:
        return turns
    near = [sum(arena.near(turn.key, at) for at in turn.others) for turn in turns]
    ranked = sorted(range(len(turns)), key=lambda at: near[at], reverse=closeness is Closeness.NEAR)
    return [turns[at] for at in ranked[: len(turns) // 2]]


def _weights(
    card: CardSpec, turns: Sequence[tuple[str, ...]], lures: Sequence[str], tallies: Tallies | None
) -> list[int]:
    """Whole weights of the turns, given as codes of distractors, by what students take for what."""
    lured = [sum(code in lures for code in codes) for codes in turns]
    held = [[(tallies or {}).get((card.code, code), (0, 0)) for code in codes] for codes in turns]
    idle = [sum(retired(*tally) for tally in one) for one in held]
    return [
        _pull(one) * (LURE_WEIGHT if lure == 1 else 1) if lure <= max(1, min(lured)) and none == min(idle) else 0
        for one, lure, none in zip(held, lured, idle, strict=True)
    ]


def _pull(tallies: Sequence[tuple[int, int]]) -> int:
    """The product of how often each distractor was chosen, smoothed: (chosen + 2) / (shown + 8) against 2 / 8."""
    pull = _UNIT
    for shown, chosen in tallies:
        pull = pull * (chosen + _PRIOR[0]) * _PRIOR[1] // ((shown + _PRIOR[1]) * _PRIOR[0])
    return max(1, pull)


def retired(shown: int, chosen: int) -> bool:
    """Whether a distractor that nobody chose gives way: its one-sided 95 % bound of Clopper and Pearson is under 5 %.

    With no choice in n showings the bound is 1 - 0.05 ** (1 / n).
    """
    return chosen == 0 and shown >= RETIRED_SHOWINGS and 1 - 0.05 ** (1 / shown) < RETIRED_BOUND


def _pick(weights: Sequence[int], seed: str) -> int:
    """The place of a turn: a numbered seed steps through equal weights one by one and spreads evenly over others."""
    match = _NUMBERED.fullmatch(seed)
    start, number = (match[1], int(match[2])) if match else (seed, 0)
    begin = crc32(start.encode("utf-8", "surrogatepass"))
    if min(weights) == max(weights):
        return (begin + number) % len(weights)
    left = ((begin << 32) + number * _GOLDEN) % (1 << 64) * sum(weights) >> 64
    for place, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return place
    raise ValueError("no weight above 0")


def shows_answer(prompt: Prompt) -> str:
    """Why a stem gives its typed or recalled answer away; empty if it does not."""
    asked = singular_words(prompt.stem)
    if any(holds_words(tuple(key_form(text).split()), asked) for text in prompt.accepted or (prompt.answer,)):
        return "the question shows its own answer"
    return ""
