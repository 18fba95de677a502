"""The page of a class's gradebook: the sentence that matters, the pictures, the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.grades import BINS, LEAST_TOLD, Where, spread_of
from quizzes.formats.plots import Bar, Plot, bars, level_bars
from quizzes.models import Cohort, CohortGroup, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_words import isolated, mark_words
from quizzes.selectors.teaching.gradebook import Gradebook, read_gradebook
from quizzes.selectors.teaching.gradebook_table import (
    EVERYBODY,
    EXCUSED,
    FAILING,
    MISSING,
    NO_GROUP,
    GradeTable,
    WantedGrades,
    grade_table,
)
from quizzes.selectors.teaching.wording import students_words


@dataclass(frozen=True, slots=True)
class GradebookPage:
    """The gradebook of a class. `plots` are empty until ten students have a mark."""

    head: ClassHead
    students: int
    things: int
    sentence: str
    plots: Sequence[Plot]
    table: GradeTable
    wanted: WantedGrades
    shows: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str]]
    url: str


def gradebook_page(user: User, cohort: Cohort, wanted: WantedGrades, *, now: datetime) -> GradebookPage:
    """Everything on the page; thirteen queries, however large the class."""
    book = read_gradebook(cohort, now=now)
    return GradebookPage(
        head=class_head(user, cohort, now=now),
        students=len(book.students),
        things=len(book.things),
        sentence=_sentence(book),
        plots=_plots(book),
        table=grade_table(cohort.pk, book, wanted),
        wanted=wanted,
        shows=[
            (EVERYBODY, _("everybody")),
            (MISSING, _("something missing")),
            (FAILING, _("a mark below passing")),
            (EXCUSED, _("excused or set by hand")),
        ],
        groups=_groups(cohort),
        url=reverse("class-grades", args=[cohort.pk]),
    )


def _groups(cohort: Cohort) -> list[tuple[str, str]]:
    """What can be chosen; empty for a class without groups."""
    found = [(str(pk), name) for pk, name in CohortGroup.objects.filter(cohort=cohort).values_list("pk", "name")]
    return [("", _("all groups")), *found, (NO_GROUP, _("in no group"))] if found else []


def _sentence(book: Gradebook) -> str:
    grades = [grade for row in book.grades for grade in row]
    marks, missing = sum(one.mark is not None for one in grades), sum(one.where is Where.MISSING for one in grades)
    if not marks:
        return _("No marks yet")
    parts = [ngettext("%d mark", "%d marks", marks) % marks]
    if missing:
        parts.append(ngettext("%d of them for missing work", "%d of them for missing work", missing) % missing)
    spread = spread_of([mean for mean in book.means if mean is not None])
    parts.append(
        _("not enough marks yet to tell a mean")
        if spread.mean is None
        else _("mean of the students %s") % mark_words(spread.mean)
    )
    return "; ".join(parts)


def _plots(book: Gradebook) -> list[Plot]:
    means = [mean for mean in book.means if mean is not None]
    if len(means) < LEAST_TOLD:
        return []
    return [_means_plot(means), *_things_plot(book)]


def _means_plot(means: Sequence[float]) -> Plot:
    spread = spread_of(means)
    title = _("Half of the students have a mean of %s or more") % mark_words(spread.median)
    return marks_plot(title, spread.bins, x_label=_("mean of a student in %"))


def marks_plot(title: str, bins: Sequence[int], *, x_label: str) -> Plot:
    """How many students have a mark within each tenth."""
    width = 100 // BINS
    found = [
        Bar(_bin(at, width), [count], f"{_bin(at, width)} %: {students_words(count)}", short=str(at * width))
        for at, count in enumerate(bins)
    ]
    return bars(title, found, x_label=x_label, y_label=_("students"), series=(_("Students"),))


def _bin(at: int, width: int) -> str:
    """“70–79”, the last “90–100”."""
    return f"{at * width}–{100 if at == BINS - 1 else at * width + width - 1}"


def _things_plot(book: Gradebook) -> list[Plot]:
    told = [
        (thing.title, spread)
        for thing, spread in zip(book.things, book.spreads, strict=True)
        if spread.mean is not None
    ]
    if not told:
        return []
    lowest = min(told, key=lambda one: one[1].mean or 0.0)
    title = _("The lowest mean is that of %(title)s, %(mean)s")
    found = [
        Bar(
            title,
            [spread.mean or 0.0],
            f"{title}: {mark_words(spread.mean)}",
            cells=(mark_words(spread.mean), mark_words(spread.median), str(spread.n)),
            figure=mark_words(spread.mean),
        )
        for title, spread in told
    ]
    said = title % {"title": isolated(lowest[0]), "mean": mark_words(lowest[1].mean)}
    return [level_bars(said, found, columns=(_("Set"), _("Mean"), _("Median"), _("Marks")))]
