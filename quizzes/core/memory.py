"""FSRS-6: what one answer does to the stability and difficulty of a memory, and how recall fades between answers.

Formulas: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm; w[i] is the i-th parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from quizzes.core.mixtures import mixed_stability
from quizzes.core.specs import Rating

DEFAULT_PARAMETERS: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # first stability after again, hard, good, easy
    *(6.4133, 0.8334, 3.0194, 0.001),  # difficulty: first, its slope, change by an answer, pull to the mean
    *(1.8722, 0.1666, 0.796),  # stability after recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # stability after a lapse
    *(0.6014, 1.8729),  # hard's share, easy's bonus
    *(0.5425, 0.0912, 0.0658),  # stability within a day
    0.1542,  # decay of the forgetting curve
)
SCHEDULER_VERSION = "fsrs6-2"
"""Another one wherever the same log leads to other memories: what is kept is then folded anew."""
PARAMETER_COUNT = len(DEFAULT_PARAMETERS)
LEAST_STABILITY = 0.001
LEAST_RETENTION, GREATEST_RETENTION = 0.70, 0.99

Number = TypeVar("Number", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Memory:
    """Stability in days until recall falls to 90 %, difficulty 1..10."""

    stability: float
    difficulty: float


class Shift(NamedTuple):
    """What earlier students of a card showed: how far its first memory lies from the usual, whatever the first rating.

    Added to ln of the stability and to the difficulty. `version` is the one of the card's deck; 0: nothing is known.
    """

    ln_stability: float = 0.0
    difficulty: float = 0.0
    version: int = 0


NO_SHIFT = Shift()


def next_memory(
    state: Memory | None, rating: int, elapsed_days: float, parameters: Sequence[float], shift: Shift = NO_SHIFT
) -> Memory:
    """The memory after an answer rated 1..4, `elapsed_days` study days after the one before (0: the same day).

    `state` None is a card never answered; only then the shift counts. Raises ValueError for another rating, a negative
    time, or a number of parameters other than 21.
    """
    w = _checked(parameters)
    if not Rating.AGAIN <= rating <= Rating.EASY or elapsed_days < 0:
        raise ValueError(f"rating must be 1 to 4 and elapsed days not negative: {rating}, {elapsed_days}")
    if state is None:
        return _first_memory(rating, w, shift)
    return Memory(_next_stability(state, rating, elapsed_days, w), _next_difficulty(state.difficulty, rating, w))


def next_memory_after_choice(
    state: Memory | None,
    chance: float,
    elapsed_days: float,
    parameters: Sequence[float],
    shift: Shift = NO_SHIFT,
) -> Memory:
    """The memory after a right answer that was known with probability `chance`, else guessed: Good mixed with Again."""
    good = next_memory(state, Rating.GOOD, elapsed_days, parameters, shift)
    again = next_memory(state, Rating.AGAIN, elapsed_days, parameters, shift)
    return mixture(good, again, chance, parameters)


def retrievability(state: Memory, elapsed_days: float, parameters: Sequence[float]) -> float:
    """The predicted probability of recall `elapsed_days` study days after the last answer."""
    return forgetting_curve(elapsed_days, state.stability, _checked(parameters))


def forgetting_curve(elapsed_days: Number, stability: Number, parameters: Sequence[float]) -> Number:
    """R(t, S) = (1 + factor t / S) ** decay, with factor such that R(S, S) = .9; numbers or arrays."""
    decay = -parameters[20]
    recall: Number = (1.0 + _factor(decay) * elapsed_days / stability) ** decay
    return recall


def recall_of_many(
    elapsed_days: NDArray[np.float64], stability: NDArray[np.float64], decay: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The forgetting curve for many memories at once, each with its own decay (the last parameter)."""
    recall: NDArray[np.float64] = (1.0 + (0.9 ** (-1.0 / decay) - 1.0) * elapsed_days / stability) ** -decay
    return recall


def interval_days(stability: float, desired_retention: float, parameters: Sequence[float]) -> float:
    """Days until recall falls to `desired_retention`, which must lie in .70 to .99 (ValueError)."""
    if not LEAST_RETENTION <= desired_retention <= GREATEST_RETENTION:
        raise ValueError(f"desired retention must be .70 to .99: {desired_retention}")
    decay = -_checked(parameters)[20]
    return float(stability / _factor(decay) * (desired_retention ** (1 / decay) - 1))


def chance_known(recall: float, k: int) -> float:
    """The chance that a right choice among `k` options was known, when recall was predicted as `recall` (Bayes)."""
    if not 0 <= recall <= 1 or k < 2:
        raise ValueError(f"recall must be 0 to 1 and options at least 2: {recall}, {k}")
    return recall / (recall + (1 - recall) / k)


def mixture(good: Memory, again: Memory, chance: float, parameters: Sequence[float]) -> Memory:
    """What is remembered as `good` with probability `chance`, else as `again`.

    Its stability is the time at which recall, mixed from both curves, falls to .9; its difficulty the arithmetic mean.
    """
    if chance in (0.0, 1.0):
        return good if chance else again
    stability = mixed_stability(chance, good.stability, again.stability, _checked(parameters)[20])
    return Memory(stability, chance * good.difficulty + (1 - chance) * again.difficulty)


def _checked(parameters: Sequence[float]) -> Sequence[float]:
    if len(parameters) != PARAMETER_COUNT:
        raise ValueError(f"FSRS-6 has {PARAMETER_COUNT} parameters, not {len(parameters)}")
    return parameters


def _factor(decay: float) -> float:
    return float(0.9 ** (1 / decay)) - 1


def _within_scale(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


def _first_memory(rating: int, w: Sequence[float], shift: Shift) -> Memory:
    usual = _within_scale(_first_difficulty(rating, w))
    stability = max(w[rating - 1] * exp(shift.ln_stability), LEAST_STABILITY)
    return Memory(stability, _within_scale(usual + shift.difficulty))


def _first_difficulty(rating: int, w: Sequence[float]) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _next_difficulty(difficulty: float, rating: int, w: Sequence[float]) -> float:
    damped = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    return _within_scale(w[7] * _first_difficulty(Rating.EASY, w) + (1 - w[7]) * damped)


def _next_stability(state: Memory, rating: int, elapsed_days: float, w: Sequence[float]) -> float:
    if elapsed_days < 1:
        stability = _stability_within_day(state.stability, rating, w)
    elif rating == Rating.AGAIN:
        stability = _stability_after_lapse(state, forgetting_curve(elapsed_days, state.stability, w), w)
    else:
        stability = _stability_after_recall(state, rating, forgetting_curve(elapsed_days, state.stability, w), w)
    return max(stability, LEAST_STABILITY)


def _stability_within_day(stability: float, rating: int, w: Sequence[float]) -> float:
    growth = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    return float(stability * (growth if rating == Rating.AGAIN else max(growth, 1.0)))


def _stability_after_recall(state: Memory, rating: int, recall: float, w: Sequence[float]) -> float:
    bonus = w[15] if rating == Rating.HARD else w[16] if rating == Rating.EASY else 1.0
    ease = exp(w[8]) * (11 - state.difficulty) * state.stability ** -w[9]
    return float(state.stability * (1 + ease * (exp(w[10] * (1 - recall)) - 1) * bonus))


def _stability_after_lapse(state: Memory, recall: float, w: Sequence[float]) -> float:
    relearned = w[11] * state.difficulty ** -w[12] * ((state.stability + 1) ** w[13] - 1) * exp(w[14] * (1 - recall))
    return float(min(relearned, state.stability / exp(w[17] * w[18])))
