"""On which days students of a class studied, and how first answers to cards met before went, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizzes.selectors.teaching.figures import DAYS, WEEK, WEEKS, BoolArray, ClassStudent, IntArray
from quizzes.selectors.teaching.keeping import NO_DAYS, Known
from quizzes.selectors.teaching.recollection import joined, places


@dataclass(frozen=True, slots=True, eq=False)
class StudyDays:
    """By student and deck, as in Figures: who studied n days ago; sums over four weeks; the same by week."""

    days: BoolArray
    answers: IntArray
    asked: IntArray
    right: IntArray
    weeks: BoolArray
    week_asked: IntArray
    week_right: IntArray


def study_days(students: Sequence[ClassStudent], decks: Sequence[int], known: Sequence[Known]) -> StudyDays:
    """Of the last twelve weeks. Students whose day is behind the newest of their log have it counted as today."""
    row, days = joined([one.days for one in known], empty=NO_DAYS)
    today = np.array([student.today.toordinal() for student in students], np.int64)[row]
    column, ago = places({deck: at for at, deck in enumerate(decks)}, days["deck"]), np.maximum(0, today - days["day"])
    taken = (column >= 0) & (ago < WEEK * WEEKS)
    row, column, ago, days = row[taken], column[taken], ago[taken], days[taken]
    shape = len(students), len(decks)
    answered = np.zeros((*shape, WEEK * WEEKS), np.bool_)
    answered[row, column, ago] = True
    weeks = np.asarray(answered.reshape(*shape, WEEKS, WEEK).any(axis=3), np.bool_)
    asked, right = (np.zeros((*shape, WEEKS), np.int64) for _ in range(2))
    np.add.at(asked, (row, column, ago // WEEK), days["asked"])
    np.add.at(right, (row, column, ago // WEEK), days["right"])
    recent, answers = slice(0, DAYS // WEEK), np.zeros(shape, np.int64)
    np.add.at(answers, (row, column), np.where(ago < DAYS, days["answers"], 0))
    return StudyDays(
        days=answered[:, :, :DAYS],
        answers=answers,
        asked=asked[:, :, recent].sum(axis=2),
        right=right[:, :, recent].sum(axis=2),
        weeks=weeks,
        week_asked=asked,
        week_right=right,
    )
