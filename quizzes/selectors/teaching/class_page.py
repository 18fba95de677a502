"""The page of a class: the sentence that matters, the picture, the table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.join_codes import show_code
from quizzes.formats.plots import Plot
from quizzes.models import Cohort, Deck, User
from quizzes.selectors.access import edited_classes, visible_decks
from quizzes.selectors.teaching.assignment_list import AssignmentLine, assignment_list
from quizzes.selectors.teaching.class_plots import (
    daily_students_plot,
    often_words,
    recall_plot,
    weekly_recall_plot,
    weekly_students_plot,
)
from quizzes.selectors.teaching.class_table import class_table
from quizzes.selectors.teaching.due_work import read_due_work
from quizzes.selectors.teaching.exams import Exam, coming_exams, exam_wanted
from quizzes.selectors.teaching.expected import class_score_words, expected_scores
from quizzes.selectors.teaching.falling_behind import falling_behind
from quizzes.selectors.teaching.figures import Figures
from quizzes.selectors.teaching.groups import Groups, groups_of
from quizzes.selectors.teaching.joining import closes_words, is_open
from quizzes.selectors.teaching.people import Instructor, instructors_of, zone_of
from quizzes.selectors.teaching.quiz_list import QuizLine, Stage, quiz_lines
from quizzes.selectors.teaching.reading import Reading, enrolled
from quizzes.selectors.teaching.table import (
    AWAY,
    BEHIND,
    BEHIND_ONLY,
    EVERYBODY,
    MEMORY,
    NOT_BEGUN,
    ONE_LINE,
    STUDY_DAYS,
    UNGROUPED,
    WITH_INTERVALS,
    Table,
    Wanted,
)
from quizzes.selectors.teaching.wording import (
    SectionShare,
    away_count,
    behind_words,
    class_sentences,
    left_out_words,
    section_shares,
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
class Choice:
    """A link among several; `here` is the one that is shown."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class as its instructors see it. `plots` are two columns, empty while there is nothing to show."""

    head: ClassHead
    students: int
    away: str
    away_url: str
    behind: str
    write_url: str
    section: str
    score: str
    plots: Sequence[Sequence[Plot]]
    told: str
    unknown: str
    table: Table
    caption: str
    wanted: Wanted
    views: Sequence[Choice]
    days: Sequence[Choice]
    cells: Choice | None
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
    return class_reading(head, cohort, now=now).figures()


def class_reading(head: ClassHead, cohort: Cohort, *, now: datetime) -> Reading:
    """What is known of them, for figures of any day."""
    return Reading(enrolled([cohort]), [deck.pk for deck in head.decks], now=now)


def class_page(user: User, cohort: Cohort, wanted: Wanted, *, now: datetime) -> ClassPage:
    """Everything on the page; 32 queries at most, however many students, groups, assignments and quizzes there are."""
    head, zone = class_head(user, cohort, now=now), zone_of(user)
    reading, groups = class_reading(head, cohort, now=now), groups_of(cohort)
    exams = coming_exams(cohort, zone, now=now)
    exam = exam_wanted(exams, wanted.on)
    wanted = wanted if exam else replace(wanted, on="")
    figures = reading.figures(exam.on if exam else None)
    scores = expected_scores(reading, exam or next(iter(exams), None))
    shares, when, worked = section_shares(figures), on_words(exam), read_due_work(figures)
    (away, section), score = class_sentences(figures, shares, when), class_score_words(scores)
    table = class_table(cohort.pk, figures, wanted, groups, scores.of if scores else None, worked)
    return ClassPage(
        head=head,
        students=len(figures.students),
        away=away,
        away_url=Wanted(show=AWAY, view=wanted.view, on=wanted.on).address() if away_count(figures) else "",
        behind=behind_words(len(falling_behind(cohort, figures, worked, now=now))),
        write_url=reverse("class-message-new", args=[cohort.pk]) + wanted.address(sort="name"),
        section=section,
        score=score,
        plots=_plots(figures, wanted, shares, when, now.astimezone(zone).date()),
        told=_told(figures, wanted, when, scored=bool(score)),
        unknown=", ".join(one.name for one in shares if one.share is None) if wanted.view == MEMORY else "",
        table=table,
        caption=_caption(table, wanted, when),
        wanted=wanted,
        views=class_views(cohort.pk, wanted),
        days=exam_choices(wanted, exams) if wanted.view == MEMORY else [],
        cells=_cells(wanted, long=table.long) if wanted.view == MEMORY else None,
        shows=[
            (EVERYBODY, _("everybody")),
            (AWAY, _("not studied this week")),
            (BEHIND_ONLY, _("behind (%d or more overdue)") % BEHIND),
            (NOT_BEGUN, _("not begun yet")),
        ],
        groups=group_choices(groups),
        assignments=assignment_list(user, cohort, figures.students, now=now),
        quizzes=[one for one in quiz_lines(cohort, zone, now=now) if one.stage != Stage.CLOSED][:QUIZZES_SHOWN],
    )


