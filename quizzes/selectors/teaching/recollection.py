"""Students' memories as columns, from what is known of each of them: what is due, what would be recalled on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quizzes.core.calibration import calibrated_many, features
from quizzes.core.days import SOONEST_PREDICTED_DAYS
from quizzes.core.exam_scores import ExamScores, exam_scores
from quizzes.core.memory import recall_of_many
from quizzes.core.prediction_doubt import doubt_of_sums
from quizzes.selectors.teaching.figures import WEEK, BoolArray, ClassStudent, FloatArray, IntArray
from quizzes.selectors.teaching.keeping import NO_CARDS, Known, Rows


@dataclass(frozen=True, slots=True, eq=False)
class AskedCards:
    """The cards that are asked: the place of each by its id, the place of its section, the chance of a right guess."""

    place_of: Mapping[int, int]
    column: IntArray
    guess: FloatArray


class Recollection:
    """One row for each card met of those that are asked, of all students; days are ordinals, 0 for none."""

    def __init__(self, students: Sequence[ClassStudent], cards: AskedCards, known: Sequence[Known]) -> None:
        row, met = joined([one.cards for one in known], empty=NO_CARDS)
        place = places(cards.place_of, met["card"])
        asked = place >= 0
        self._students, self._all, self._cards = students, cards, met[asked]
        self.row, self.column, self._guess = row[asked], cards.column[place[asked]], cards.guess[place[asked]]
        self.today = np.array([student.today.toordinal() for student in students], np.int64)[self.row]
        self.last = self._cards["last"].astype(np.int64)
        self.due = np.where(self._cards["buried"] > self.today, 0, self._cards["due"])
        self.everything, self.learned = np.ones(len(self._cards), np.bool_), self._cards["learned"]

    @property
    def is_coming(self) -> BoolArray:
        """Due in the seven days after today."""
        return (self.due > self.today) & (self.due <= self.today + WEEK)

    def recall(self, on: date | None = None) -> FloatArray:
        """Predicted recall of each card on the day, if nothing more is studied; without a day, of today.

        Of tomorrow where the card was answered on that day or later.
        """
        return self._predicted(on)[0]

    def _predicted(self, on: date | None) -> tuple[FloatArray, FloatArray]:
        """That, and the features that it is made of."""
        day = self.today if on is None else np.maximum(self.today, on.toordinal())
        elapsed = np.maximum(SOONEST_PREDICTED_DAYS, day - self.last).astype(np.float64)
        decay = np.array([student.decay for student in self._students], np.float64)[self.row]
        weights = np.array([student.weights for student in self._students], np.float64).reshape(-1, 5)[self.row]
        model = recall_of_many(elapsed, self._cards["stability"], decay)
        reps, lapses = (self._cards[name].astype(np.float64) for name in ("reps", "lapses"))
        rows = features(model, elapsed, reps, lapses)
        return calibrated_many(model, rows, weights=weights, decay=decay), rows

    def scores(self, on: date | None, examined: BoolArray) -> ExamScores | None:
        """What each student would score on the day; `examined` says of each section whether it is asked.

        Each card is asked with its own number of answer choices, those that have none from memory.
        """
        recall, rows = self._predicted(on)
        guesses = self._all.guess[examined[self._all.column]]
        taken = examined[self.column] & ~np.isnan(recall)
        row, recall, guess = self.row[taken], recall[taken], self._guess[taken]
        doubt = doubt_of_sums(row, recall, 1 - guess, rows[taken], [one.covariance for one in self._students])
        return exam_scores(row, recall, guess, students=len(self._students), guesses=guesses, doubt=doubt)

    def count(self, taken: BoolArray, shape: tuple[int, int]) -> IntArray:
        """How many of those taken there are, by student and section."""
        return np.bincount(self._cell(shape)[taken], minlength=shape[0] * shape[1]).reshape(shape)

    def total(self, recall: FloatArray, shape: tuple[int, int]) -> FloatArray:
        """The recall of the learned cards summed by student and section."""
        weights = np.where(self.learned, recall, 0.0)
        sums = np.bincount(self._cell(shape), weights=weights, minlength=shape[0] * shape[1])
        return np.asarray(sums, np.float64).reshape(shape)

    def latest(self, shape: tuple[int, int]) -> IntArray:
        """The last study day by student and section."""
        latest = np.zeros(shape, np.int64)
        np.maximum.at(latest, (self.row, self.column), self.last)
        return latest

    def _cell(self, shape: tuple[int, int]) -> IntArray:
        return self.row * shape[1] + self.column


def joined(parts: Sequence[Rows], *, empty: Rows) -> tuple[IntArray, Rows]:
    """All parts under each other, and for each row of them which part it is of."""
    row = np.repeat(np.arange(len(parts)), np.array([len(part) for part in parts], np.int64))
    return row, np.concatenate([empty, *parts], dtype=empty.dtype)


def places(place_of: Mapping[int, int], ids: IntArray) -> IntArray:
    """Where each id has its place, -1 for those that have none."""
    found = np.full(1 + max(place_of, default=0), -1, np.int64)
    found[np.array(list(place_of), np.int64)] = list(place_of.values())
    return np.where(ids < len(found), found[np.minimum(ids, len(found) - 1)], -1)
