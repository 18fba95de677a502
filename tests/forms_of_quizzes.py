"""Marks of a quiz form as figures of items read them."""

import numpy as np

from quizzes.core.exposures import Exposures


def of_form(marks):
    """A row of marks for each student and a column for each item; nan is no mark."""
    student, item = np.nonzero(~np.isnan(marks))
    return Exposures(student, item, marks[student, item])