def group_choices(groups: Groups) -> list[tuple[str, str]]:
    """What the table can be narrowed to; empty where there are no groups."""
    named = [(str(pk), name) for pk, name in groups.names]
    return [("", _("all groups")), *named, (UNGROUPED, _("in no group"))] if named else []


def _plots(
    figures: Figures, wanted: Wanted, shares: Sequence[SectionShare], when: str, today: date
) -> list[list[Plot]]:
    """Two columns; one where there is nothing for the other."""
    found = (
        [daily_students_plot(figures, today), weekly_students_plot(figures, today)]
        if wanted.view == STUDY_DAYS
        else [recall_plot(shares, when), weekly_recall_plot(figures, today)]
    )
    return [[plot] for plot in found if plot]


def _told(figures: Figures, wanted: Wanted, when: str, *, scored: bool) -> str:
    """What the pictures count, and why a score is expected that is lower than recall."""
    if wanted.view == STUDY_DAYS:
        counted = _("Days count on which scheduled answers were given; practice does not count.")
        return f"{often_words(figures)} {counted}"
    of_all = _("The expected score is of all cards: those not begun yet are guessed.") if scored else ""
    return " ".join(filter(None, (recall_told(when), left_out_words(figures.learning), of_all)))


def recall_told(when: str) -> str:
    """What day recall is predicted for."""
    if when:
        return _("Recall is predicted for the exam day, as if nothing more were studied until then.")
    return _("Recall is predicted for today, and for tomorrow where a card was answered today.")


def _caption(table: Table, wanted: Wanted, when: str) -> str:
    if wanted.view == STUDY_DAYS:
        return f"{_('Who studied when, and what waits.')} {_('The first row is the mean.') if table.total else ''}"
    told = _("Predicted recall %s") % (when or _("today"))
    resting = (
        _("below each share its 95 % interval and on how many cards it rests")
        if table.long
        else _("beside each share on how many cards it rests")
    )
    together = _("The first row is all of them together.") if table.total else ""
    return f"{told}; {resting}. {together}"


def class_views(class_id: int, wanted: Wanted | None) -> list[Choice]:
    """The two tables, and who falls behind, which is shown where nothing else is wanted."""
    labels = {MEMORY: _("What they remember"), STUDY_DAYS: _("Who studied when")}
    page, shown = reverse("class", args=[class_id]), wanted or Wanted()
    tables = [
        Choice(label, page + shown.address(view=view), wanted is not None and wanted.view == view)
        for view, label in labels.items()
    ]
    return [*tables, Choice(_("Who falls behind"), reverse("class-behind", args=[class_id]), wanted is None)]


def on_words(exam: Exam | None) -> str:
    """“on 9 Dec”; empty for today."""
    return _("on %s") % exam.day if exam else ""


def exam_choices(wanted: Wanted, exams: Sequence[Exam]) -> list[Choice]:
    """The days that recall can be predicted for; empty without an exam."""
    coming = [Choice(_("Exam, %s") % one.day, wanted.address(on=one.on.isoformat()), False) for one in exams]
    days = [one.on.isoformat() for one in exams]
    shown = [replace(one, here=wanted.on == day) for one, day in zip(coming, days, strict=True)]
    return [Choice(_("Today"), wanted.address(on=""), not wanted.on), *shown] if shown else []


def _cells(wanted: Wanted, *, long: bool) -> Choice:
    """To the other kind of cells."""
    other = ONE_LINE if long else WITH_INTERVALS
    label = _("One line for each student") if long else _("Show the intervals")
    return Choice(label, wanted.address(cells=other), False)
