"""The item analysis of a class as rows for a spreadsheet: figures unrounded, each with n and its interval."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from quizzes.core.card_analysis import CardAnalysis
from quizzes.core.card_flags import Weight
from quizzes.core.estimates import Estimate, Figure
from quizzes.models import CardStatistics, Cohort, Deck
from quizzes.selectors.teaching.flag_words import flag_words

CHUNK = 500


def question_rows(cohort: Cohort, decks: Sequence[Deck]) -> Iterator[list[object]]:
    """Heads, then a row for each card answered, by deck in teaching order; shares are from 0 to 1.

    A figure is empty where there are too few answers for it; its n is there all the same.
    """
    yield [
        _("deck"), _("fact code"), _("section"), _("fact"), _("direction"), _("question"), _("first answers"),
        _("with answer choices"), _("answer choices"), *_heads(_("facility")), *_heads(_("discrimination")),
        *_heads(_("discrimination index")), *_heads(_("discriminative efficiency")), *_heads(_("upper-lower D")),
        *_heads(_("retention")), _("to do"), _("flags"), _("figures of"),
    ]  # fmt: skip
    for one in _cards(cohort, decks):
        analysis = CardAnalysis.from_plain(one.values)
        figures = analysis.statistics
        shown = (
            figures.facility, figures.discrimination, figures.index, figures.efficiency, figures.upper_lower,
            analysis.later,
        )  # fmt: skip
        fact = one.card.fact
        yield [
            one.card.deck.title, fact.code, fact.section.noun_plural, fact.term, one.card.direction, one.stem, one.n,
            analysis.choices, analysis.k or None, *(cell for figure in shown for cell in _figure(figure)),
            _to_do(one.weight), "; ".join(flag_words(why, weight) for weight, why in one.flags),
            one.rollup.made_at.isoformat(timespec="seconds"),
        ]  # fmt: skip


def option_rows(cohort: Cohort, decks: Sequence[Deck]) -> Iterator[list[object]]:
    """Heads, then a row for each answer choice offered at first meetings: the distractor tables."""
    yield [
        _("deck"), _("fact code"), _("direction"), _("question"), _("answer choice (fact code)"), _("role"), _("shown"),
        _("chosen"), *_heads(_("share")), *_heads(_("rest score of choosers")), _("rest score of others"),
    ]  # fmt: skip
    for one in _cards(cohort, decks):
        analysis = CardAnalysis.from_plain(one.values)
        for row in analysis.table:
            yield [
                one.card.deck.title, one.card.fact.code, one.card.direction, one.stem,
                analysis.options[row.option].code, row.role.value, row.shown, row.chosen, *_figure(row.share),
                *_figure(row.rest), row.rest_of_others if row.rest.told else None,
            ]  # fmt: skip


def _cards(cohort: Cohort, decks: Sequence[Deck]) -> Iterator[CardStatistics]:
    """One query; rows come while they are read."""
    rows = CardStatistics.objects.filter(rollup__cohort=cohort, rollup__deck__in=decks)
    shown = rows.select_related("rollup", "card__deck", "card__fact__section")
    return shown.order_by("card__deck__title", "card__deck_id", "card__order", "card_id").iterator(chunk_size=CHUNK)


def _heads(name: str) -> list[str]:
    return [name, _("%s: n") % name, _("%s: low") % name, _("%s: high") % name]


def _figure(figure: Figure) -> list[object]:
    if isinstance(figure, Estimate):
        return [figure.value, figure.n, figure.low, figure.high]
    return [None, figure.n, None, None]


def _to_do(weight: int) -> str:
    return {Weight.LOOK: _("look"), Weight.IMPROVE: _("improve"), Weight.WATCH: _("watch")}.get(Weight(weight), "")
