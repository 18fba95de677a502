"""Twelve option sets for each of the cards that share an arena, chosen together so that nothing but knowledge pays.

Over the dozen sets of all cards the length, the looks, the words and the rarity of options point to the key no more
often than chance, each offer is a distractor about (k - 1) times as often as it is the key, and distractors take turns
within a card. Each card starts with sets at random; sets are exchanged while that lowers the sum of costs.
"""

from collections.abc import Sequence
from random import Random

import numpy as np

from quizzes.core import dice
from quizzes.core.arena import Arena
from quizzes.core.distractors import MOST_TURNS, OptionSet
from quizzes.core.tables import MOST_OPTIONS, SHARES, TURNS, WIDE_POOL, Elsewhere, Ints, Sets, SetTable, targets

NARROW_POOL = 5
EXCHANGES = 40
_LOAD, _STARVED, _SPREAD, _REPEAT, _KEYS = 8, 4000, 70, 200, 60
_CROWDED, _FORBIDDEN = 6000, 10**7
_MARGIN, _RARE_MARGIN, _CLEAR, _STEEP = 1, 8, 3, 16
_AHEAD, _NEAR = 12, 1
"""Weights of the costs, found by trial on decks of all kinds: each offer's distance from its target load, offers seen
too little or too much for the rule on keys, turn-taking, repeated sets, uneven keys, a distractor's seventh and eighth
turn; margins in sixtieths of an item under chance."""
_ROUGH_SLACKS = (4000, 1000, 0)
_SLACKS = (6000, 4000, 3000, 2000, 1500, 1000, 600, 300, 100, 0, 0)


def dozen(
    arena: Arena, cards: Sequence[Sets], elsewhere: Elsewhere | None = None, *, rough: bool = False
) -> list[tuple[OptionSet, ...]]:
    """For each card its twelve turns, a set more than once where there are fewer; cards without sets get none.

    `rough` takes less time and balances less well.
    """
    slacks = _ROUGH_SLACKS if rough else _SLACKS
    tables = [SetTable(card, arena) for card in cards if card.sets]
    if not tables:
        return [() for _ in cards]
    nothing = (0,) * len(arena.offers)
    known = elsewhere or Elsewhere(nothing, nothing)
    target = targets(tables, known)
    keyed = [at for at, aim in enumerate(target) if aim]
    tables = [table.narrowed(keyed) for table in tables]
    deal = _Deal(tables, known.seen, target, slacks)
    narrow = [hand.over_used() for hand in deal.hands]
    if any(narrow):
        tables = [table.narrowed(most) if most else table for table, most in zip(tables, narrow, strict=True)]
        deal = _Deal(tables, known.seen, target, slacks)
    hands = iter(deal.ordered())
    return [next(hands) if card.sets else () for card in cards]


class _Hand:
    """One card's chosen sets, by row, and how often they use each offer."""

    def __init__(self, table: SetTable, size: int) -> None:
        self.table = table
        self.rows: list[int] = []
        self.used = [0] * size
        self.times = [0] * len(table.sets)
        self.cap = TURNS if table.pool < WIDE_POOL else MOST_TURNS

    def over_used(self) -> list[int]:
        """The five distractors used most, where one of a wide pool has more than its turns; else none."""
        keys = {one.key for one in self.table.sets}
        ranked = sorted((at for at in range(len(self.used)) if at not in keys), key=lambda at: (-self.used[at], at))
        return ranked[:NARROW_POOL] if self.used[ranked[0]] > self.cap else []


