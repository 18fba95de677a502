from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.core.reminders import is_time_to_remind

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def at(text, zone=UTC):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("clock", "reminded"),
    [
        ("07:59", False), ("08:00", False), ("15:59", False), ("16:00", True), ("20:59", True), ("21:00", False),
        ("23:59", False), ("00:00", False),
    ],
)  # fmt: skip
def test_what_closes_tomorrow_night_is_told_in_the_afternoon(clock, reminded):
    now = at(f"2026-03-10T{clock}")
    assert is_time_to_remind(now, UTC, [at("2026-03-11T23:59")]) is reminded


@pytest.mark.parametrize(
    ("clock", "closes", "reminded"),
    [
        ("07:59", "15:00", False), ("08:00", "15:00", True), ("08:00", "18:00", True), ("08:00", "18:01", False),
        ("14:59", "15:00", True), ("15:00", "15:00", False), ("16:00", "18:01", True),
    ],
)  # fmt: skip
def test_what_closes_before_the_evening_is_told_in_the_morning(clock, closes, reminded):
    assert is_time_to_remind(at(f"2026-03-10T{clock}"), UTC, [at(f"2026-03-10T{closes}")]) is reminded


def test_two_days_ahead_is_the_border():
    now = at("2026-03-10T16:00")
    assert is_time_to_remind(now, UTC, [now + 2 * DAY])
    assert not is_time_to_remind(now, UTC, [now + 2 * DAY + MINUTE])


def test_the_hours_are_those_of_the_students_own_clock():
    now, closes = at("2026-03-10T15:00"), at("2026-03-11T12:00")
    assert is_time_to_remind(now, BERLIN, [closes])
    assert not is_time_to_remind(now, UTC, [closes])
    assert not is_time_to_remind(now, ZoneInfo("Asia/Tokyo"), [closes])


@pytest.mark.parametrize(
    ("day", "hour"), [("2026-03-28", 15), ("2026-03-29", 14), ("2026-10-24", 14), ("2026-10-25", 15)]
)
def test_summer_time_moves_the_hour_with_the_clock(day, hour):
    now = at(f"{day}T{hour:02d}:00")
    assert is_time_to_remind(now, BERLIN, [now + DAY])
    assert not is_time_to_remind(now - MINUTE, BERLIN, [now + DAY])


def test_nothing_that_closes_soon_is_no_reason():
    assert not is_time_to_remind(at("2026-03-10T16:00"), UTC, [])
    assert not is_time_to_remind(at("2026-03-10T16:00"), UTC, [at("2026-03-10T15:59"), at("2026-03-20T16:00")])
    assert is_time_to_remind(at("2026-03-10T16:00"), UTC, [at("2026-03-20T16:00"), at("2026-03-11T16:00")])
