"""Students whose memory is known: activation that decays, after Pavlik & Anderson 2005. Nothing here knows a scheduler.

P. I. Pavlik and J. R. Anderson, Practice and Forgetting Effects on Vocabulary Memory: An Activation-Based Model of the
Spacing Effect, Cognitive Science 29 (2005) 559-586. Each practice adds a trace that decays as a power of time, the
faster the more active the memory was then. Outside of study, time passes slowly, as there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import NamedTuple

OUTSIDE = 0.025
"""How much a second outside of study counts as against one in it."""
DAY = 86_400.0
MET_BEFORE = (-400.0, -250.0, -120.0, -40.0)
"""Days of the practices of a card that a student knows from elsewhere."""
MOST_ACTIVE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of person; activation is in natural logarithms, and all that ends in `_sd` a standard deviation of it.

    Recall is even at `threshold` and steep by `noise`. A trace decays with `decay` + `decay_of_active` exp(activation).
    `person_sd` is between people, `card_sd` between cards for all alike, `own_sd` between one person's cards besides;
    `mood_sd` between evenings, `drift_sd` a walk from day to day. `slip` is the chance to miss what is known,
    `missed` that of a day without study, `met` that of a card known from elsewhere.
    """

    threshold: float = -1.7
    noise: float = 0.3
    decay: float = 0.18
    decay_of_active: float = 0.17
    person_sd: float = 0.25
    card_sd: float = 0.5
    own_sd: float = 0.3
    mood_sd: float = 0.15
    drift_sd: float = 0.0
    slip: float = 0.02
    missed: float = 0.1
    met: float = 0.2


KINDS: Mapping[str, Kind] = {
    "average": Kind(),
    "forgetful": Kind(threshold=-1.5, decay=0.2),
    "good": Kind(threshold=-2.0, decay=0.17),
    "mixed_cards": Kind(card_sd=0.8, own_sd=0.4),
    "irregular": Kind(missed=0.5),
    "drifting": Kind(drift_sd=0.05),
    "no_card_differences": Kind(card_sd=0.0, own_sd=0.0, met=0.0),
}


class Trace(NamedTuple):
    """What one practice left: when, on the memory's own clock, and how fast it decays."""

    at: float
    decay: float


class Shown(NamedTuple):
    """The true chance that the answer comes from memory, and whether it was right (it may have been a guess)."""

    known: float
    right: bool


def draw_cards(kind: Kind, count: int, seed: str) -> list[float]:
    """How much easier each card is than the usual one, for all who study them."""
    dice = Random(f"{seed}/cards")
    return [dice.gauss(0, kind.card_sd) for _ in range(count)]


class Student:
    """One person and what is left of every practice of every card; `cards` as `draw_cards` gives them.

    Times are in seconds from the first study day on and never go back.
    """

    def __init__(self, kind: Kind, cards: Sequence[float], seed: str) -> None:
        self.kind, self.dice = kind, Random(f"{seed}/student")
        person = self.dice.gauss(0, kind.person_sd)
        self._easier = [card + person + self.dice.gauss(0, kind.own_sd) for card in cards]
        self._traces = [self._from_elsewhere() for _ in cards]
        self._form, self._drifted, self._studied = 0.0, 0.0, 0.0

    def __len__(self) -> int:
        return len(self._traces)

    def wakes_to_study(self) -> bool:
        """A new day, with its own form: whether there will be study."""
        self._drifted += self.dice.gauss(0, self.kind.drift_sd)
        self._form = self._drifted + self.dice.gauss(0, self.kind.mood_sd)
        return self.dice.random() >= self.kind.missed

    def knows(self, card: int, at: float) -> float:
        """The chance of an answer from memory: recall, and no slip."""
        activation = self._activation(card, at)
        if activation is None:
            return 0.0
        above = activation + self._easier[card] + self._form - self.kind.threshold
        return (1 - self.kind.slip) / (1 + exp(-above / self.kind.noise))

    def answer(self, card: int, at: float, seconds: float, options: int = 0) -> Shown:
        """Answer among so many options (0: without any), be told what is right, and remember it."""
        known, guess = self.knows(card, at), 1 / options if options else 0.0
        right = self.dice.random() < known + (1 - known) * guess
        self._practise(card, at)
        self._studied += seconds
        return Shown(known, right)

    def _practise(self, card: int, at: float) -> None:
        activation, decay = self._activation(card, at), self.kind.decay
        if activation is not None:
            decay += self.kind.decay_of_active * exp(min(activation, MOST_ACTIVE))
        self._traces[card].append(Trace(self._inner(at), decay))

    def _activation(self, card: int, at: float) -> float | None:
        now, traces = self._inner(at), self._traces[card]
        if not traces:
            return None
        return log(sum(max(now - trace.at, 1.0) ** -trace.decay for trace in traces))

    def _inner(self, at: float) -> float:
        """The memory's own clock, which runs slowly outside of study."""
        return OUTSIDE * at + (1 - OUTSIDE) * self._studied

    def _from_elsewhere(self) -> list[Trace]:
        met = self.dice.random() < self.kind.met
        return [Trace(OUTSIDE * DAY * day, self.kind.decay) for day in MET_BEFORE] if met else []
