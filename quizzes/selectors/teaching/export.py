"""The table of a class as rows for a spreadsheet."""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
from django.utils.translation import gettext as _

from quizzes.core.statistics import LEAST_CARDS, LEAST_MEMORIES
from quizzes.models import Cohort, User
from quizzes.selectors.teaching.class_page import class_head, class_reading
from quizzes.selectors.teaching.due_work import Worked, read_due_work
from quizzes.selectors.teaching.exams import coming_exams
from quizzes.selectors.teaching.expected import ExpectedScores, expected_scores, score_cells, score_heads
from quizzes.selectors.teaching.figures import WEEK, Figures
from quizzes.selectors.teaching.groups import NO_GROUPS, Groups, groups_of
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.wording import section_names

PLACES = 3


def table_rows(user: User, cohort: Cohort, *, now: datetime) -> Iterator[list[object]]:
    """The table as it is today, with the scores of the next exam."""
    reading = class_reading(class_head(user, cohort, now=now), cohort, now=now)
    exam, figures = next(iter(coming_exams(cohort, zone_of(user), now=now)), None), reading.figures()
    return export_rows(figures, read_due_work(figures), groups_of(cohort), expected_scores(reading, exam))


def export_rows(
    figures: Figures, worked: Worked, groups: Groups = NO_GROUPS, scores: ExpectedScores | None = None
) -> Iterator[list[object]]:
    """Heads, then a row for each student by name, with their group where there are any.

    Shares are from 0 to 1, empty where there are too few answers.
    """
    names = section_names(figures.sections)
    sections = [head for name in names for head in (_("recall: %s") % name, _("cards learned: %s") % name)]
    yield [
        _("student id"), _("name"), _("user name"), *([_("group")] if groups else []), _("last study day"),
        _("days studied of 7"), _("days studied of 28"), _("days of 14 with something due"),
        _("days the due work was done"), _("due"), _("overdue"), _("cards begun"), _("cards learned"),
        _("cards"), _("right again"), _("answers to cards met before"), _("recall"), *score_heads(scores), *sections,
    ]  # fmt: skip
    for at in sorted(range(len(figures.students)), key=lambda at: figures.students[at].name.casefold()):
        yield _row(figures, worked, at, groups, scores)


def _row(figures: Figures, worked: Worked, at: int, groups: Groups, scores: ExpectedScores | None) -> list[object]:
    student, met, learned = figures.students[at], figures.introduced[at], figures.learned[at]
    asked, right = int(figures.asked_again[at].sum()), int(figures.right_again[at].sum())
    last = int(figures.last_day[at].max(initial=0))
    sections = [
        value
        for section in range(len(figures.sections))
        for value in (_share(figures.recall[at, section], int(learned[section]), LEAST_CARDS), int(learned[section]))
    ]
    return [
        student.external_id or str(student.public_id or ""), student.name, student.username,
        *([groups.name_of(student.user_id)] if groups else []),
        date.fromordinal(last).isoformat() if last else None,
        int(np.count_nonzero(figures.studied[at, :WEEK])), int(np.count_nonzero(figures.studied[at])),
        int(worked.due[at]), int(worked.done[at]),
        int(figures.due[at].sum()), int(figures.overdue[at].sum()),
        int(met.sum()), int(learned.sum()), sum(section.cards for section in figures.sections),
        _share(right, asked, LEAST_MEMORIES), asked,
        _share(float(figures.recall[at].sum()), int(learned.sum()), LEAST_MEMORIES),
        *score_cells(scores, at), *sections,
    ]  # fmt: skip


def _share(total: float, n: int, least: int) -> float | None:
    return round(total / n, PLACES) if n >= least else None
