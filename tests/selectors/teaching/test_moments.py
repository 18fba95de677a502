"""Dates of what is set for a class, in the zone of who reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from quizzes.selectors.teaching.moments import exact_moment, exam_words, moment_words

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "berlin", "new_york"),
    [
        (datetime(2026, 3, 10, 22, 59, tzinfo=UTC), "today, 23:59", "today, 18:59"),
        (datetime(2026, 3, 11, 0, 0, tzinfo=UTC), "tomorrow, 01:00", "today, 20:00"),
        (datetime(2026, 3, 13, 12, 0, tzinfo=UTC), "Friday, 13:00", "Friday, 08:00"),
        (datetime(2026, 3, 29, 12, 0, tzinfo=UTC), "29 March, 14:00", "29 March, 08:00"),
        (datetime(2026, 3, 9, 12, 0, tzinfo=UTC), "9 March, 13:00", "9 March, 08:00"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "1 January 2027, 01:00", "31 December, 19:00"),
    ],
)
def test_a_moment_is_said_as_the_readers_clock_shows_it(at, berlin, new_york):
    assert (moment_words(at, BERLIN, NOW), moment_words(at, NEW_YORK, NOW)) == (berlin, new_york)


def test_the_exact_moment_names_its_zone():
    at = datetime(2026, 3, 12, 22, 59, tzinfo=UTC)
    assert exact_moment(at, BERLIN) == "Thursday 12 March 2026, 23:59 (Europe/Berlin)"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, ""),
        (date(2026, 3, 9), "The exam was on 9 March."),
        (date(2026, 3, 10), "Exam today."),
        (date(2026, 3, 11), "Exam tomorrow."),
        (date(2026, 3, 12), "Exam on 12 March, in 2 days."),
        (date(2027, 3, 12), "Exam on 12 March 2027, in 367 days."),
    ],
)
def test_an_exam_is_said_with_the_days_until_then(day, said):
    assert exam_words(day, date(2026, 3, 10)) == said
