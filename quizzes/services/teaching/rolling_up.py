"""Rollups: figures of cards over many students, made now and then from the log; no answer ever writes them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from quizzes.core.card_flags import weight_of
from quizzes.core.estimates import Estimate, Figure
from quizzes.models import CardStatistics, Cohort, Deck, DeckStudy, Rollup
from quizzes.selectors.teaching.quiz_items import read_contents
from quizzes.selectors.teaching.reckoning import CardReckoned, StoppedError, population, reckon

SOONEST = timedelta(minutes=10)
"""Figures that old may be made anew."""
REST = 30
"""And those that took long, after so many times as long."""
BATCH = 500


def roll_up(
    *,
    deck: Deck,
    cohort: Cohort | None,
    now: datetime,
    clock: Callable[[], float],
    stop: Callable[[], bool] = lambda: False,
) -> Rollup:
    """Make the figures of a deck over a class, or without one over all students, anew; one transaction writes them.

    The log is read before it: what is answered meanwhile is in the next ones. Raises StoppedError, nothing written.
    """
    began, of = clock(), population(deck, cohort)
    found = reckon(deck, of.seqs.keys(), stop=stop)
    rows = card_rows(found.cards)
    about = {"students": found.students, "answers": found.answers, "values": found.values, "made_at": now}
    with transaction.atomic():
        Deck.objects.select_for_update().get(pk=deck.pk)
        defaults = {**about, "fingerprint": of.fingerprint, "took_seconds": clock() - began}
        rollup, _made = Rollup.objects.update_or_create(deck=deck, cohort=cohort, defaults=defaults)
        rollup.cards.all().delete()
        for row in rows:
            row.rollup = rollup
        CardStatistics.objects.bulk_create(rows, batch_size=BATCH)
    return rollup


def roll_up_changed(
    *, now: datetime, seconds: float, clock: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> bool:
    """Roll up the decks of classes not in the archive, and all decks, where anybody has answered since.

    For some seconds, one at least; whether there may be more to do. What was made a moment ago waits, the longer the
    longer it took. What decks taken from a class came to goes.
    """
    began = clock()
    taught = Cohort.decks.through.objects.filter(cohort=OuterRef("cohort"), deck=OuterRef("deck"))
    Rollup.objects.filter(cohort__isnull=False).exclude(Exists(taught)).delete()
    for deck, cohort in _stale(now):
        if stop():
            return False
        try:
            roll_up(deck=deck, cohort=cohort, now=now, clock=clock, stop=stop)
        except StoppedError:
            return False
        if clock() - began >= seconds:
            return True
    return False


def all_pairs(cohort: Cohort | None = None) -> Iterator[tuple[Deck, Cohort | None]]:
    """What there is to roll up: each deck that anybody studies, over all students, and over each class not in the
    archive that has it; of one class alone its decks."""
    if cohort is None:
        studied = Exists(DeckStudy.objects.filter(deck=OuterRef("pk")))
        yield from ((deck, None) for deck in Deck.objects.filter(studied).order_by("pk"))
    classes = Cohort.objects.filter(archived_at=None) if cohort is None else Cohort.objects.filter(pk=cohort.pk)
    for one in classes.order_by("pk").prefetch_related("decks"):
        yield from ((deck, one) for deck in one.decks.all())


def _stale(now: datetime) -> Iterator[tuple[Deck, Cohort | None]]:
    kept = {(one.deck_id, one.cohort_id): one for one in Rollup.objects.all()}
    for deck, cohort in all_pairs():
        last = kept.get((deck.pk, cohort.pk if cohort else None))
        if last is not None and now < last.made_at + max(SOONEST, REST * timedelta(seconds=last.took_seconds)):
            continue
        found = population(deck, cohort)
        if last.fingerprint != found.fingerprint if last else found.seqs:
            yield deck, cohort


def card_rows(cards: Sequence[CardReckoned]) -> list[CardStatistics]:
    """The rows of a rollup, without it; a query for each five hundred questions shown."""
    contents = read_contents({one.shown for one in cards if one.shown})
    return [_row(one, contents.get(one.shown, {}).get("stem", "")) for one in cards]


def _row(one: CardReckoned, stem: str) -> CardStatistics:
    analysis, flags = one.analysis, one.analysis.flags
    return CardStatistics(
        card_id=one.card_id,
        stem=stem,
        shown=one.shown,
        n=analysis.n,
        facility=_told(analysis.statistics.facility),
        discrimination=_told(analysis.statistics.discrimination),
        later=_told(analysis.later),
        weight=weight_of(flags),
        gravity=flags[0].flag.gravity[0] if flags else 0,
        flags=_said(flags),
        values=analysis.to_plain(),
    )


def _said(flags: Sequence[Any]) -> list[list[Any]]:
    """Each reason once, with its heaviest weight."""
    reasons: dict[str, int] = {}
    for one in flags:
        reasons.setdefault(one.flag.why.value, int(one.weight))
    return [[weight, why] for why, weight in reasons.items()]


def _told(figure: Figure) -> float | None:
    return figure.value if isinstance(figure, Estimate) else None
