"""How long a guarded fit takes and how much memory, for one student's log and for a large class's, each in a process of
its own: `python -m bench.fitting 10000` prints the figures of one."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from quizzes.core.guarded_fit import guarded_fit
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.review_arrays import ReviewArrays, arrays_in_order

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 500_000)
REVIEWS_OF_A_CARD = 10
GAPS = (0, 1, 2, 4, 9, 20)
KNOWN, CHOICES = 0.85, 0.4


def time_fits() -> list[dict[str, Any]]:
    """The figures of each size."""
    found = []
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.fitting", str(size)], cwd=ROOT, check=True, capture_output=True, text=True
        )
        found.append(json.loads(done.stdout))
    return found


def text(figures: dict[str, Any]) -> str:
    """The figures in words."""
    lines = [
        f"{one['reviews']:>9,} reviews fitted, guard included, in {one['seconds']:5.1f} s"
        f" ({one['processor_seconds']:.1f} s of processor time), {one['peak_megabytes']:.0f} MB at most"
        for one in figures["fits"]
    ]
    return "\n".join(lines)


def time_fit(size: int) -> dict[str, Any]:
    reviews, began, worked = make_log(size), perf_counter(), process_time()
    found = guarded_fit(reviews, DEFAULT_PARAMETERS)
    return {
        "reviews": len(reviews),
        "crossing_days": found.reviews,
        "seconds": round(perf_counter() - began, 2),
        "processor_seconds": round(process_time() - worked, 2),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "verdict": found.verdict.value,
    }


def make_log(size: int) -> ReviewArrays:
    """A log of many cards, four in ten answers among choices; known alike whatever the time since, so that much is
    there to fit."""
    dice, cards = np.random.default_rng(6), size // REVIEWS_OF_A_CARD
    gaps = dice.choice(GAPS, (cards, REVIEWS_OF_A_CARD))
    gaps[:, 0] = dice.integers(0, 60, cards)
    card, day = np.repeat(np.arange(cards), REVIEWS_OF_A_CARD), np.cumsum(gaps, axis=1).ravel()
    rating = np.where(dice.random(size) < KNOWN, 3, 1)
    options = np.where(dice.random(size) < CHOICES, 4, 0)
    order = np.argsort(day, kind="stable")
    nothing = np.zeros(size)
    return arrays_in_order(card[order], day[order], rating[order], options[order], np.full(size, 0.3), nothing, nothing)


if __name__ == "__main__":
    print(json.dumps(time_fit(int(sys.argv[1]))))
