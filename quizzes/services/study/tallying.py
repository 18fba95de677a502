"""Counts over all students, made from the log now and then: no answer ever writes them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Max

from quizzes.core.events import Kind
from quizzes.core.specs import ASSUMED_KNOWN, Evidence
from quizzes.models import CardTally, Deck, DeckTally, Fact, PairTally, ReviewLog

ENOUGH_FIRST_ANSWERS = 50
COLUMNS = (
    "user_id",
    "card_id",
    "card__fact__code",
    "k",
    "correct",
    "evidence",
    "duration_ms",
    "detail",
    "taken_for__code",
)


@dataclass(slots=True)
class _Counts:
    known: list[float] = field(default_factory=list)
    durations: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)


@transaction.atomic
def tally_deck(*, deck: Deck, now: datetime) -> DeckTally:
    """Count a deck's answers anew: the share of first answers known, times per card, which fact is taken for which."""
    counts = _count(_answers(deck))
    last = DeckTally.objects.select_for_update().filter(deck=deck).first()
    PairTally.objects.filter(asked__deck=deck).delete()
    PairTally.objects.bulk_create(_pairs(deck, counts), batch_size=1000)
    CardTally.objects.filter(card__deck=deck).delete()
    CardTally.objects.bulk_create(
        [
            CardTally(card_id=card, answers=len(times), median_ms=round(median(times)))
            for card, times in counts.durations.items()
        ],
        batch_size=1000,
    )
    values = {"first_answers": len(counts.known), "known_share": known_share(counts.known), "made_at": now}
    tally, _made = DeckTally.objects.update_or_create(
        deck=deck, defaults={**values, "version": last.version + 1 if last else 1}
    )
    return tally


def tally_changed(*, now: datetime, stop: Callable[[], bool] = lambda: False) -> list[DeckTally]:
    """Count the decks anew that were answered in, or in which anything was undone, since they were counted last.

    One transaction per deck; ends early when `stop` says so.
    """
    last = dict(DeckTally.objects.values_list("deck_id", "made_at"))
    done = []
    for deck in Deck.objects.filter(pk__in=_answered_since(last)).order_by("pk"):
        if stop():
            break
        done.append(tally_deck(deck=deck, now=now))
    return done


def _answered_since(last: Mapping[int, datetime]) -> set[int]:
    """The decks with answers, or answers undone, that came in after their counts were made; one pass over the log."""
    events = ReviewLog.objects.filter(kind__in=[Kind.ANSWER, Kind.UNDO]).order_by()
    latest = events.values_list("card__deck").annotate(latest=Max("received_at"))
    return {deck for deck, moment in latest if deck not in last or moment > last[deck]}


def known_share(first_answers: list[float]) -> float:
    """The share of first answers known beyond guessing, within .01 and .99; .3 until there are fifty."""
    if len(first_answers) < ENOUGH_FIRST_ANSWERS:
        return ASSUMED_KNOWN
    return min(0.99, max(0.01, sum(first_answers) / len(first_answers)))


def _answers(deck: Deck) -> Iterator[dict[str, Any]]:
    """Practice is among them: it tells how long a question takes, and being no evidence nothing else."""
    rows = ReviewLog.objects.filter(card__deck=deck).answers_that_stand(uncounted=True)
    return rows.order_by("user_id", "answered_at", "client_id").values(*COLUMNS).iterator(chunk_size=5000)


def _count(answers: Iterator[dict[str, Any]]) -> _Counts:
    counts, met = _Counts(), set[tuple[int, int]]()
    for row in answers:
        usual = "contrast" not in row["detail"]  # two choices picked for one student tell nothing of the usual ones
        if row["duration_ms"] and row["k"] and usual and not row["detail"].get("rapid"):
            counts.durations[row["card_id"]].append(row["duration_ms"])
        if row["evidence"] == Evidence.NONE or row["correct"] is None:
            continue
        if (row["user_id"], row["card_id"]) not in met:
            met.add((row["user_id"], row["card_id"]))
            counts.known.append(_beyond_guessing(row["correct"], row["k"]))
        if not usual:
            continue
        asked = row["card__fact__code"]
        counts.shown.update((asked, code) for code in row["detail"].get("offered", ()) if code != asked)
        if row["taken_for__code"]:
            counts.chosen[asked, row["taken_for__code"]] += 1
    return counts


def _beyond_guessing(correct: bool, k: int | None) -> float:
    """1 or 0, less what guessing among k options would give: its mean estimates the share known."""
    chance = 1 / k if k else 0.0
    return (correct - chance) / (1 - chance)


def _pairs(deck: Deck, counts: _Counts) -> list[PairTally]:
    ids = dict(Fact.objects.filter(deck=deck).values_list("code", "pk"))
    return [
        PairTally(asked_id=ids[asked], offered_id=ids[offered], shown=shown, chosen=counts.chosen[asked, offered])
        for (asked, offered), shown in counts.shown.items()
        if asked in ids and offered in ids
    ]
