"""The picture that evaluate_memory draws: for each of some models, predicted recall against what was recalled."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration_bins import CalibrationBin, calibration_bins, calibration_error, spread
from quizzes.core.predictions import Quality
from quizzes.formats.plots import CalibrationWords, calibration, lowest_shown, standalone

COMPARED = ("fsrs6_default", "fsrs6_fitted")
NOTE = (
    "Each dot: reviews of similar prediction, about as many in each, with the 95 % interval (Wilson) of the share "
    "recalled. On the dashed line predictions are right. Bars: how many reviews were predicted so."
)


def calibration_picture(
    found: Mapping[str, Quality],
    predicted: Mapping[str, NDArray[np.float64]],
    recalled: NDArray[np.bool_],
    labels: Mapping[str, str],
) -> str:
    """An SVG file: the published model, the fitted one, and of the others the best by log loss."""
    others = [name for name in found if name not in COMPARED]
    best = min(others, key=lambda name: found[name].log_loss, default="")
    shown = [name for name in (*COMPARED, best) if name in found]
    bins = {name: calibration_bins(predicted[name], recalled) for name in shown}
    lowest = min(lowest_shown(one) for one in bins.values())
    plots = [
        calibration(
            _finding(labels[name], bins[name]), bins[name], spread(predicted[name]), words=_WORDS, lowest=lowest
        )
        for name in shown
    ]
    return standalone(f"Predicted and observed recall, {len(recalled):,} reviews", plots, note=NOTE)


def _finding(label: str, bins: list[CalibrationBin]) -> str:
    return f"{label}: off by {100 * calibration_error(bins):.1f} points on average"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _say(one: CalibrationBin) -> str:
    return f"predicted {_percent(one.predicted)}, recalled {_percent(one.share)} of {one.n:,}"


_WORDS = CalibrationWords(
    x_label="predicted recall",
    y_label="recalled",
    diagonal="as predicted",
    observed="Recalled, with 95 % interval",
    counts="Reviews",
    columns=("Predicted", "Recalled", "95 % interval", "Reviews"),
    say=_say,
    between=lambda low, high: f"{low} to {high}",
)
