"""Simulated students: a true memory of their own behind each card, which the scheduler cannot see and has to infer.

Its curve and its growth are not those of the memory model, so that predictions about simulated students can be wrong.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from math import exp
from random import Random

SHORT = 0.3
"""Days below which a repetition strengthens a memory little."""
KNOWN_DAYS = 25.0
DOUBTED = 0.1
"""The chance of giving an answer that one holds to be wrong."""


@dataclass(frozen=True, slots=True)
class Ability:
    """How a mind learns: the share of cards known beforehand, days until recall of a new card falls to 90 %, and how
    many times longer a success a good while later makes them."""

    known_before: float = 0.15
    first_days: float = 1.6
    growth: float = 2.2


@dataclass(slots=True)
class _Trace:
    days: float
    seen_at: float


@dataclass(slots=True)
class Mind:
    """One simulated student's memories, by card; times in days on any clock.

    Of the cards in `doubted` they hold something else to be true, whatever they are told.
    """

    ability: Ability
    seed: str
    traces: dict[int, _Trace] = field(default_factory=dict)
    doubted: Collection[int] = ()

    def chance(self, card: int, at: float) -> float:
        """The true probability that the card is recalled now."""
        if card in self.doubted:
            return DOUBTED
        trace = self.traces.get(card)
        if trace is None:
            return min(0.95, self.ability.known_before * self._ease(card))
        return 1 / (1 + max(0.0, at - trace.seen_at) / (9 * trace.days))

    def study(self, card: int, at: float, *, recalled: bool) -> None:
        """Keep what an answer and the feedback after it did to the memory."""
        trace, chance = self.traces.get(card), self.chance(card, at)
        if trace is None:
            days = KNOWN_DAYS if recalled else self.ability.first_days * self._ease(card)
        elif at - trace.seen_at < SHORT:
            days = trace.days * (1.15 if recalled else 0.8)
        elif recalled:
            days = trace.days * (1 + (self.ability.growth - 1) * self._ease(card) * (0.4 + 4 * (1 - chance)))
        else:
            days = max(0.4, trace.days * 0.35)
        self.traces[card] = _Trace(days, at)

    def _ease(self, card: int) -> float:
        """How easy the card is for this mind: about 1, a quarter of that to four times that at most."""
        dice = Random(f"{self.seed}/{card}")
        return exp((sum(dice.random() for _ in range(4)) - 2) * 0.9)
