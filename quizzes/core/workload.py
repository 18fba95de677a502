"""What a desired retention costs and brings: the coming months of a student's learned cards, played through.

Every card keeps the due day it has; from its next answer on, the retention decides. Formulas as in `memory` and
`fuzz`, over arrays. Every retention meets the same throws, so that they differ in nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from random import Random

import numpy as np
from numpy.typing import NDArray

from quizzes.core.fuzz import LEAST_FUZZED_DAYS, SHARES
from quizzes.core.memory import (
    DEFAULT_PARAMETERS,
    LEAST_STABILITY,
    Memory,
    forgetting_curve,
    interval_days,
    next_memory,
)
from quizzes.core.specs import Rating

HORIZON_DAYS = 90
RETENTIONS: tuple[float, ...] = tuple(percent / 100 for percent in range(70, 100))
_PLAYED, _LOOK_EVERY = 1024, 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LearnedCard:
    """A card with a memory; days since its last answer, and until it is due (0 or less: now)."""

    memory: Memory
    waited_days: float
    due_in_days: float


@dataclass(frozen=True, slots=True)
class Work:
    """Under one desired retention: answers a day, and the share of the cards that are known on an average day."""

    retention: float
    answers_per_day: float
    known_share: float


def expected_work(
    cards: Sequence[LearnedCard],
    *,
    dice: Random,
    retentions: Sequence[float] = RETENTIONS,
    days: int = HORIZON_DAYS,
    relearning_steps: int = 1,
    maximum_interval_days: int = 36_500,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
) -> list[Work]:
    """The work of `days` days for each retention (.70 to .99, else ValueError), without new cards and daily limits.

    A forgotten card takes one answer more for each relearning step. Without cards there is no work and nothing known.
    """
    if not cards:
        return [Work(retention, 0.0, 0.0) for retention in retentions]
    lengths = np.array([interval_days(1.0, retention, parameters) for retention in retentions])
    play = _Play(cards, lengths, relearning_steps, maximum_interval_days, parameters)
    throws = np.array([[*_throws(dice), *_throws(dice)] for _answer in range(days)])
    looks = []
    for day in range(days):
        play.study(day, throws)
        if day % _LOOK_EVERY == 0:
            looks.append(play.known(day))
    per_day = play.answers * len(cards) / _PLAYED / days
    shares = np.mean(looks, axis=0)
    return [Work(*map(float, row)) for row in zip(retentions, per_day, shares, strict=True)]


def newly_learned(count: int) -> list[LearnedCard]:
    """What to reckon with where nothing has been learned yet: so many cards answered right for the first time today."""
    memory = next_memory(None, Rating.GOOD, 0, DEFAULT_PARAMETERS)
    return [LearnedCard(memory, 0.0, round(memory.stability))] * count


def _throws(dice: Random) -> Floats:
    """One throw for each card played, spread evenly over 0 to 1 so that few cards stand well for many."""
    stride, start = 2 * int(dice.random() * _PLAYED / 2) + 1, int(dice.random() * _PLAYED)
    throws: Floats = ((np.arange(_PLAYED) * stride + start) % _PLAYED + 0.5) / _PLAYED
    return throws


class _Play:
    """A fixed number of cards that stand for all, in one row for each retention, answered day by day."""

    def __init__(
        self, cards: Sequence[LearnedCard], lengths: Floats, relearning: int, longest: int, w: Sequence[float]
    ) -> None:
        ranked = sorted(cards, key=lambda card: card.memory.stability)
        chosen = [ranked[int((place + 0.5) * len(ranked) / _PLAYED)] for place in range(_PLAYED)]
        rows = len(lengths)
        self.stability = np.tile([card.memory.stability for card in chosen], (rows, 1))
        self.difficulty = np.tile([card.memory.difficulty for card in chosen], (rows, 1))
        self.last = np.tile([-card.waited_days for card in chosen], (rows, 1))
        self.due = np.tile([card.due_in_days for card in chosen], (rows, 1))
        self.turn = np.zeros((rows, _PLAYED), np.int64)
        self.answers = np.zeros(rows)
        self.lengths, self.relearning, self.longest, self.w = lengths, relearning, longest, w

    def study(self, day: int, throws: Floats) -> None:
        row, card = np.nonzero(self.due <= day)
        stability, difficulty = self.stability[row, card], self.difficulty[row, card]
        recall = forgetting_curve(np.maximum(1.0, day - self.last[row, card]), stability, self.w)
        turn = self.turn[row, card]
        known = throws[turn, card] < recall
        held = after_recall(stability, difficulty, recall, self.w)
        relearned = after_lapse(stability, difficulty, recall, self.w)
        for _step in range(self.relearning):
            relearned = after_relearning(relearned, self.w)
        self.stability[row, card] = stability = np.where(known, held, relearned)
        self.difficulty[row, card] = next_difficulty(difficulty, known, self.relearning, self.w)
        self.turn[row, card], self.last[row, card] = turn + 1, day
        lowest, highest = fuzz_windows(stability * self.lengths[row], self.longest)
        self.due[row, card] = day + lowest + np.floor(throws[turn, card + _PLAYED] * (highest - lowest + 1))
        np.add.at(self.answers, row, np.where(known, 1.0, 1.0 + self.relearning))

    def known(self, day: int) -> Floats:
        recall = forgetting_curve(np.maximum(0.0, day - self.last), self.stability, self.w)
        share: Floats = recall.mean(axis=1)
        return share


def after_recall(stability: Floats, difficulty: Floats, recall: Floats, w: Sequence[float]) -> Floats:
    """Stability after Good on a later day."""
    ease = exp(w[8]) * (11 - difficulty) * stability ** -w[9]
    grown: Floats = stability * (1 + ease * (np.exp(w[10] * (1 - recall)) - 1))
    return np.maximum(grown, LEAST_STABILITY)


def after_lapse(stability: Floats, difficulty: Floats, recall: Floats, w: Sequence[float]) -> Floats:
    """Stability after Again on a later day."""
    left = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * np.exp(w[14] * (1 - recall))
    return np.maximum(np.minimum(left, stability / exp(w[17] * w[18])), LEAST_STABILITY)


def after_relearning(stability: Floats, w: Sequence[float]) -> Floats:
    """Stability after Good within the day."""
    growth = exp(w[17] * w[18]) * stability ** -w[19]
    return np.maximum(stability * np.maximum(growth, 1.0), LEAST_STABILITY)


def next_difficulty(difficulty: Floats, known: NDArray[np.bool_], relearning: int, w: Sequence[float]) -> Floats:
    """Difficulty after Good, or after Again and Good at each relearning step."""
    easiest = w[4] - exp(w[5] * (Rating.EASY - 1)) + 1
    raised = np.where(known, difficulty, difficulty + 2 * w[6] * (10 - difficulty) / 9)
    for turn in range(1 + relearning):
        pulled = np.clip(w[7] * easiest + (1 - w[7]) * raised, 1.0, 10.0)
        raised = pulled if turn == 0 else np.where(known, raised, pulled)
    return raised


def fuzz_windows(exact: Floats, longest: int) -> tuple[Floats, Floats]:
    """The shortest and the longest interval in whole days that may stand for each."""
    exact = np.clip(exact, 1, longest)
    shares = sum(share * np.clip(exact - start, 0.0, end - start) for start, end, share in SHARES)
    spread = np.where(exact < LEAST_FUZZED_DAYS, 0.0, 1.0 + shares)
    return np.clip(np.round(exact - spread), 1, longest), np.clip(np.round(exact + spread), 1, longest)
