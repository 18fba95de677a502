"""Building a student's queue, from rows as the database returns them."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter_ns

from quizzes.core.phases import Phase
from quizzes.core.queueing import Limit, Row, build_queue

SIZES = {100: 200, 100_000: 7}
"""Cards -> how often the queue is built."""
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CARDS_PER_FACT = 3
LIMITS = {deck: Limit(new_per_day=20, reviews_per_day=200) for deck in range(4)}


def time_queues() -> dict[str, dict[str, float]]:
    """Milliseconds (medians) from rows to the queue."""
    return {str(size): _timed(size, repeats) for size, repeats in SIZES.items()}


def _timed(size: int, repeats: int) -> dict[str, float]:
    dice = Random("bench")
    rows = [_row(card, dice) for card in range(size)]
    times = []
    for _ in range(repeats):
        began = perf_counter_ns()
        build_queue(rows, limits=LIMITS, today=TODAY, now=NOW, seen_facts={1, 2, 3})
        times.append(perf_counter_ns() - began)
    return {"rows_to_queue_ms": median(times) / 1e6}


def _row(card: int, dice: Random) -> Row:
    """Of ten cards six reviews due, one in steps, three new."""
    fact, deck, luck = card // CARDS_PER_FACT, card % len(LIMITS), dice.random()
    if luck < 0.3:
        return Row(card, fact, deck, card)
    last = TODAY - timedelta(days=1 + int(40 * dice.random()))
    if luck < 0.4:
        due_at = NOW + timedelta(minutes=40 * dice.random() - 20)
        return Row(card, fact, deck, card, Phase.LEARNING, TODAY, due_at, 1.0, TODAY)
    due_on = TODAY - timedelta(days=int(5 * dice.random()))
    return Row(card, fact, deck, card, Phase.REVIEW, due_on, None, 1 + 60 * dice.random(), last)
