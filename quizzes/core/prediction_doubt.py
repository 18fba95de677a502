"""How far a person's predicted recall may be off on the whole: what is not known of the weights that put it right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration import SPREAD
from quizzes.core.review_arrays import Floats, Ints

TRIANGLE = np.tril_indices(len(SPREAD))
"""The places of a covariance that are kept."""
MISFIT = 0.03
"""By how much a person's mean recall misses the prediction even when their weights are known (standard deviation): no
curve is quite that of a memory. Among 64 simulated students with 29 to 194 reviews the misses were 1.2 times those that
the weights explain, and about those that they explain together with this."""


def doubt_of_sums(
    student: Ints, recall: Floats, factor: Floats, features: NDArray[np.float64], covariances: Sequence[Sequence[float]]
) -> Floats:
    """By student the standard deviation, owed to the predictions, of the sum of `factor` times recall over their rows.

    A row for each prediction: whose it is, the recall put right, calibration.features. The rows of a student share
    their weights, so what is not known of these moves all of them together (delta method: a weight moves recall R by
    R (1 - R) times its feature). `covariances` has the kept triangle for each student; an empty one is that of somebody
    of whom nothing is known.
    """
    students = len(covariances)

    def total(values: Floats) -> Floats:
        return np.bincount(student, weights=values, minlength=students).astype(np.float64)

    slope = factor * recall * (1 - recall)
    slopes = np.stack([total(slope * column) for column in features.T], axis=1)
    of_weights = np.einsum("si,sij,sj->s", slopes, _matrices(covariances), slopes)
    return np.asarray(np.sqrt(np.maximum(0.0, of_weights) + (MISFIT * total(factor)) ** 2), np.float64)


def _matrices(covariances: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    unknown = np.diag(np.square(SPREAD))[TRIANGLE].tolist()
    rows, columns = TRIANGLE
    kept = np.array([one or unknown for one in covariances], np.float64).reshape(-1, len(rows))
    whole = np.zeros((len(kept), len(SPREAD), len(SPREAD)))
    whole[:, rows, columns] = whole[:, columns, rows] = kept
    return whole
