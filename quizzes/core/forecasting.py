"""One person's predictions: the model's forgetting curve, put right by the person's weights."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration import NEUTRAL, Weights, calibrated
from quizzes.core.memory import DEFAULT_PARAMETERS, forgetting_curve, interval_days

Number = TypeVar("Number", float, NDArray[np.float64])
HALVINGS = 60
LONGEST_DAYS = 36_500.0


@dataclass(frozen=True, slots=True)
class Forecaster:
    """The 21 parameters in force and the weights; NEUTRAL ones leave the model's prediction as it is."""

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    weights: Weights = NEUTRAL

    def recall(self, elapsed_days: Number, stability: Number, reps: Number, lapses: Number) -> Number:
        """The chance of recall so many days after the last answer, of a card so often answered and forgotten."""
        bare = forgetting_curve(elapsed_days, stability, self.parameters)
        decay = self.parameters[20]
        return calibrated(bare, elapsed_days=elapsed_days, reps=reps, lapses=lapses, weights=self.weights, decay=decay)

    def days_until(self, recall: float, stability: float, reps: float, lapses: float) -> float:
        """The days after the last answer on which recall falls to `recall` (.70 to .99, else ValueError).

        0 if it never is above, 36,500 if it stays above for so long; to a millionth.
        """
        bare = interval_days(stability, recall, self.parameters)
        if self.weights == NEUTRAL:
            return bare
        low, high = 0.0, LONGEST_DAYS
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.recall(middle, stability, reps, lapses) > recall else (low, middle)
        return (low + high) / 2
