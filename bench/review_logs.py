"""Simulated answers as CSV that `manage.py evaluate_memory` reads. Of choices the number of options is lost."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TextIO

from bench.studying import Answer

HEAD = ("card_id", "review_rating", "review_time", "review_duration")


def write_log(answers: Sequence[Answer], out: TextIO) -> None:
    """One row per answer, in UTC, with days that begin at four; durations in milliseconds."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    for review, *_, seconds in answers:
        at = datetime.fromtimestamp(review.moment, UTC)
        rows.writerow((review.card, review.rating, at.isoformat(timespec="milliseconds"), round(seconds * 1000)))
