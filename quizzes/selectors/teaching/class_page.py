"""The page of a class: the sentence that matters, the picture, the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.join_codes import show_code
from quizzes.formats.plots import Bar, Plot, bars, level_bars
from quizzes.models import Cohort, Deck, User
from quizzes.selectors.access import edited_classes, visible_decks
from quizzes.selectors.study.days import cards_words, percent
from quizzes.selectors.teaching.assignment_list import AssignmentLine, assignment_list
from quizzes.selectors.teaching.figures import WEEK, Figures
from quizzes.selectors.teaching.groups import Groups, groups_of
from quizzes.selectors.teaching.joining import closes_words, is_open
from quizzes.selectors.teaching.people import Instructor, instructors_of, zone_of
from quizzes.selectors.teaching.quiz_list import QuizLine, Stage, quiz_lines
from quizzes.selectors.teaching.reading import enrolled, read_figures
from quizzes.selectors.teaching.table import (
    AWAY,
    BEHIND,
    BEHIND_ONLY,
    EVERYBODY,
    NOT_BEGUN,
    UNGROUPED,
    Table,
    Wanted,
    class_table,
)
from quizzes.selectors.teaching.wording import (
    TOO_FEW,
    SectionShare,
    away_count,
    class_sentences,
    left_out_words,
    section_shares,
    students_words,
    weakest_of,
    weakest_words,
)

QUIZZES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ClassHead:
    """What stands on top of each page of a class; `may_edit` opens what changes it."""

    id: int
    name: str
    code: str
    open: bool
    closes: str
    archived: bool
    may_edit: bool
    decks: Sequence[Deck]
    instructors: Sequence[Instructor]


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class as its instructors see it. `plots` are empty while there is nothing to show."""

    head: ClassHead
    students: int
    away: str
    away_url: str
    write_url: str
    section: str
    plots: Sequence[Plot]
    unknown: str
    left_out: str
    table: Table
    wanted: Wanted
    shows: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str]] = ()
    assignments: Sequence[AssignmentLine] = ()
    quizzes: Sequence[QuizLine] = ()


def class_head(user: User, cohort: Cohort, *, now: datetime) -> ClassHead:
    """The class with what the person may do there; four queries."""
    return ClassHead(
        id=cohort.pk,
        name=cohort.name,
        code=show_code(cohort.join_code),
        open=is_open(cohort, now),
        closes=closes_words(cohort, zone_of(user), now),
        archived=cohort.archived_at is not None,
        may_edit=edited_classes(user).filter(pk=cohort.pk).exists(),
        decks=list(visible_decks(user).filter(cohorts=cohort)),
        instructors=instructors_of([cohort])[cohort.pk],
    )


def class_figures(head: ClassHead, cohort: Cohort, *, now: datetime) -> Figures:
    """The figures of the class's students in those of its decks that the person may see."""
    return read_figures(enrolled([cohort]), [deck.pk for deck in head.decks], now=now)


def class_page(user: User, cohort: Cohort, wanted: Wanted, *, now: datetime) -> ClassPage:
    """Everything on the page; 28 queries at most, however large the class and many its groups, assignments, quizzes."""
    head = class_head(user, cohort, now=now)
    figures, groups = class_figures(head, cohort, now=now), groups_of(cohort)
    shares = section_shares(figures)
    away, section = class_sentences(figures, shares)
    return ClassPage(
        head=head,
        students=len(figures.students),
        away=away,
        write_url=reverse("class-message-new", args=[cohort.pk]) + wanted.address(sort="name"),
        away_url=Wanted(show=AWAY).address() if away_count(figures) else "",
        section=section,
        plots=_plots(figures, shares),
        unknown=", ".join(one.name for one in shares if one.share is None),
        left_out=left_out_words(figures.learning),
        table=class_table(cohort.pk, figures, wanted, groups),
        wanted=wanted,
        shows=[
            (EVERYBODY, _("everybody")),
            (AWAY, _("not studied this week")),
            (BEHIND_ONLY, _("behind (%d or more overdue)") % BEHIND),
            (NOT_BEGUN, _("not begun yet")),
        ],
        groups=group_choices(groups),
        assignments=assignment_list(user, cohort, figures.students, now=now),
        quizzes=[one for one in quiz_lines(cohort, zone_of(user), now=now) if one.stage != Stage.CLOSED][
            :QUIZZES_SHOWN
        ],
    )


def group_choices(groups: Groups) -> list[tuple[str, str]]:
    """What the table can be narrowed to; empty where there are no groups."""
    named = [(str(pk), name) for pk, name in groups.names]
    return [("", _("all groups")), *named, (UNGROUPED, _("in no group"))] if named else []


def _plots(figures: Figures, shares: Sequence[SectionShare]) -> list[Plot]:
    known = [one for one in shares if one.share is not None]
    return [*([_recall_plot(known)] if known else []), *([_days_plot(figures)] if figures.studied.any() else [])]


def _recall_plot(known: Sequence[SectionShare]) -> Plot:
    title = _("Predicted recall is weakest in %s") % weakest_words(weakest_of(known))
    columns = (_("Section"), _("Predicted recall"), _("95 % interval"), _("Cards learned"), _("Students"))
    return level_bars(title, [_recall_bar(one) for one in known], columns=columns)


def _recall_bar(one: SectionShare) -> Bar:
    share = one.share
    assert share is not None
    interval = TOO_FEW
    if share.low is not None and share.high is not None:
        interval = f"{round(100 * share.low)}–{percent(share.high)}"
    said = _("%(section)s: %(mean)s (%(interval)s), %(cards)s of %(students)s") % {
        "section": one.name,
        "mean": percent(share.mean),
        "interval": interval,
        "cards": cards_words(share.n),
        "students": students_words(share.students),
    }
    cells = (percent(share.mean), interval, f"{share.n:,}", str(share.students))
    return Bar(one.name, [share.mean], said, low=share.low, high=share.high, cells=cells)


def _days_plot(figures: Figures) -> Plot:
    days = figures.studied[:, :WEEK].sum(axis=1)
    counts = np.bincount(days, minlength=WEEK + 1).tolist()
    often = int(np.count_nonzero(days >= WEEK // 2))
    title = _("%(n)d of %(all)d studied on 3 or more of the last 7 days") % {"n": often, "all": len(days)}
    found = [
        Bar(str(day), [count], f"{ngettext('%d day', '%d days', day) % day}: {students_words(count)}")
        for day, count in enumerate(counts)
    ]
    return bars(title, found, x_label=_("days studied of the last 7"), y_label=_("students"), series=(_("Students"),))
