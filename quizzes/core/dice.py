"""Choices from a `random.Random` by its `random()` alone: only that is promised to stay the same in every Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def below(random: Random, count: int) -> int:
    """A whole number from 0 up to but not including `count`, each equally likely."""
    return min(int(random.random() * count), count - 1)


def choice(random: Random, options: Sequence[T]) -> T:
    """One of the options, each equally likely; IndexError if there are none."""
    return options[below(random, len(options))]


def shuffled(random: Random, things: Sequence[T]) -> list[T]:
    """The things in random order, each order equally likely (Fisher and Yates)."""
    order = list(things)
    for last in range(len(order) - 1, 0, -1):
        place = below(random, last + 1)
        order[last], order[place] = order[place], order[last]
    return order
