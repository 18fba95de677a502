"""Forms of a quiz drawn by a blueprint: how many questions from which section, in which direction, how close."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from quizzes.core import dice
from quizzes.core.assembly import NEGATIVE_SHARE, Draft, few_negatives
from quizzes.core.generation import Bank
from quizzes.core.specs import CardSpec, Closeness, Direction, Item

TRIES = 12
_NEGATIVE_TRIES = 6


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions of a section ("" for any) in a direction (None for any that is studied).

    Questions for what does not belong are drawn only where a row asks for that direction; its section is then the one
    that the answer is no member of, and closeness plays no part.
    """

    section: str
    direction: Direction | None
    closeness: Closeness
    number: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """One question of a form, and the place of the row that asked for it."""

    item: Item
    row: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A row that could not be filled: how many questions it wants, and how many it gives."""

    row: int
    wanted: int
    given: int


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in the order in which they are put, the rows that fell short, and the seed that gives them again."""

    chosen: tuple[Chosen, ...]
    shortfalls: tuple[Shortfall, ...]
    seed: str

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions alone."""
        return tuple(one.item for one in self.chosen)


Askable = Collection[CardSpec] | None
"""The cards that may be asked; None means all that give an item."""


def draw_form(
    bank: Bank,
    rows: Sequence[Row],
    seed: str,
    *,
    askable: Askable = None,
    without: Collection[frozenset[CardSpec]] = (),
) -> Form:
    """A form with what every row asks for; if none is found, the fullest of a dozen tries, with what is lacking.

    Each fact is the key at most once, no question with its key gives away another's answer, and at most one in ten
    asks for what does not belong. The rows that fell short in one try are filled first in the next. A full form whose
    cards are all those of a form in `without` is passed over while there are tries left. Same arguments, same form.
    """
    stock = [_stock(bank, row, askable) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: _facts(stock[at]) - rows[at].number)
    best: Form | None = None
    for turn in range(TRIES):
        form = _attempt(bank, rows, stock, order, f"{seed}/{turn}" if turn else seed)
        if not form.shortfalls and frozenset(item.card for item in form.items) not in without:
            return form
        if best is None or len(form.chosen) > len(best.chosen):
            best = form
        short = {one.row for one in form.shortfalls}
        order.sort(key=lambda at: at not in short)
    return best or Form((), (), seed)


def most_negatives(rows: Sequence[Row]) -> int:
    """How many questions for what does not belong a form of these rows may have."""
    return sum(row.number for row in rows) // NEGATIVE_SHARE


def supply(bank: Bank, row: Row, askable: Askable = None) -> int:
    """How many facts can be the key of the row's questions, looked at alone."""
    if row.direction is Direction.NOT_MEMBER:
        return len(bank.facts) if _asking(bank, row.section) else 0
    return _facts(_stock(bank, row, askable))


def _facts(cards: Sequence[CardSpec]) -> int:
    return len({card.code for card in cards})


def _stock(bank: Bank, row: Row, askable: Askable) -> list[CardSpec]:
    """The studied cards that the row may take."""
    if row.direction is Direction.NOT_MEMBER:
        return []
    cards = (card for card in bank.cards() if row.section in {"", bank.fact(card).section})
    return [card for card in cards if row.direction in {None, card.direction} and _asks(bank, card, askable)]


def _asks(bank: Bank, card: CardSpec, askable: Askable) -> bool:
    return bank.choice_count(card) > 0 if askable is None else card in askable


def _asking(bank: Bank, section: str) -> list[str]:
    """The sections of which the row may ask what does not belong."""
    asking = [one.slug for one in bank.deck.sections if one.wording.get(Direction.NOT_MEMBER)]
    return [slug for slug in asking if section in {"", slug}]


def _attempt(
    bank: Bank, rows: Sequence[Row], stock: Sequence[Sequence[CardSpec]], order: Sequence[int], seed: str
) -> Form:
    random, draft, chosen = Random(seed), Draft(bank), list[Chosen]()
    negatives = most_negatives(rows)
    for at in order:
        row = rows[at]
        if row.direction is Direction.NOT_MEMBER:
            found = _fill(draft, _negatives(bank, random, row, seed, draft), min(row.number, negatives))
            negatives -= len(found)
        else:
            found = _fill(draft, _drawn(bank, random, row, stock[at], seed), row.number)
        chosen += [Chosen(item, at) for item in found]
    kept = {item.card for item in few_negatives([one.item for one in chosen])}
    chosen = dice.shuffled(random, [one for one in chosen if one.item.card in kept])
    return Form(tuple(chosen), tuple(_shortfalls(rows, chosen)), seed)


def _fill(draft: Draft, source: Iterator[Item], wanted: int) -> list[Item]:
    found: list[Item] = []
    while len(found) < wanted and (item := next(source, None)) is not None:
        if draft.take(item):
            found.append(item)
    return found


def _drawn(bank: Bank, random: Random, row: Row, stock: Sequence[CardSpec], seed: str) -> Iterator[Item]:
    """Questions of the cards in random order, the sections taking turns."""
    piles: dict[str, list[CardSpec]] = {}
    for card in stock:
        piles.setdefault(bank.fact(card).section, []).append(card)
    turns = dice.shuffled(random, [dice.shuffled(random, pile) for pile in piles.values()])
    while turns:
        for pile in turns:
            card = pile.pop()
            item = bank.draw(card, f"{seed}/{card.key}", closeness=row.closeness)
            if isinstance(item, Item):
                yield item
        turns = [pile for pile in turns if pile]


def _negatives(bank: Bank, random: Random, row: Row, seed: str, draft: Draft) -> Iterator[Item]:
    """Questions for what does not belong, whose keys are not in the draft yet, the sections taking turns."""
    sections = dice.shuffled(random, _asking(bank, row.section))
    for turn in range(_NEGATIVE_TRIES * row.number):
        for slug in sections:
            item = bank.not_member(slug, f"{seed}/{slug}/not_member/{turn}", without=draft.codes)
            if isinstance(item, Item):
                yield item


def _shortfalls(rows: Sequence[Row], chosen: Sequence[Chosen]) -> Iterator[Shortfall]:
    for at, row in enumerate(rows):
        given = sum(one.row == at for one in chosen)
        if given < row.number:
            yield Shortfall(at, row.number, given)
