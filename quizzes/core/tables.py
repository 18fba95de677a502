"""The option sets of one card as arrays, and what each costs or gives away. Whole numbers throughout."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.arena import Arena
from quizzes.core.distractors import OptionSet, Question
from quizzes.core.text import singular_words

TURNS = 12
MOST_OPTIONS = 4
SHARES = 60
WIDE_POOL = 6
_DULL, _ODD = 6, 12

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sets:
    """One card's question and the option sets that it may use."""

    question: Question
    sets: tuple[OptionSet, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How often each offer of an arena is a distractor, and how often the key, over the dozens of other arenas."""

    seen: tuple[int, ...]
    keyed: tuple[int, ...]


class SetTable:
    """A card's sets row by row.

    `rows` holds places in the arena, key first; `shown` says with 0 and 1 what stands in a set; `fixed` is the cost of
    dull sets and of keys that are the odd one in; `gains` is what each robot wins over chance, in sixtieths of an item.
    `pool` is how many distractors the sets use; in a wide pool none may stand in more than 60 % of the items.
    """

    def __init__(self, card: Sets, arena: Arena) -> None:
        members: Ints = np.array([(one.key, *one.others) for one in card.sets], dtype=np.int64)
        self.name = card.question.name
        self.sets = card.sets
        self.size = int(members.shape[1])
        self.rows: list[tuple[int, ...]] = [tuple(row) for row in members.tolist()]
        self.shown: Ints = np.zeros((len(card.sets), len(arena.offers)), dtype=np.int64)
        self.shown[np.arange(len(card.sets))[:, None], members] = 1
        self.pool = len({other for one in card.sets for other in one.others})
        self.fixed: list[int] = _fixed(members, arena).tolist()
        self.gains: list[tuple[int, ...]] = [tuple(row) for row in _gains(members, card.question, arena).tolist()]

    def narrowed(self, allowed: Sequence[int]) -> "SetTable":
        """The table with only those sets whose distractors are all among these places; the same one if none is."""
        keep = [at for at, row in enumerate(self.rows) if set(row[1:]) <= set(allowed)]
        if not keep:
            return self
        other = copy(self)
        other.sets = tuple(self.sets[at] for at in keep)
        other.rows, other.gains = [self.rows[at] for at in keep], [self.gains[at] for at in keep]
        other.fixed = [self.fixed[at] for at in keep]
        other.shown = self.shown[keep]
        other.pool = len({at for row in other.rows for at in row[1:]})
        return other


def _fixed(members: Ints, arena: Arena) -> Ints:
    near: Ints = np.array(arena.closeness, dtype=np.int64)
    size = members.shape[1] - 1
    among = near[members[:, 1:, None], members[:, None, 1:]].sum(axis=(1, 2)) - 100 * size
    to_key = near[members[:, :1], members[:, 1:]].sum(axis=1)
    pairs = size * (size - 1)
    dull = 100 - (among + 2 * to_key) // (pairs + 2 * size)
    odd = np.maximum(0, among // pairs - to_key // size)
    costs: Ints = _DULL * dull + _ODD * odd
    return costs


def _gains(members: Ints, question: Question, arena: Arena) -> Ints:
    """What the robots that look at length, words shared with the stem and looks win with each set."""
    values = [np.array(column, dtype=np.int64)[members] for column in _columns(question, arena)]
    alike: Ints = np.array(arena.likeness, dtype=np.int64)
    values.append(alike[members[:, :, None], members[:, None, :]].sum(axis=2))
    return np.stack([gain(value) for value in values], axis=1)


def _columns(question: Question, arena: Arena) -> list[list[int]]:
    lengths = [len(offer.text) for offer in arena.offers]
    stem = frozenset(singular_words(question.stem))
    content = [len(offer.bag.singulars & question.bag.singulars) for offer in arena.offers]
    words = [len(stem & frozenset(offer.form)) for offer in arena.offers]
    return [lengths, [-length for length in lengths], content, words]


def gain(values: Ints) -> Ints:
    """What a robot that picks the highest value of each row wins over chance; the key stands first."""
    best = values == values.max(axis=1, keepdims=True)
    won: Ints = best[:, 0] * SHARES // best.sum(axis=1) - SHARES // values.shape[1]
    return won


def targets(tables: Sequence[SetTable], elsewhere: Elsewhere) -> list[int]:
    """How often each offer should be a distractor: in proportion to how often it is the key; 0 if it never is."""
    target = [(MOST_OPTIONS - 1) * keyed for keyed in elsewhere.keyed]
    for table in tables:
        keys = sorted({one.key for one in table.sets})
        for key in keys:
            target[key] += TURNS * (table.size - 1) // len(keys)
    return target
