"""Memory models compared on one person's review log, each predicting what it has not yet seen."""

from collections.abc import Callable

import numpy as np

from quizzes.core.fitting import fit
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.predictions import Quality, quality
from quizzes.core.recall_stream import predict
from quizzes.core.review_arrays import Floats, Fold, Ints, ReviewArrays, folds
from quizzes.core.running_calibration import running, running_with_defaults
from quizzes.core.simple_models import running_mean, sm2

MODELS = (
    "training_mean", "running_mean", "sm2", "fsrs6_default", "fsrs6_fitted", "fsrs6_calibrated", "fsrs6_ensemble",
)  # fmt: skip


class TooFewReviewsError(ValueError):
    """The log has too few reviews on a later day than the card's last to make five folds."""


def evaluate(
    reviews: ReviewArrays, *, progress: Callable[[int], None] = lambda _: None
) -> tuple[dict[str, Quality], dict[str, Floats], Ints]:
    """How good each model is, its predictions, and the indices of the reviews that they are for.

    Raises TooFewReviewsError. `progress` hears how many of the folds are done.
    """
    cut = folds(reviews)
    if not cut:
        raise TooFewReviewsError("fewer than six reviews cross days")
    default = predict(reviews, DEFAULT_PARAMETERS)
    whole = {"running_mean": running_mean(reviews), "sm2": sm2(reviews), "fsrs6_default": default}
    parts: dict[str, list[Floats]] = {name: [] for name in MODELS}
    for done, fold in enumerate(cut, start=1):
        for name, found in {**_of_fold(reviews, fold, default), **_cut_out(whole, fold)}.items():
            parts[name].append(found)
        progress(done)
    tested = np.concatenate([fold.tested for fold in cut])
    predicted = {name: np.concatenate(found) for name, found in parts.items()}
    return {name: quality(found, reviews, tested) for name, found in predicted.items()}, predicted, tested


def _of_fold(reviews: ReviewArrays, fold: Fold, default: Floats) -> dict[str, Floats]:
    """What has to be learned anew for each fold, from what is earlier alone."""
    earlier = reviews.until(int(fold.tested[0]))
    parameters = fit(earlier, DEFAULT_PARAMETERS).parameters
    fitted, stream = predict(reviews, parameters), np.concatenate([fold.learned, fold.tested])
    return {
        "training_mean": np.full(len(fold.tested), reviews.passed[fold.learned].mean()),
        "fsrs6_fitted": fitted[fold.tested],
        "fsrs6_calibrated": running(reviews, fitted, parameters[20], stream)[-len(fold.tested) :],
        "fsrs6_ensemble": running_with_defaults(reviews, fitted, default, stream)[-len(fold.tested) :],
    }


def _cut_out(whole: dict[str, Floats], fold: Fold) -> dict[str, Floats]:
    return {name: found[fold.tested] for name, found in whole.items()}
