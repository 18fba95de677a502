"""What students would score if every card were asked today, or on the exam day that recall is predicted for."""

from dataclasses import dataclass

import numpy as np

from quizzes.core.estimates import Estimate
from quizzes.core.review_arrays import Floats, Ints
from quizzes.core.shares import NINETY_FIVE_PERCENT
from quizzes.core.statistics import Share, pooled_share


@dataclass(frozen=True, slots=True, eq=False)
class ExamScores:
    """By student: the expected share right of all `cards` (1 or more) with its 95 % interval, and how many of them are
    begun."""

    cards: int
    mean: Floats
    low: Floats
    high: Floats
    begun: Ints

    def of(self, student: int) -> Estimate:
        """That of one student."""
        return Estimate(*(self.mean[student].item(), self.cards, self.low[student].item(), self.high[student].item()))


def exam_scores(
    student: Ints, recall: Floats, guess: Floats, *, students: int, guesses: Floats, doubt: Floats | float = 0.0
) -> ExamScores | None:
    """The scores of students 0 to `students` - 1, from one row for each card that somebody has begun; None if there are
    no cards.

    A card gives R + (1 - R) g, R the predicted `recall` and g = 1 / k the chance of guessing, 0 without options; one
    that is not begun gives g, as `guesses` lists it for every card. Rows without a prediction (nan) are not begun.
    The interval is the normal one of a sum of independent answers (Poisson binomial), which is the luck of the exam,
    widened by `doubt`: by student the standard deviation of the number right that is owed to the predictions, which
    all of a student's cards share (prediction_doubt.doubt_of_sums).
    """
    cards = len(guesses)
    if not cards:
        return None
    known = ~np.isnan(recall)
    student, recall, guess = student[known], recall[known], guess[known]

    def total(values: Floats) -> Floats:
        return np.bincount(student, weights=values, minlength=students).astype(np.float64)

    right = recall + (1 - recall) * guess
    mean = (guesses.sum() + total(right - guess)) / cards
    chance = (guesses * (1 - guesses)).sum() + total(right * (1 - right) - guess * (1 - guess))
    spread = np.sqrt(np.maximum(0.0, chance) + np.square(doubt)) / cards
    half = NINETY_FIVE_PERCENT * spread
    begun = np.bincount(student, minlength=students)
    return ExamScores(cards, mean, np.maximum(0.0, mean - half), np.minimum(1.0, mean + half), begun)


def class_score(scores: ExamScores) -> Share | None:
    """The mean over all students, those who have not begun included, with the interval that students make."""
    cards = np.full(len(scores.mean), scores.cards, np.int64)
    return pooled_share(scores.mean * scores.cards, cards)
