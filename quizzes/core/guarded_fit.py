"""A fit that has to show on later answers, which it has not seen, that it predicts them better than what there was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from quizzes.core.fitting import fit, losses, usable
from quizzes.core.review_arrays import Floats, ReviewArrays

ENOUGH_REVIEWS = 400
"""Fewer that cross days tell less of a person than what is known of all people."""
EARLIER_SHARE = 0.75
"""The part of the reviews, by time, that is learned from before the rest judges."""
LEAST_ERRORS = 1.0
"""By how many standard errors of the mean difference the later answers must be predicted better."""


class Verdict(StrEnum):
    """Which parameters a log calls for: newly fitted ones, those in use (no better were found, or the log is too short
    to tell), or the parent's, which have become better than those in use."""

    FITTED = "fitted"
    IN_USE = "in_use"
    TOO_FEW = "too_few"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class GuardedFit:
    """What a fit came to, on `reviews` that cross days, of which the last `held_out` judged.

    `loss_parent`, `loss_current` and `loss_fitted` are mean log losses on these: by the parent's parameters, by those
    in use, and by those fitted to the earlier reviews alone; None if there were too few. `parameters` are the ones to
    use from now on: fitted to all reviews, or else what there was.
    """

    verdict: Verdict
    parameters: tuple[float, ...]
    reviews: int
    held_out: int = 0
    loss_parent: float | None = None
    loss_current: float | None = None
    loss_fitted: float | None = None

    @property
    def accepted(self) -> bool:
        """Whether the parameters were fitted to these reviews."""
        return self.verdict is Verdict.FITTED


def guarded_fit(
    reviews: ReviewArrays,
    parent: Sequence[float],
    *,
    current: Sequence[float] | None = None,
    enough: int = ENOUGH_REVIEWS,
    between: Callable[[], None] = lambda: None,
) -> GuardedFit:
    """Parameters fitted to the reviews, if they predict the later quarter better than the parent's and the current.

    Else the better of these two there; the current are the parent's if not given.
    """
    reviews, kept = usable(reviews), tuple(parent if current is None else current)
    judged = np.flatnonzero(reviews.crosses_days)
    if len(judged) < enough:
        return GuardedFit(Verdict.TOO_FEW, kept, len(judged))
    first = judged[int(len(judged) * EARLIER_SHARE)]
    later = judged[judged >= first]
    tried = fit(reviews.until(int(first)), parent, between=between).parameters
    by_parent, by_current, by_fitted = (losses(reviews, one)[later] for one in (parent, kept, tried))
    rival = by_parent if by_parent.mean() < by_current.mean() else by_current
    verdict, best = (Verdict.PARENT, tuple(parent)) if rival is by_parent else (Verdict.IN_USE, kept)
    if _is_better(by_fitted, rival):
        verdict, best = Verdict.FITTED, fit(reviews, parent, start=tried, between=between).parameters
    means = (float(one.mean()) for one in (by_parent, by_current, by_fitted))
    return GuardedFit(verdict, best, len(judged), len(later), *means)


def _is_better(one: Floats, other: Floats) -> bool:
    """Whether the losses of one are smaller by more than chance: what differs in a few answers may differ anyhow."""
    gain = other - one
    return bool(gain.mean() > LEAST_ERRORS * gain.std() / np.sqrt(len(gain)))
