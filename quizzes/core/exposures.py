"""First exposures of students to items, as columns: what figures of items are made of, and of nothing else."""

from dataclasses import dataclass

import numpy as np

from quizzes.core.review_arrays import Floats, Ints

IN_A_FORM, IN_SPACED_STUDY = 1, 10
"""How many other items a student must have met before they tell how strong the student is."""
_DECIMALS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Exposures:
    """Marks (0 to 1) at first meetings, in columns of one length; students and items are numbered from 0.

    At most one row for a student and an item. In spaced study an item is a card.
    """

    student: Ints
    item: Ints
    mark: Floats

    def __len__(self) -> int:
        return len(self.mark)


def rest_scores(met: Exposures, least: int) -> Floats:
    """Row by row the student's mean mark in all *other* items; nan where these are fewer than `least`.

    In a form, where all have met all items, this is the total of the others on a scale from 0 to 1: whatever goes by
    correlation or by order comes out the same. Rounded, so that equal scores are equal.
    """
    others = np.bincount(met.student)[met.student] - 1
    totals = np.bincount(met.student, weights=met.mark)[met.student] - met.mark
    rest = np.round(totals / np.maximum(others, 1), _DECIMALS) + 0.0
    return np.where(others >= max(1, least), rest, np.nan)
