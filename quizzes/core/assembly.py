"""Whole quizzes: different facts from all sections, no question giving away another's answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from quizzes.core import dice
from quizzes.core.generation import Bank
from quizzes.core.rules import quiz_violations
from quizzes.core.specs import CardSpec, Direction, FactSpec, Item
from quizzes.core.text import holds_words, key_form

NEGATIVE_SHARE = 10


@dataclass(frozen=True, slots=True)
class Quiz:
    """Items in the order in which they are put, and the seed that gives them again."""

    items: tuple[Item, ...]
    seed: str


def assemble(bank: Bank, size: int, seed: str) -> Quiz:
    """A quiz of `size` items, or of as many as the deck gives.

    Each fact is the key at most once, no stem with its key gives away another item's answer, at most one item in ten
    asks for what does not belong, and the sections take turns. Same arguments, same quiz.
    """
    random, draft = Random(seed), Draft(bank)
    _take_negatives(bank, random, seed, draft, size // NEGATIVE_SHARE)
    piles: dict[str, list[CardSpec]] = {}
    for card in bank.cards():
        piles.setdefault(bank.fact(card).section, []).append(card)
    order = dice.shuffled(random, [dice.shuffled(random, pile) for pile in piles.values()])
    while order and len(draft.items) < size:
        for pile in order:
            if len(draft.items) < size:
                _take_one(bank, pile, seed, draft)
        order = [pile for pile in order if pile]
    return Quiz(tuple(dice.shuffled(random, few_negatives(draft.items))), seed)


def few_negatives(items: Sequence[Item]) -> list[Item]:
    """The items without those questions for an outsider that are too many where the deck gave fewer than wished."""
    negatives = [item for item in items if item.card.direction is Direction.NOT_MEMBER]
    others = [item for item in items if item.card.direction is not Direction.NOT_MEMBER]
    return negatives[: len(others) // (NEGATIVE_SHARE - 1)] + others


@dataclass(frozen=True, slots=True)
class _Words:
    """What an item shows with its key, and what answers it, in the form in which options are compared."""

    shown: tuple[tuple[str, ...], ...]
    answers: tuple[tuple[str, ...], ...]

    def gives_away(self, other: "_Words") -> bool:
        return any(holds_words(answer, text) for answer in other.answers for text in self.shown)


def _words(item: Item, fact: FactSpec) -> _Words:
    answers = [item.key.text]
    if item.key.slot == "term":
        answers += [fact.term, *fact.aliases]
    elif item.key.slot != "purpose":
        answers += fact.examples
    return _Words(_forms([item.stem, item.key.text]), _forms(answers))


def _forms(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(key_form(text).split()) for text in texts))


class Draft:
    """The items chosen so far and what they reveal."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._words: list[_Words] = []
        self.items: list[Item] = []
        self.codes: set[str] = set()

    def take(self, item: Item) -> bool:
        """Adds the item if its fact is new and neither it nor one chosen before gives the other away."""
        mine = _words(item, self._bank.fact(item.card))
        if item.card.code in self.codes or any(w.gives_away(mine) or mine.gives_away(w) for w in self._words):
            return False
        self.items.append(item)
        self._words.append(mine)
        self.codes.add(item.card.code)
        return True


def _take_negatives(bank: Bank, random: Random, seed: str, draft: Draft, most: int) -> None:
    asking = [one.slug for one in bank.deck.sections if one.wording.get(Direction.NOT_MEMBER)]
    for slug in dice.shuffled(random, asking):
        if len(draft.items) < most:
            item = bank.not_member(slug, f"{seed}/{slug}/not_member", without=draft.codes)
            if isinstance(item, Item):
                draft.take(item)


def _take_one(bank: Bank, pile: list[CardSpec], seed: str, draft: Draft) -> None:
    """Takes the first item from the pile that fits; cards that give none leave the pile."""
    while pile:
        card = pile.pop()
        if card.code not in draft.codes:
            item = bank.draw(card, f"{seed}/{card.key}")
            if isinstance(item, Item) and draft.take(item):
                return


def quiz_faults(bank: Bank, quiz: Quiz) -> list[str]:
    """What is wrong with a quiz as a whole: a fact asked twice, an answer given away, too many questions with NOT."""
    return [f"{broken.rule}: {broken.detail}" for broken in quiz_violations(quiz.items, bank.deck)]
