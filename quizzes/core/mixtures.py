"""When the recall of something remembered in one of two ways falls to 90 %.

A right choice was known or guessed, which leave memories of stabilities Sg and Sa. With chance c of the first, recall
is m(t) = c R(t, Sg) + (1 - c) R(t, Sa), and the stability of what is not known for sure is the t with m(t) = .9.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from quizzes.core.gradients import Node

STEPS = 8
SETTLED = 1e-10
"""After a step so small, the next would move by no more than rounding does."""
Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats, Node)


def mixed_stability(chance: float, good: float, again: float, decay: float) -> float:
    """The days until the mixture of both curves falls to .9; in between both stabilities."""
    low, high = min(good, again), max(good, again)
    days = float(good**chance * again ** (1 - chance))
    for _ in range(STEPS):
        days = min(max(closer(days, chance, good, again, decay), low), high)
    return days


def mixed_stabilities(chance: Floats, good: Floats, again: Floats, decay: Floats | float) -> Floats:
    """The same for many; it ends early where no time moves any more."""
    low, high = np.minimum(good, again), np.maximum(good, again)
    days: Floats = good**chance * again ** (1 - chance)
    for _ in range(STEPS):
        before, days = days, np.clip(closer(days, chance, good, again, np.asarray(decay)), low, high)
        if np.allclose(days, before, rtol=SETTLED, atol=0):
            break
    return days


def closer(days: Number, chance: Number, good: Number, again: Number, decay: Number) -> Number:
    """A step from `days` towards the time at which the mixture falls to .9; numbers, arrays or nodes.

    Newton's method for ln(t / S(t)) = 0 in ln t, where S(t) is the stability of the one curve with R(t, S) = m(t):
    exact at once where both memories are alike. At the solution the step has the derivatives of the solution.
    """
    factor = 0.9 ** (-1 / decay) - 1
    known, guessed = (1 + factor * days / good) ** -decay, (1 + factor * days / again) ** -decay
    recall = chance * known + (1 - chance) * guessed
    spent = recall ** (-1 / decay) - 1
    fading = chance * known * (1 - known ** (1 / decay)) + (1 - chance) * guessed * (1 - guessed ** (1 / decay))
    slope = recall ** (-1 / decay - 1) * fading / spent
    nearer: Number = days * (factor / spent) ** (1 / slope)
    return nearer
