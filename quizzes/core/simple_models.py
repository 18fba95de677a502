"""Models that a good one has to beat: what was recalled on average so far, and SM-2."""

import numpy as np

from quizzes.core.review_arrays import Floats, ReviewArrays

FIRST_INTERVALS = (1.0, 6.0)
LEAST_EASE, FIRST_EASE = 1.3, 2.5
PRIOR = 0.9


def running_mean(reviews: ReviewArrays) -> Floats:
    """Before each review the share of day-crossing reviews passed so far; .9 before the first."""
    judged = reviews.crosses_days.astype(np.float64)
    count = np.cumsum(judged) - judged
    passed = np.cumsum(judged * reviews.passed) - judged * reviews.passed
    return np.where(count > 0, passed / np.maximum(count, 1), PRIOR)


def sm2(reviews: ReviewArrays) -> Floats:
    """Before each review .9 to the power of days passed over the interval that SM-2 (Wozniak 1990) would have given."""
    found, state = np.ones(len(reviews)), dict[int, tuple[float, int, float]]()
    for at in range(len(reviews)):
        card, rating = int(reviews.card[at]), int(reviews.rating[at])
        interval, streak, ease = state.get(card, (0.0, 0, FIRST_EASE))
        if interval:
            found[at] = 0.9 ** (reviews.elapsed[at] / interval)
        state[card] = _after(interval, streak, ease, rating)
    return found


def _after(interval: float, streak: int, ease: float, rating: int) -> tuple[float, int, float]:
    """Interval, answers passed in a row, and ease after an answer."""
    if rating > 1:
        interval = FIRST_INTERVALS[streak] if streak < len(FIRST_INTERVALS) else interval * ease
        streak += 1
    else:
        interval, streak = FIRST_INTERVALS[0], 0
    short = 4 - rating
    return interval, streak, max(ease + 0.1 - short * (0.08 + short * 0.02), LEAST_EASE)
