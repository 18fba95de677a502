"""Review logs as CSV, ours and those of other programs, into reviews in study days."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime, tzinfo

from quizzes.core.days import study_day
from quizzes.core.review_arrays import Review
from quizzes.formats.delimited import DELIMITERS
from quizzes.formats.errors import TableError

NAMES: Mapping[str, tuple[str, ...]] = {
    "card": ("card_id", "cid", "card"),
    "rating": ("review_rating", "rating", "ease", "button_chosen", "button_pressed", "grade"),
    "time": ("review_time", "reviewed_at", "answered_at", "timestamp", "time", "id"),
}
"""What the columns are called: here, in py-fsrs, in Anki's table of reviews; case, spaces and underscores aside."""
ANKIS_TABLE = {"id", "cid", "ease"}
"""Columns of Anki's table of reviews, where `id` is the time of the answer, and `time` how long it took."""
RATINGS = range(1, 5)
RATING = re.compile(r"(\d)(\.0*)?", re.ASCII)
LEAST_MILLISECONDS = 10**11


def read_review_log(text: str, zone: tzinfo, rollover_hour: int) -> list[Review]:
    """The reviews of a log with a head, in days that begin at `rollover_hour` in the zone.

    Times are ISO 8601 (UTC where they say no zone) or seconds or milliseconds since 1970. Rows with rating 0, which
    Anki writes for cards moved by hand, are left out. Raises TableError, which names the line and the remedy.
    """
    text = text.removeprefix("\ufeff")
    first_line = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(DELIMITERS, key=first_line.count))
    try:
        reviews = _reviews(rows, zone, rollover_hour)
    except csv.Error as error:
        raise TableError(f"Line {rows.line_num}: {error}. Is a quotation mark not closed?") from error
    if not reviews:
        raise TableError("The file has no reviews below its head.")
    return reviews


def _reviews(rows: Iterator[list[str]], zone: tzinfo, rollover_hour: int) -> list[Review]:
    head = [_plain(name) for name in next(rows, [])]
    places = [_place(head, what) for what in NAMES]
    cards: dict[str, int] = {}
    return [
        _review(card, rating, time, cards, zone, rollover_hour, line)
        for line, (card, rating, time) in _cells(rows, places)
        if _rating(rating) != 0
    ]


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _place(head: Sequence[str], what: str) -> int:
    names = ("id",) if what == "time" and ANKIS_TABLE.issubset(head) else tuple(map(_plain, NAMES[what]))
    found = next((head.index(name) for name in names if name in head), None)
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
    button = _rating(rating)
    if button not in RATINGS:
        raise TableError(f"Line {line}: the rating “{rating[:40]}” is none of 1 (again), 2 (hard), 3 (good), 4 (easy).")
    at = _moment(time.strip(), line)
    number = cards.setdefault(card.strip(), len(cards))
    return Review(number, study_day(at, zone, rollover_hour).toordinal(), at.timestamp(), button)


def _rating(text: str) -> int:
    """The number of the button, which programs may have made a decimal; -1 where the cell holds no such thing."""
    found = RATING.fullmatch(text.strip())
    return int(found[1]) if found else -1


def _moment(text: str, line: int) -> datetime:
    try:
        if text.replace(".", "", 1).isdecimal():
            number = float(text)
            return _within_years(datetime.fromtimestamp(number / 1000 if number >= LEAST_MILLISECONDS else number, UTC))
        return _within_years(datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError):
        raise TableError(
            f"Line {line}: “{text[:40]}” is no time. Write 2026-03-10T18:00:00+00:00, or milliseconds since 1970."
        ) from None


def _within_years(at: datetime) -> datetime:
    """The moment, in UTC if it says no zone. Raises ValueError for years of which not every zone has all days."""
    if not MINYEAR < at.year < MAXYEAR:
        raise ValueError("too far away")
    return at if at.tzinfo else at.replace(tzinfo=UTC)
