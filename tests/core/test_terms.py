from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.terms import first_day, moved, moved_window

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_the_first_day_is_that_of_the_zone():
    late = [at(2026, 3, 9, 23, 30), at(2026, 4, 1)]
    assert first_day(late, BERLIN) == date(2026, 3, 10)
    assert first_day(late, ZoneInfo("UTC")) == date(2026, 3, 9)
    assert first_day([], BERLIN) is None


def test_the_time_of_day_stays_over_a_change_of_the_clocks():
    assert moved(at(2026, 3, 10, 8), 21, BERLIN).astimezone(UTC) == at(2026, 3, 31, 7)
    assert moved(at(2026, 3, 10, 8), -1, BERLIN).astimezone(UTC) == at(2026, 3, 9, 8)


def test_a_window_that_the_clocks_would_turn_round_keeps_its_length():
    opens, closes = moved_window(at(2026, 10, 25, 0, 59), at(2026, 10, 25, 1, 1), 364, BERLIN)
    assert closes.astimezone(UTC) - opens.astimezone(UTC) == timedelta(minutes=2)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 10_000), st.integers(-800, 800))
def test_a_window_always_closes_after_it_opens(opens, minutes, days):
    start = opens.replace(tzinfo=UTC)
    first, last = moved_window(start, start + timedelta(minutes=minutes), days, BERLIN)
    assert last.timestamp() > first.timestamp()
