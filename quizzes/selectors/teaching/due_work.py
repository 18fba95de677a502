"""How often students did what was due, and what was overdue a week ago, from the days that the worker has counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from quizzes.models import DueWork
from quizzes.selectors.teaching.figures import WEEK, Figures, IntArray

LOOKED_BACK = 14
"""So many study days before today are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """By student, in the order of the figures, over the last 14 days before today: on how many something was `due`
    when the day began, and on how many of these all of it was `done`.

    `before` is what was overdue when the day a week ago began, -1 where nobody has counted it.
    """

    due: IntArray
    done: IntArray
    before: IntArray

    def overdue_before(self, at: int) -> int | None:
        """The same of one student; None where nobody has counted it."""
        return None if self.before[at] < 0 else int(self.before[at])


def read_due_work(figures: Figures) -> Worked:
    """Over the decks of the figures; a day with something due in several is done if it was in each. One query."""
    place = {student.user_id: at for at, student in enumerate(figures.students)}
    due, left = (np.zeros((len(place), LOOKED_BACK), np.bool_) for _time in range(2))
    before = np.full(len(place), -1, np.int64)
    rows = DueWork.objects.filter(user_id__in=place, deck_id__in=figures.decks).order_by()
    for user_id, day, kept in rows.values_list("user_id", "day", "days") if place and figures.decks else ():
        at = place[user_id]
        yesterday = (figures.students[at].today - day).days
        for back, (overdue, was_due, was_done) in enumerate(reversed(kept), start=yesterday):
            if was_due and 0 <= back < LOOKED_BACK:
                due[at, back] = True
                left[at, back] |= not was_done
            if back == WEEK - 1:
                before[at] = max(0, before[at]) + overdue
    return Worked(due.sum(axis=1), (due & ~left).sum(axis=1), before)


def done_words(worked: Worked, rows: Sequence[int]) -> str:
    """“9 of 14”, over these students together; empty where nothing was due, or nobody has counted it."""
    said = {"done": worked.done[rows].sum(), "due": worked.due[rows].sum()}
    return _("%(done)d of %(due)d") % said if said["due"] else ""
