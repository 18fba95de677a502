"""The proof that rollups are what the log gives: reckoned again and compared with what is kept."""

from collections.abc import Iterator

from quizzes.core.kept_figures import differs
from quizzes.models import CardStatistics, Cohort, Deck, Rollup
from quizzes.selectors.teaching.reckoning import population, reckon


def differences(deck: Deck, cohort: Cohort | None) -> Iterator[str]:
    """In words; reads only."""
    of, kept = population(deck, cohort), Rollup.objects.filter(deck=deck, cohort=cohort).first()
    if kept is None:
        if of.seqs:
            yield ": never made"
        return
    if kept.fingerprint != of.fingerprint:
        yield f": made before the latest answers, {kept.made_at:%Y-%m-%d %H:%M}"
        return
    found = reckon(deck, of.seqs.keys())
    if (found.students, found.answers) != (kept.students, kept.answers):
        log, stored = (f"{one.answers} answers of {one.students} students" for one in (found, kept))
        yield f": log gives {log}, kept are {stored}"
    if differs(found.values, kept.values):
        yield f": log gives {found.values}, kept is {kept.values}"
    yield from _cards({one.card_id: one.analysis.to_plain() for one in found.cards}, kept)


def _cards(found: dict[int, dict[str, object]], rollup: Rollup) -> Iterator[str]:
    stored = dict(CardStatistics.objects.filter(rollup=rollup).values_list("card_id", "values"))
    for card_id in sorted(found.keys() | stored.keys()):
        one, other = found.get(card_id), stored.get(card_id)
        if one is None or other is None:
            yield f", card {card_id}: {'the log knows no answer' if one is None else 'nothing kept'}"
            continue
        for name in one.keys() | other.keys():
            if differs(one.get(name), other.get(name)):
                yield f", card {card_id}, {name}: log gives {one.get(name)}, kept is {other.get(name)}"
