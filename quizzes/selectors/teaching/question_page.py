"""One question of a class: how it is answered, what may be wrong, and what was sent to the editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.card_analysis import curve_of
from quizzes.formats.plots import Plot
from quizzes.models import CardStatistics, Cohort, ProblemReport, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_words import moment_words
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.question_figures import QuestionFigures, figures_of
from quizzes.selectors.teaching.question_plots import curve_plot


@dataclass(frozen=True, slots=True)
class SentReport:
    """What somebody has sent to the editor about the question with its figures, and what became of it."""

    by: str
    at: str
    message: str
    status: str
    open: bool
    reply: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The page; `siblings` are other questions of the same fact, each with its address."""

    head: ClassHead
    card_id: int
    figures: QuestionFigures
    term: str
    section: str
    made_at: str
    plots: Sequence[Plot]
    siblings: Sequence[tuple[str, str]]
    sent: Sequence[SentReport]
    waiting: bool


def find_statistics(user: User, cohort: Cohort, card_id: int) -> CardStatistics | None:
    """The card's figures in the class, of a deck of the class that the person may see; None where nobody has answered
    it."""
    decks = visible_decks(user).filter(cohorts=cohort)
    rows = CardStatistics.objects.filter(rollup__cohort=cohort, rollup__deck__in=decks, card=card_id)
    return rows.select_related("rollup", "card__fact__section").first()


def question_page(user: User, cohort: Cohort, row: CardStatistics, *, now: datetime) -> QuestionPage:
    """Everything on the page; nine queries more than it takes to find the row."""
    zone, figures = zone_of(user), figures_of(row)
    of_fact = list(
        CardStatistics.objects.filter(rollup=row.rollup_id, card__fact=row.card.fact_id).order_by("card__order")
    )
    curve = curve_plot(
        reduce(add, (curve_of(one.values["curve"]) for one in of_fact)),
        _("%(share)s of answers about this fact are right after %(days)s without review"),
    )
    sent = list(_sent(row).select_related("reporter").order_by("-created_at", "-pk"))
    return QuestionPage(
        head=class_head(user, cohort, now=now),
        card_id=row.card_id,
        figures=figures,
        term=row.card.fact.term,
        section=row.card.fact.section.noun_plural,
        made_at=moment_words(row.rollup.made_at, zone),
        plots=[one for one in (figures.first_and_later, curve) if one is not None],
        siblings=[
            (one.stem, reverse("class-question", args=[cohort.pk, one.card_id]))
            for one in of_fact
            if one.card_id != row.card_id
        ],
        sent=[
            SentReport(
                by=one.reporter.get_full_name() or one.reporter.get_username() if one.reporter else _("somebody"),
                at=moment_words(one.created_at, zone),
                message=one.message,
                status=one.get_status_display(),
                open=one.status == ProblemReport.Status.OPEN,
                reply=one.reply,
            )
            for one in sent
        ],
        waiting=any(one.status == ProblemReport.Status.OPEN for one in sent),
    )


def _sent(row: CardStatistics) -> QuerySet[ProblemReport]:
    """What was sent from this class, be it by somebody who does not teach it any more."""
    sent = ProblemReport.objects.filter(card=row.card_id, kind=ProblemReport.Kind.STATISTICS)
    return sent.filter(figures__cohort=row.rollup.cohort_id)
