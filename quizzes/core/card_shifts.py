"""How hard each card is: the shift of its first memory, found from the answers of all students who have studied it.

Maximum a posteriori. Cards' shifts have normal priors around none, so that few answers move a card little, and how
wide these priors are is learned with them: where cards hardly differ, hardly any card is moved. Students have levels of
their own, lest cards that only good students reach look easy. Shifts tell cards apart and nothing else: how well all
remember is for the parameters to say. Always from first memories that are not shifted, so that no shift feeds on one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from quizzes.core.gradients import Node, gradient, lift
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.recall_stream import State, loss
from quizzes.core.review_arrays import Floats, Ints, ReviewArrays

SPREADS = np.array([0.5, 1.0, 0.3])
"""How widely the priors lie at first (standard deviations): ln of cards' stability, their difficulty, ln of students'
stability."""
NARROWEST = SPREADS / 20
WORTH = 5
"""How many cards (or students) with answers without end the first spreads are worth beside what the answers say."""
SPREAD_OF_ALL = 3.0
"""Of what all cards have in common, stability and difficulty alike."""
TURNS, MOST_ROUNDS, ENOUGH = 4, 40, 1e-7
MOST_LN_STABILITY, MOST_DIFFICULTY = 1.5, 3.0
"""No card starts with less than a fifth or more than five times the usual stability, whatever others showed."""
FARTHEST = np.array([MOST_LN_STABILITY, MOST_DIFFICULTY, 3.0, 3.0, 3.0])
MOST_STEPS = 10
"""Later reviews of a card tell little about its first memory."""


class CardShifts(NamedTuple):
    """For each card what to add to ln of its first stability and to its first difficulty, and how widely both lie."""

    ln_stability: Floats
    difficulty: Floats
    spread: tuple[float, float]


def learn_shifts(
    reviews: ReviewArrays, card: Ints, student: Ints, parameters: Sequence[float] = DEFAULT_PARAMETERS
) -> CardShifts:
    """The shifts of the cards, numbered from 0.

    Of each review `card` and `student` (from 0) tell whose answer to which it is; in `reviews` each pair of them is a
    card of its own. Judged are reviews that cross days; a card without any is not moved.
    """
    early = reviews.step < MOST_STEPS
    model = _Model(reviews.taken(early), card[early], student[early], parameters)
    spreads, at = SPREADS, np.zeros(model.size)
    for turn in range(TURNS):
        at = model.best(spreads, at)
        if turn < TURNS - 1:
            spreads = model.spreads(spreads, at)
    stability, difficulty, *_others = np.split(at, model.cuts)
    return CardShifts(stability * model.moved, difficulty * model.moved, (float(spreads[0]), float(spreads[1])))


class _Model:
    """What is looked for stands in one row: cards' stability and difficulty, students' stability, and both of all."""

    def __init__(self, reviews: ReviewArrays, card: Ints, student: Ints, parameters: Sequence[float]) -> None:
        counts = int(card.max(initial=-1)) + 1, int(student.max(initial=-1)) + 1
        self.lengths = np.array([counts[0], *counts, 1, 1])
        self.size, self.cuts = int(self.lengths.sum()), np.cumsum(self.lengths)[:-1]
        self.parameters = parameters
        self.moved = np.bincount(card[reviews.crosses_days], minlength=counts[0]) > 0
        self.parts = [(reviews.taken(part), card[part], student[part]) for part in reviews.parts()]

    def best(self, spreads: Floats, start: Floats) -> Floats:
        """The most likely row, searched for from `start`, in units of the priors."""
        unit = np.repeat([*spreads, SPREAD_OF_ALL, SPREAD_OF_ALL], self.lengths)
        farthest = np.repeat(FARTHEST, self.lengths) / unit

        def penalised(at: Floats) -> tuple[float, Floats]:
            total, slope = self.loss(at * unit)
            return total + float(at @ at) / 2, slope * unit + at

        found = minimize(
            penalised,
            np.clip(start / unit, -farthest, farthest),
            jac=True,
            method="L-BFGS-B",
            bounds=list(zip(-farthest, farthest, strict=True)),
            options={"maxiter": MOST_ROUNDS, "ftol": ENOUGH},
        )
        at: Floats = found.x * unit
        return at

    def spreads(self, spreads: Floats, at: Floats) -> Floats:
        """How widely the priors should lie: as what was found does, by as many as the answers decide (MacKay 1992)."""
        found = spreads.copy()
        for which, (first, spread) in enumerate(zip(SPREADS, spreads, strict=True)):
            place = slice(*np.r_[0, self.cuts][which : which + 2])
            curvature = self._curvature(at, place, spread / 10)
            decided = float((curvature / (curvature + spread**-2)).sum())
            found[which] = np.sqrt(((at[place] ** 2).sum() + WORTH * first**2) / (decided + WORTH))
        return np.maximum(found, NARROWEST)

    def loss(self, at: Floats) -> tuple[float, Floats]:
        """The loss of the reviews, and how it changes with each number of the row."""
        total, slope = 0.0, np.zeros(self.size)
        for part in self.parts:
            nodes = [Node(one) for one in np.split(at, self.cuts)]
            lost = self._loss_of(*part, nodes)
            total += float(lost.value)
            slope += np.concatenate(gradient(lost, nodes))
        return total, slope

    def _loss_of(self, reviews: ReviewArrays, card: Ints, student: Ints, nodes: Sequence[Node]) -> Node:
        stability, difficulty, level, stability_of_all, difficulty_of_all = nodes

        def shifts(first: Ints) -> State:
            one, none = card[first], np.zeros_like(first)
            together = stability.take(one) + level.take(student[first]) + stability_of_all.take(none)
            return together, difficulty.take(one) + difficulty_of_all.take(none)

        return loss(reviews, [lift(one) for one in self.parameters], reviews.crosses_days.astype(np.float64), shifts)

    def _curvature(self, at: Floats, place: slice, step: float) -> Floats:
        """How fast the slopes there grow, each with its own number: those of one kind hardly depend on each other."""
        aside = np.zeros(self.size)
        aside[place] = step
        found: Floats = (self.loss(at + aside)[1] - self.loss(at - aside)[1])[place] / (2 * step)
        return np.maximum(found, 0.0)
