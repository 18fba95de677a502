"""Review logs as CSV, ours and those of other programs, into reviews in study days."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from quizzes.core.days import study_day
from quizzes.core.review_arrays import Review
from quizzes.formats.errors import TableError

NAMES: Mapping[str, tuple[str, ...]] = {
    "card": ("card_id", "cid", "card"),
    "rating": ("review_rating", "rating", "ease", "button_chosen", "grade"),
    "time": ("review_time", "reviewed_at", "answered_at", "timestamp", "time", "id"),
}
"""What the columns are called: here, in py-fsrs, in Anki's table of reviews."""
RATINGS = range(1, 5)
LEAST_MILLISECONDS = 10**11


def read_review_log(text: str, zone: tzinfo, rollover_hour: int) -> list[Review]:
    """The reviews of a log with a head, in days that begin at `rollover_hour` in the zone.

    Times are ISO 8601 (UTC where they say no zone) or seconds or milliseconds since 1970. Rows with rating 0, which
    Anki writes for cards moved by hand, are left out. Raises TableError, which names the line and the remedy.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    head = [name.strip().casefold() for name in next(rows, [])]
    places = [_place(head, what) for what in NAMES]
    cards: dict[str, int] = {}
    reviews = [
        _review(card, rating, time, cards, zone, rollover_hour, line)
        for line, (card, rating, time) in _cells(rows, places)
        if rating.strip() != "0"
    ]
    if not reviews:
        raise TableError("The file has no reviews below its head.")
    return reviews


def _place(head: Sequence[str], what: str) -> int:
    found = next((head.index(name) for name in NAMES[what] if name in head), None)
    if found is None:
        raise TableError(f"Line 1: no column for the {what}. Call one of them {', '.join(NAMES[what][:-1])}.")
    return found


def _cells(rows: Iterator[list[str]], places: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) <= max(places):
            raise TableError(f"Line {line}: {len(row)} cells, where the head asks for {max(places) + 1} at least.")
        yield line, tuple(row[place] for place in places)


def _review(
    card: str, rating: str, time: str, cards: dict[str, int], zone: tzinfo, rollover_hour: int, line: int
) -> Review:
    if not rating.strip().isdecimal() or int(rating) not in RATINGS:
        raise TableError(f"Line {line}: the rating “{rating}” is none of 1 (again), 2 (hard), 3 (good), 4 (easy).")
    at = _moment(time.strip(), line)
    number = cards.setdefault(card.strip(), len(cards))
    return Review(number, study_day(at, zone, rollover_hour).toordinal(), at.timestamp(), int(rating))


def _moment(text: str, line: int) -> datetime:
    try:
        if text.replace(".", "", 1).isdecimal():
            number = float(text)
            return datetime.fromtimestamp(number / 1000 if number >= LEAST_MILLISECONDS else number, UTC)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        raise TableError(
            f"Line {line}: “{text}” is no time. Write 2026-03-10T18:00:00+00:00, or milliseconds since 1970."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
