"""A student's page for their instructor: only what they did in the class's decks, only while they are in the class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.shares import wilson
from quizzes.core.statistics import LEAST_MEMORIES
from quizzes.formats.plots import Plot
from quizzes.models import Cohort, Enrolment, ReviewLog, User
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.figures import DAYS, WEEK, Figures
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.reading import enrolled, read_figures
from quizzes.selectors.teaching.student_plots import student_plots, student_shares
from quizzes.selectors.teaching.wording import day_words, learning_words

MOST_HARD, LEAST_MISSES = 10, 2


@dataclass(frozen=True, slots=True)
class HardFact:
    """A fact that the student misses often."""

    term: str
    section: str
    missed: int
    answers: int


@dataclass(frozen=True, slots=True)
class StudentPage:
    """One student of a class."""

    head: ClassHead
    name: str
    username: str
    email: str
    external_id: str
    group: str
    public_id: UUID
    joined: str
    last_seen: str
    last_seen_exactly: str
    sentence: str
    begun: str
    again: str
    plots: Sequence[Sequence[Plot]]
    hardest: Sequence[HardFact]


def find_enrolment(cohort: Cohort, public_id: UUID) -> Enrolment | None:
    """The student of this id in this class; None if they are not, or no longer, in it."""
    return enrolled([cohort]).filter(user__profile__public_id=public_id).select_related("user", "group").first()


def student_page(user: User, cohort: Cohort, enrolment: Enrolment, *, now: datetime) -> StudentPage:
    """Everything on the page; thirteen queries."""
    head = class_head(user, cohort, now=now)
    decks = [deck.pk for deck in head.decks]
    figures = read_figures(enrolled([cohort]).filter(pk=enrolment.pk), decks, now=now)
    student = figures.students[0]
    answers = _answers(student.user_id, decks)
    last = answers.aggregate(last=Max("answered_at"))["last"]
    last_day = int(figures.last_day.max(initial=0))
    zone = zone_of(user)
    assert student.public_id is not None
    return StudentPage(
        head=head,
        name=student.name,
        username=student.username,
        email=student.email,
        external_id=student.external_id,
        group=enrolment.group.name if enrolment.group else "",
        public_id=student.public_id,
        joined=date_format(enrolment.joined_at.astimezone(zone), "j M Y"),
        last_seen=day_words((student.today - date.fromordinal(last_day)).days) if last_day else _("never"),
        last_seen_exactly=date_format(last.astimezone(zone), "D j M Y, H:i") if last else "",
        sentence=_sentence(figures),
        begun=_begun(figures),
        again=_again(figures),
        plots=student_plots(figures, answers, decks, student.today),
        hardest=_hardest(answers),
    )


def _answers(user_id: int, decks: Sequence[int]) -> QuerySet[ReviewLog, Any]:
    """The answers that stand and are study; practice is nobody's business but the student's."""
    rows = ReviewLog.objects.filter(user_id=user_id, card__deck__in=decks, correct__isnull=False)
    answers: QuerySet[ReviewLog, Any] = rows.answers_that_stand()
    return answers


def _sentence(figures: Figures) -> str:
    if not figures.introduced.any():
        return _("Has not answered a card of this class yet.")
    days, due, overdue = int(figures.studied[0, :WEEK].sum()), int(figures.due.sum()), int(figures.overdue.sum())
    parts = [
        _("Studied on %(days)d of the last 7 days") % {"days": days},
        ngettext("%(due)d card due, %(overdue)d of them overdue", "%(due)d cards due, %(overdue)d of them overdue", due)
        % {"due": due, "overdue": overdue}
        if due
        else _("nothing due"),
    ]
    known = [(share, name) for name, share, _n in student_shares(figures) if share is not None]
    if known:
        share, name = min(known)
        parts.append(_("weakest section: %(section)s, %(share)s") % {"section": name, "share": percent(share)})
    return "; ".join(parts) + "."


def _begun(figures: Figures) -> str:
    cards = sum(section.cards for section in figures.sections)
    met = int(figures.introduced.sum())
    said = _("%(n)d of %(all)d (%(share)s)") % {"n": met, "all": cards, "share": percent(met / max(1, cards))}
    return f"{said}; {learning_words(figures.learning)}" if figures.learning else said


def _again(figures: Figures) -> str:
    """How the first answers of a day to cards met before went; empty while there are too few."""
    asked, right = int(figures.asked_again.sum()), int(figures.right_again.sum())
    if asked < LEAST_MEMORIES:
        return ""
    low, high = wilson(right, asked)
    words = _("%(share)s of %(n)d answers in the last %(days)d days (95 %% interval %(low)d–%(high)s)")
    share = {"share": percent(right / asked), "low": round(100 * low), "high": percent(high)}
    return words % {**share, "n": asked, "days": DAYS}


def _hardest(answers: QuerySet[ReviewLog, Any]) -> list[HardFact]:
    """The facts missed most often, from two misses on."""
    columns = ("card__fact__term", "card__fact__section__noun_plural")
    counted = (
        answers.order_by()
        .values_list("card__fact_id", *columns)
        .annotate(missed=Count("seq", filter=Q(correct=False)), answers=Count("seq"))
    )
    worst = counted.filter(missed__gte=LEAST_MISSES).order_by("-missed", "answers", "card__fact__term")[:MOST_HARD]
    return [HardFact(*row[1:]) for row in worst]
