"""What each student of a class remembers, as rows of a table: by section, or all sections together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from quizzes.core.statistics import LEAST_CARDS, LEAST_MEMORIES
from quizzes.selectors.teaching.expected import ExpectedScores, score_cells, score_heads
from quizzes.selectors.teaching.exported import Exported, student_heads
from quizzes.selectors.teaching.figures import WEEK, Figures, IntArray

PLACES = 3


@dataclass(frozen=True, slots=True)
class Exam:
    """A day, with the figures as they will be then if nothing more is studied."""

    on: date
    figures: Figures


def section_rows(
    figures: Figures, students: Sequence[Exported], *, pseudonymous: bool = False, exam: Exam | None = None
) -> Iterator[list[object]]:
    """Heads, then a row for each student and section.

    Shares are from 0 to 1, empty where there are too few cards. `exam` is the next one to come, if any.
    """
    heads = [_("deck"), _("section"), _("cards"), *_counted(exam), _("last study day")]
    yield [*student_heads(pseudonymous=pseudonymous), *heads]
    for one, at in _placed(figures, students):
        for column, section in enumerate(figures.sections):
            of = np.array([column])
            counts = _counts(figures, at, of, LEAST_CARDS, exam)
            last = _day(int(figures.last_day[at, column]))
            yield [*one.cells, section.deck_title, section.name, section.cards, *counts, last]


def progress_rows(
    figures: Figures,
    students: Sequence[Exported],
    *,
    pseudonymous: bool = False,
    exam: Exam | None = None,
    scores: ExpectedScores | None = None,
) -> Iterator[list[object]]:
    """Heads, then a row for each student, with the score to expect, the days on which they studied and the shares of
    answers right."""
    days = [_("days studied of 7"), _("days studied of 28"), _("last study day")]
    again = [_("right again"), _("answers to cards met before")]
    yield [*student_heads(pseudonymous=pseudonymous), _("cards"), *_counted(exam), *score_heads(scores), *days, *again]
    every = np.arange(len(figures.sections))
    for one, at in _placed(figures, students):
        asked, right = int(figures.asked_again[at].sum()), int(figures.right_again[at].sum())
        yield [
            *one.cells, sum(section.cards for section in figures.sections),
            *_counts(figures, at, every, LEAST_MEMORIES, exam), *score_cells(scores, at),
            int(np.count_nonzero(figures.studied[at, :WEEK])), int(np.count_nonzero(figures.studied[at])),
            _day(int(figures.last_day[at].max(initial=0))), _share(right, asked, LEAST_MEMORIES), asked,
        ]  # fmt: skip


def _placed(figures: Figures, students: Sequence[Exported]) -> Iterator[tuple[Exported, int]]:
    """The students in their order, each with their row of the figures."""
    row = {student.user_id: at for at, student in enumerate(figures.students)}
    return ((one, row[one.user_id]) for one in students if one.user_id in row)


def _counted(exam: Exam | None) -> list[str]:
    ahead = [_("predicted recall on %s, exam day") % exam.on.isoformat()] if exam else []
    return [_("cards begun"), _("cards learned"), _("due"), _("overdue"), _("predicted recall today"), *ahead]


def _counts(figures: Figures, at: int, of: IntArray, least: int, exam: Exam | None) -> list[object]:
    learned = int(figures.learned[at, of].sum())
    ahead = [_share(float(exam.figures.recall[at, of].sum()), learned, least)] if exam else []
    return [
        int(figures.introduced[at, of].sum()), learned, int(figures.due[at, of].sum()),
        int(figures.overdue[at, of].sum()), _share(float(figures.recall[at, of].sum()), learned, least), *ahead,
    ]  # fmt: skip


def _share(total: float, n: int, least: int) -> float | None:
    return round(total / n, PLACES) if n >= least else None


def _day(ordinal: int) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal else None
