"""How good predictions of recall are: log loss, calibration in bins, discrimination."""

from dataclasses import dataclass

import numpy as np

from quizzes.core.review_arrays import Floats, Ints, ReviewArrays

LEAST_CHANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Quality:
    """Of `n` predictions: mean log loss (natural), RMSE(bins), area under the ROC curve (nan for one outcome)."""

    n: int
    log_loss: float
    rmse_bins: float
    auc: float


def quality(predicted: Floats, reviews: ReviewArrays, tested: Ints) -> Quality:
    """How the chances of recall predicted for these reviews compare with what came."""
    chance, passed = np.clip(predicted, LEAST_CHANCE, 1 - LEAST_CHANCE), reviews.passed[tested]
    return Quality(
        len(tested), log_loss(chance, passed), rmse_bins(chance, passed, bins(reviews, tested)), auc(chance, passed)
    )


def log_loss(chance: Floats, passed: Floats) -> float:
    """The mean of -ln of the chance that was given to what came."""
    return float(-np.mean(np.log(np.where(passed > 0, chance, 1 - chance))))


def bins(reviews: ReviewArrays, tested: Ints) -> Floats:
    """The bin of each review, a row of three: days since the one before, earlier reviews, lapses, each on a scale that
    widens. As srs-benchmark has them."""
    days = 2.48 * 3.62 ** _steps(reviews.elapsed[tested], 3.62)
    earlier = 1.99 * 1.89 ** _steps(reviews.earlier[tested], 1.89)
    lapses = reviews.lapses[tested]
    lapsed = np.where(lapses > 0, 1.65 * 1.73 ** _steps(lapses, 1.73), 0)
    return np.column_stack([np.round(days, 2), np.round(earlier, 0), np.round(lapsed, 0)])


def _steps(values: Floats | Ints, base: float) -> Floats:
    found: Floats = np.floor(np.log(np.maximum(values, 1)) / np.log(base))
    return found


def rmse_bins(chance: Floats, passed: Floats, found: Floats) -> float:
    """The root mean squared difference between mean prediction and mean outcome of the bins, weighted by their size."""
    _, bin_of, size = np.unique(found, axis=0, return_inverse=True, return_counts=True)
    difference = np.bincount(bin_of.ravel(), weights=chance - passed) / size
    return float(np.sqrt(np.average(difference**2, weights=size)))


def auc(chance: Floats, passed: Floats) -> float:
    """The chance that of a pass and a fail the pass was predicted higher (Mann and Whitney), ties counted half."""
    passes = float(passed.sum())
    fails = len(passed) - passes
    if not passes or not fails:
        return float("nan")
    _, place, size = np.unique(chance, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(size) - (size - 1) / 2)[place]
    return float((ranks[passed > 0].sum() - passes * (passes + 1) / 2) / (passes * fails))
