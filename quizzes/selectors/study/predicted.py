"""A student's answers beside what was expected of them. Reads the log; says nothing of what a quiz keeps to itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizzes.core.calibration_bins import CalibrationBin
from quizzes.models import Deck, ReviewLog
from quizzes.models.history import HistoryQuerySet

ROW = np.dtype([("recall", "f8"), ("options", "i2"), ("right", "?"), ("used", "i8")])
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Answers as columns of equal length: the chance of a right answer that was expected, and whether it was right."""

    expected: NDArray[np.float64]
    right: NDArray[np.bool_]
    parameter_set: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.expected)

    def by(self, parameter_set_id: int) -> "Predicted":
        """Those that these parameters predicted."""
        chosen = self.parameter_set == parameter_set_id
        return Predicted(self.expected[chosen], self.right[chosen], self.parameter_set[chosen])

    @property
    def whole(self) -> CalibrationBin:
        """All of them together; there has to be one."""
        return CalibrationBin(float(self.expected.mean()), int(self.right.sum()), len(self))


def read_predicted(user_id: int, deck: Deck, *, hidden: frozenset[int] = frozenset()) -> Predicted:
    """What was expected of the first answers to cards of the deck on a later day than the one before; one query.

    A right choice among k may have been a guess: of it R + (1 - R) / k was expected. Answers with these `hidden`
    numbers in the log are left out.
    """
    rows = later_day_answers(user_id).filter(card__deck=deck)
    columns = rows.values_list("seq", "predicted_recall", "k", "correct", "parameter_set_id")
    every = (
        (recall, k or 0, right, used)
        for seq, recall, k, right, used in columns.iterator(chunk_size=AT_ONCE)
        if seq not in hidden
    )
    found = np.fromiter(every, dtype=ROW)
    recall, options = found["recall"], found["options"]
    guess = np.where(options > 0, 1 / np.maximum(options, 1), 0.0)
    return Predicted(recall + (1 - recall) * guess, found["right"], found["used"])


def later_day_answers(user_id: int) -> HistoryQuerySet:
    """The answers that stand and moved a memory, of each card and day the first, on a later day than the one before.

    Recall is predicted as 1 for every further answer of a day, and not at all for a card's first.
    """
    rows: HistoryQuerySet = ReviewLog.objects.filter(
        user_id=user_id, predicted_recall__lt=1, correct__isnull=False
    ).answers_that_stand()
    return rows
