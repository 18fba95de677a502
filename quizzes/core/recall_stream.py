"""FSRS-6 over a whole review log at once: the formulas of memory.py on arrays whose derivatives are known."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from quizzes.core.gradients import Node, clip, exp, lift, log, maximum, minimum, where
from quizzes.core.memory import LEAST_STABILITY
from quizzes.core.mixtures import closer, mixed_stabilities
from quizzes.core.review_arrays import Floats, Ints, ReviewArrays
from quizzes.core.specs import Rating

LEAST_RECALL = 1e-6
State = tuple[Node, Node]
"""Stability (days) and difficulty of many cards."""
Shifts = Callable[[Ints], State]
"""What is added to ln of the first stability and to the first difficulty, for the reviews with these indices."""


def predict(reviews: ReviewArrays, parameters: Sequence[float]) -> Floats:
    """The recall predicted before each review from all that came before it; 1 where a card is met first."""
    found, w = np.ones(len(reviews)), [Node(value) for value in parameters]
    for part in reviews.parts():
        for at, recall in recalls(reviews.taken(part), w):
            found[part[at]] = recall.value
    return found


def loss(reviews: ReviewArrays, w: Sequence[Node], weights: Floats, shifts: Shifts | None = None) -> Node:
    """The sum of -ln of the chance that was given to what came, each review with its weight.

    A right choice among k options may have been a guess: its chance is R + (1 - R) / k.
    """
    total = lift(0.0)
    for at, recall in recalls(reviews, w, shifts):
        weight = weights[at]
        if weight.any():
            right = recall + (1 - recall) * lift(guess(reviews.options[at]))
            chance = where(reviews.rating[at] > 1, right, 1 - right)
            total = total - (log(chance) * weight).sum()
    return total


def recalls(reviews: ReviewArrays, w: Sequence[Node], shifts: Shifts | None = None) -> Iterator[tuple[Ints, Node]]:
    """Step by step, the indices of the reviews and the recall predicted before them, from every card's second on.

    `shifts` stands in for those that come with the reviews.
    """
    state: State | None = None
    for at in reviews.by_step():
        rating, options = reviews.rating[at], reviews.options[at]
        if state is None:
            shift = shifts(at) if shifts else (lift(reviews.ln_stability[at]), lift(reviews.difficulty[at]))
            first = partial(_first, w=w, shift=shift)
            state = _after_choices(first(rating), first, lift(reviews.known[at]), rating, options, w[20])
            continue
        before = state[0].head(len(at)), state[1].head(len(at))
        elapsed = reviews.elapsed[at]
        recall = clip((1 + _factor(w) * (elapsed / before[0])) ** -w[20], LEAST_RECALL, 1 - LEAST_RECALL)
        yield at, recall
        after = partial(_next, before, elapsed=elapsed, recall=recall, w=w)
        state = _after_choices(after(rating), after, recall, rating, options, w[20])


def guess(options: Ints) -> Floats:
    """The chance to be right by guessing; 0 of recall without options."""
    return np.where(options > 0, 1.0 / np.maximum(options, 1), 0.0)


def _after_choices(
    after: State, otherwise: Callable[[Ints], State], known: Node, rating: Ints, options: Ints, decay: Node
) -> State:
    """The state after each review: of a right choice, Good mixed with Again by the chance that it was known.

    `otherwise` is the state that other ratings would leave.
    """
    guessable = (options > 0) & (rating > Rating.AGAIN)
    if not guessable.any():
        return after
    again = otherwise(np.full_like(rating, Rating.AGAIN))
    chance = known / (known + (1 - known) * lift(guess(options)))
    share = where(guessable, chance, 1.0)
    return _mixed(guessable, share, after[0], again[0], decay), after[1] * share + again[1] * (1 - share)


def _mixed(guessable: NDArray[np.bool_], share: Node, good: Node, again: Node, decay: Node) -> Node:
    """The stability where a guess is possible, reckoned there alone since it is dear; elsewhere `good`."""
    places = np.flatnonzero(guessable)
    chance, known, guessed = share.take(places), good.take(places), again.take(places)
    days = mixed_stabilities(chance.value, known.value, guessed.value, decay.value)
    mixed = closer(lift(days), chance, known, guessed, decay)
    return where(guessable, mixed.take(np.maximum(np.cumsum(guessable) - 1, 0)), good)


def _factor(w: Sequence[Node]) -> Node:
    return 0.9 ** (-1 / w[20]) - 1


def _first(rating: Ints, w: Sequence[Node], shift: State) -> State:
    stability = w[0] * (rating == 1)
    for at in range(1, 4):
        stability = stability + w[at] * (rating == at + 1)
    usual = clip(_first_difficulty(rating, w), 1, 10)
    return maximum(stability * exp(shift[0]), LEAST_STABILITY), clip(usual + shift[1], 1, 10)


def _first_difficulty(rating: Ints | int, w: Sequence[Node]) -> Node:
    return w[4] - exp(w[5] * (rating - 1.0)) + 1


def _next(before: State, rating: Ints, elapsed: Floats, recall: Node, w: Sequence[Node]) -> State:
    stability, difficulty = before
    recalled = _after_recall(before, rating, recall, w)
    over_days = where(rating == Rating.AGAIN, _after_lapse(before, recall, w), recalled)
    after = where(elapsed < 1, _within_day(stability, rating, w), over_days)
    damped = difficulty - w[6] * ((rating - 3.0) / 9) * (10 - difficulty)
    drawn = w[7] * _first_difficulty(Rating.EASY, w) + (1 - w[7]) * damped
    return maximum(after, LEAST_STABILITY), clip(drawn, 1, 10)


def _within_day(stability: Node, rating: Ints, w: Sequence[Node]) -> Node:
    growth = exp(w[17] * (w[18] + (rating - 3.0))) * stability ** -w[19]
    return stability * where(rating == Rating.AGAIN, growth, maximum(growth, 1.0))


def _after_recall(before: State, rating: Ints, recall: Node, w: Sequence[Node]) -> Node:
    stability, difficulty = before
    bonus = where(rating == Rating.HARD, w[15], where(rating == Rating.EASY, w[16], 1.0))
    ease = exp(w[8]) * (11 - difficulty) * stability ** -w[9]
    return stability * (1 + ease * (exp(w[10] * (1 - recall)) - 1) * bonus)


def _after_lapse(before: State, recall: Node, w: Sequence[Node]) -> Node:
    stability, difficulty = before
    relearned = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp(w[14] * (1 - recall))
    return minimum(relearned, stability / exp(w[17] * w[18]))
