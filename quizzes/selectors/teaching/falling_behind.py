"""Who of a class falls behind and why: from their figures, when they joined, and how often they guessed in haste."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.events import Kind as EventKind
from quizzes.core.falling_behind import (
    Absent,
    Kind,
    LowEffort,
    Numbers,
    Overloaded,
    RapidGuessing,
    Reason,
    SectionRecall,
    WeakSection,
    most_urgent_first,
    reasons_of,
)
from quizzes.models import Cohort, ReviewLog
from quizzes.selectors.study.days import cards_words, percent
from quizzes.selectors.teaching.due_work import LOOKED_BACK, Worked
from quizzes.selectors.teaching.figures import DAYS, WEEK, Figures
from quizzes.selectors.teaching.reading import enrolled
from quizzes.selectors.teaching.wording import day_words, range_words, section_names

SETTLING_IN = timedelta(days=7)
"""Who has joined so lately is not called absent for having begun nothing."""


@dataclass(frozen=True, slots=True)
class Behind:
    """One student who falls behind: their place among the figures' students, and why, the most urgent first."""

    at: int
    reasons: Sequence[Reason]

    @property
    def kind(self) -> Kind:
        """The most urgent reason."""
        return self.reasons[0].kind


def falling_behind(cohort: Cohort, figures: Figures, worked: Worked, *, now: datetime) -> list[Behind]:
    """Those who fall behind in the class's decks, the most urgent first; two queries."""
    settling_in = set(enrolled([cohort]).filter(joined_at__gt=now - SETTLING_IN).values_list("user_id", flat=True))
    return behind_of(figures, worked, rapid_guesses(figures), settling_in)


def behind_of(figures: Figures, worked: Worked, rapid: Mapping[int, int], settling_in: Collection[int]) -> list[Behind]:
    """Those who fall behind, given each student's rapid guesses and who has joined lately, by user id."""
    numbers = _numbers(figures, worked, rapid, settling_in)
    found = most_urgent_first((at, reasons_of(one)) for at, one in enumerate(numbers))
    return [Behind(at, reasons) for at, reasons in found]


def rapid_guesses(figures: Figures) -> dict[int, int]:
    """How many answers each student gave too quickly to have read the question, in these decks and the last four weeks;
    practice is nobody's business. One query, by the index of answers that have no rating."""
    if not figures.students or not figures.decks:
        return {}
    since = min(student.today for student in figures.students) - timedelta(days=DAYS - 1)
    rows = ReviewLog.objects.filter(
        user_id__in=[student.user_id for student in figures.students],
        study_day__gte=since,
        kind=EventKind.ANSWER.value,
        correct__isnull=False,
        rating__isnull=True,
        detail__rapid=True,
        card__deck__in=figures.decks,
    ).exclude(source=ReviewLog.Source.PRACTICE)
    return dict(rows.that_stand().order_by().values_list("user_id").annotate(n=Count("seq")))


def _numbers(figures: Figures, worked: Worked, rapid: Mapping[int, int], settling_in: Collection[int]) -> list[Numbers]:
    last, due, overdue, coming, week, month, met, recently = (
        part.tolist()
        for part in (
            figures.last_day.max(axis=1, initial=0),
            figures.due.sum(axis=1),
            figures.overdue.sum(axis=1),
            figures.coming.sum(axis=1) / WEEK,
            figures.week_asked[:, :, 0].sum(axis=1) / WEEK,
            figures.answers.sum(axis=1),
            figures.introduced.sum(axis=1),
            figures.studied[:, 1 : LOOKED_BACK + 1].sum(axis=1),
        )
    )
    in_all = sum(section.cards for section in figures.sections)
    sections, found = _section_recalls(figures), []
    for at, student in enumerate(figures.students):
        begun, hasty = bool(last[at]), rapid.get(student.user_id, 0)
        waiting = due[at] if begun else 0 if student.user_id in settling_in else in_all - met[at]
        found.append(
            Numbers(
                days_away=student.today.toordinal() - last[at] if begun else None,
                due=waiting,
                overdue=overdue[at],
                overdue_before=worked.overdue_before(at),
                due_per_day=coming[at],
                done_per_day=week[at],
                sections=sections[at],
                rapid=hasty,
                timed=month[at] + hasty,
                due_days=int(worked.due[at]),
                done_days=int(worked.done[at]),
                studied_days=recently[at],
            )
        )
    return found


def _section_recalls(figures: Figures) -> list[list[SectionRecall]]:
    """By student, of the sections in which they have learned anything."""
    learned, recall = figures.learned.tolist(), (figures.recall / np.maximum(1, figures.learned)).tolist()
    return [
        [SectionRecall(at, n, mean) for at, (n, mean) in enumerate(zip(*student, strict=True)) if n]
        for student in zip(learned, recall, strict=True)
    ]


def kind_words(kind: Kind) -> str:
    """A reason as the head of a list."""
    return {
        Kind.ABSENT: _("Absent"),
        Kind.OVERLOADED: _("Overloaded"),
        Kind.RAPID_GUESSING: _("Guessing in haste"),
        Kind.WEAK_SECTION: _("One weak section"),
        Kind.LOW_EFFORT: _("Studies seldom"),
    }[kind]


def kind_help(kind: Kind) -> str:
    """What the reason means, and what helps."""
    return {
        Kind.ABSENT: _("Nothing done for a week or more, though cards are due. Ask what keeps them away."),
        Kind.OVERLOADED: _("More falls due each day than they do, and it piles up. Fewer new cards a day help."),
        Kind.RAPID_GUESSING: _("One answer in ten or more came faster than anybody reads. Ask them to slow down."),
        Kind.WEAK_SECTION: _("One section is clearly weaker than their others. Point them to it."),
        Kind.LOW_EFFORT: _("Much is overdue, and they study on few of the days with work. A little every day helps."),
    }[kind]


def reason_words(reason: Reason, figures: Figures) -> str:
    """A reason in plain words, with its numbers."""
    match reason:
        case Absent(None, due):
            words = ngettext("has not begun; %d card waits", "has not begun; %d cards wait", due)
            return words % due
        case Absent(days, due):
            assert days is not None
            words = _("last studied %(when)s; %(cards)s due")
            return words % {"when": day_words(days), "cards": cards_words(due)}
        case Overloaded(overdue, before, due_per_day=coming, done_per_day=done):
            words = _("%(cards)s overdue%(before)s; %(coming)s fall due a day, %(done)s are done")
            grown = "" if before is None else _(", %d a week ago") % before
            said = {"cards": cards_words(overdue), "before": grown}
            return words % {**said, "coming": _number(coming), "done": _number(done)}
        case RapidGuessing(share):
            words = _("%(share)s of %(n)d answers were faster than anybody reads (95 %% interval %(between)s)")
            between = range_words(share.low, share.high)
            return words % {"share": percent(share.value), "n": share.n, "between": between}
        case WeakSection(section, cards, recall, others):
            words = _("%(section)s: %(recall)s predicted over %(cards)s; %(others)s elsewhere")
            name = section_names(figures.sections)[section]
            said = {"section": name, "recall": percent(recall), "cards": cards_words(cards)}
            return words % {**said, "others": percent(others)}
        case LowEffort(done, due, studied):
            words = _("of %(due)d days with something due: all of it done on %(done)d, studied on %(studied)d")
            return words % {"due": due, "done": done, "studied": studied}


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"