class _Deal:
    """All cards' hands as they are being chosen, and the sums that the choice looks at."""

    def __init__(
        self, tables: Sequence[SetTable], seen: Sequence[int], target: Sequence[int], slacks: Sequence[int]
    ) -> None:
        size = len(seen)
        self.hands = [_Hand(table, size) for table in tables]
        self.before, self.load, self.target = seen, list(seen), target
        self.seen: Ints = np.array([*seen, 10**6], dtype=np.int64)
        self.tilt = [_MARGIN * TURNS * len(tables)] * len(tables[0].gains[0])
        self.members: Ints = np.full((MOST_OPTIONS, TURNS * len(tables)), size, dtype=np.int64)
        self.chance = sum(SHARES // table.size - _RARE_MARGIN for table in tables) * TURNS
        random = Random("/".join(table.name for table in tables))
        self._start(random)
        self.rare = self._rarity()
        for slack in slacks:
            for _ in range(EXCHANGES * len(tables)):
                self._exchange(random, slack)
            if self._fair():
                break

    def _fair(self) -> bool:
        """Whether no robot does better than chance, and the one that counts distractors clearly worse."""
        turns = TURNS * len(self.hands)
        return self.rare <= (_RARE_MARGIN - _CLEAR) * turns and max(self.tilt) <= _MARGIN * turns

    def _start(self, random: Random) -> None:
        for number, hand in enumerate(self.hands):
            rows = dice.shuffled(random, range(len(hand.times)))
            for turn in range(TURNS):
                row = rows[turn % len(rows)]
                hand.rows.append(row)
                self._put(hand, row, 1)
                self._show(number * TURNS + turn, (), hand.table.rows[row])

    def _put(self, hand: _Hand, row: int, sign: int) -> None:
        hand.times[row] += sign
        key, *others = hand.table.rows[row]
        hand.used[key] += sign
        for other in others:
            hand.used[other] += sign
            self.load[other] += sign
        for robot, gain in enumerate(hand.table.gains[row]):
            self.tilt[robot] += sign * gain

    def _exchange(self, random: Random, slack: int) -> None:
        """Tries another set in one turn of one card and keeps it if that costs no more than the slack."""
        number, turn = dice.below(random, len(self.hands)), dice.below(random, TURNS)
        hand = self.hands[number]
        old, new = hand.rows[turn], dice.below(random, len(hand.times))
        if old == new:
            return
        delta = self._delta(hand, old, new)
        if delta - _steep(self.rare) > slack:
            return
        spot = number * TURNS + turn
        self._show(spot, hand.table.rows[old], hand.table.rows[new])
        rare = self._rarity()
        if delta + _steep(rare) - _steep(self.rare) <= slack:
            self._put(hand, old, -1)
            self._put(hand, new, 1)
            hand.rows[turn], self.rare = new, rare
        else:
            self._show(spot, hand.table.rows[new], hand.table.rows[old])

    def _show(self, spot: int, gone: Sequence[int], come: Sequence[int]) -> None:
        """Puts other options into one turn, as the robot that counts distractors sees it."""
        for at in gone[1:]:
            self.seen[at] -= 1
        for at in come[1:]:
            self.seen[at] += 1
        self.members[: len(come), spot] = come

    def _delta(self, hand: _Hand, old: int, new: int) -> int:
        """What the exchange costs, rarity apart."""
        table = hand.table
        gone, come = table.rows[old], table.rows[new]
        delta = table.fixed[new] - table.fixed[old] + 2 * _REPEAT * (hand.times[new] - hand.times[old] + 1)
        if gone[0] != come[0]:
            delta += 2 * _KEYS * (hand.used[come[0]] - hand.used[gone[0]] + 1)
        delta += sum(self._weight(hand, at, 1) for at in come[1:] if at not in gone[1:])
        delta -= sum(self._weight(hand, at, 0) for at in gone[1:] if at not in come[1:])
        for tilt, less, more in zip(self.tilt, table.gains[old], table.gains[new], strict=True):
            if less != more:
                delta += _steep(tilt + more - less) - _steep(tilt)
        return delta

    def _weight(self, hand: _Hand, at: int, more: int) -> int:
        """What the last use of a distractor costs, or with `more` the next one."""
        load, used, target = self.load[at] + more, hand.used[at] + more, self.target[at]
        cost = _LOAD * (2 * (load - target) - 1) + _SPREAD * (2 * used - 1)
        starved, stuffed = target * 9 // 20 - load, load - target * 2
        if starved >= 0:
            cost -= _STARVED * (2 * starved + 1)
        if stuffed > 0:
            cost += _STARVED * (2 * stuffed - 1)
        if used > TURNS // 2 and hand.cap < TURNS:
            cost += _CROWDED
        return cost + (_FORBIDDEN if used > hand.cap else 0)

    def _rarity(self) -> int:
        """What a robot that picks the option least often seen as a distractor wins over chance, with a margin."""
        key, *others = (self.seen[column] for column in self.members)
        limit = key
        for other in others:
            limit = np.minimum(limit, other)
        limit = limit + _NEAR
        ties = (key <= limit).astype(np.int64)
        won = ties.copy()
        for other in others:
            ties += other <= limit
        return int((won * SHARES // ties).sum()) - self.chance

    def ordered(self) -> list[tuple[OptionSet, ...]]:
        """Each hand's turns in an order in which every stretch of rounds shows each option about its share of times."""
        left = [sorted(hand.rows) for hand in self.hands]
        order: list[list[OptionSet]] = [[] for _ in self.hands]
        load: Ints = np.zeros(len(self.load), dtype=np.int64)
        shown: Ints = np.zeros((len(self.hands), len(self.load)), dtype=np.int64)
        total: Ints = np.array([hand.used for hand in self.hands], dtype=np.int64)
        due: Ints = np.array(self.load, dtype=np.int64) - np.array(self.before, dtype=np.int64)
        for turn in range(1, TURNS + 1):
            for at, hand in enumerate(self.hands):
                ahead = _AHEAD * (TURNS * shown[at] - turn * total[at]) + TURNS * load - turn * due
                row = left[at].pop(int(np.argmin(hand.table.shown[left[at]] @ ahead)))
                order[at].append(hand.table.sets[row])
                shown[at] += hand.table.shown[row]
                load += hand.table.shown[row]
                load[hand.table.rows[row][0]] -= 1
        return [tuple(sets) for sets in order]


def _steep(tilt: int) -> int:
    """Winning over chance costs ever more; losing against it is worth a little."""
    return tilt * tilt // _STEEP if tilt > 0 else tilt
