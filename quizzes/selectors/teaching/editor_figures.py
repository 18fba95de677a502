"""Figures of cards over all students, as editors see them: a queue of what may be broken, and beside each fact."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from quizzes.core.card_flags import Weight
from quizzes.core.kept_figures import figure_of
from quizzes.models import Card, CardStatistics, Fact
from quizzes.selectors.teaching.figure_words import decimal, interval_of, value_of
from quizzes.selectors.teaching.question_figures import QuestionFigures, figures_of
from quizzes.selectors.teaching.question_list import flag_tags

BY_GRAVITY = ("weight", "gravity", "facility", "card__deck", "card__order", "pk")


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card of a fact: its question with the figures' address, shares as text, and its flags."""

    stem: str
    url: str
    n: int
    first: str
    later: str
    telling: str
    flags: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FactFigures:
    """The cards of a fact that anybody has answered; how many of them somebody should look at."""

    cards: Sequence[CardLine]
    look: int


def cards_of_all() -> QuerySet[CardStatistics]:
    """Every card that anybody has answered, over all students."""
    rows = CardStatistics.objects.filter(rollup__cohort__isnull=True)
    return rows.select_related("rollup", "card__deck", "card__fact__section")


def open_questions() -> QuerySet[CardStatistics]:
    """Cards in use that somebody should look at."""
    return cards_of_all().filter(weight=Weight.LOOK).exclude(card__status=Card.Status.RETIRED)


def fact_figures(fact: Fact) -> FactFigures:
    """Of one fact; one query."""
    rows = list(cards_of_all().filter(card__fact=fact).order_by("card__order", "pk"))
    lines = [
        CardLine(
            stem=str(row),
            url=reverse("admin:quizzes_cardstatistics_change", args=[row.pk]),
            n=row.n,
            first=told(row, "facility"),
            later=told(row, "later"),
            telling=told(row, "discrimination"),
            flags=flag_tags(row.flags),
        )
        for row in rows
    ]
    return FactFigures(lines, sum(row.weight == Weight.LOOK for row in rows))


def card_figures(card: Card) -> QuestionFigures | None:
    """Of one card over all students; two queries, None where nobody has answered it yet."""
    row = CardStatistics.objects.filter(rollup__cohort__isnull=True, card=card).first()
    return figures_of(row) if row else None


def told(row: CardStatistics, name: str) -> str:
    """“34 % (27 % to 41 %)”; a dash where there are too few answers."""
    figure = figure_of(row.values[name])
    show = (decimal,) if name == "discrimination" else ()
    value = value_of(figure, *show)
    return f"{value} ({interval_of(figure, *show)})" if value else "–"
