from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.days import day_start, elapsed_days, study_day

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
TOKYO, HONOLULU = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Honolulu")
ZONES = [UTC, BERLIN, NEW_YORK, TOKYO, HONOLULU, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Antarctica/Troll")]

DAYS_AROUND_CLOCK_CHANGES = [
    pytest.param(BERLIN, date(2026, 3, 29), id="Berlin-spring"),
    pytest.param(BERLIN, date(2026, 10, 25), id="Berlin-autumn"),
    pytest.param(NEW_YORK, date(2026, 3, 8), id="New-York-spring"),
    pytest.param(NEW_YORK, date(2026, 11, 1), id="New-York-autumn"),
    pytest.param(BERLIN, date(2026, 6, 1), id="Berlin-summer"),
]


def on(day, zone, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(("zone", "day"), DAYS_AROUND_CLOCK_CHANGES)
def test_the_day_changes_between_0359_and_0400_on_the_wall_clock(zone, day):
    assert study_day(on(day, zone, 3, 59), zone, 4) == day - timedelta(days=1)
    assert study_day(on(day, zone, 4), zone, 4) == day
    assert day_start(day, zone, 4) == on(day, zone, 4)


@pytest.mark.parametrize(("zone", "day"), DAYS_AROUND_CLOCK_CHANGES)
def test_an_evening_and_the_next_morning_are_one_day_apart_whatever_the_clock_does(zone, day):
    evening = study_day(on(day - timedelta(days=1), zone, 20), zone, 4)
    morning = study_day(on(day, zone, 8), zone, 4)
    assert elapsed_days(evening, morning) == 1


def test_the_moment_may_be_given_in_any_zone():
    assert study_day(datetime(2026, 3, 2, 2, 59, tzinfo=UTC), BERLIN, 4) == date(2026, 3, 1)
    assert study_day(datetime(2026, 3, 2, 3, 0, tzinfo=UTC), BERLIN, 4) == date(2026, 3, 2)


def test_a_day_whose_rollover_hour_does_not_exist_starts_where_the_clock_leapt():
    leap = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert day_start(date(2026, 3, 29), BERLIN, 2) == leap
    assert study_day(leap - timedelta(seconds=1), BERLIN, 2) == date(2026, 3, 28)
    assert study_day(leap, BERLIN, 2) == date(2026, 3, 29)


def test_a_day_whose_rollover_hour_exists_twice_starts_at_the_first():
    first = datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert day_start(date(2026, 10, 25), BERLIN, 2) == first
    assert study_day(first - timedelta(seconds=1), BERLIN, 2) == date(2026, 10, 24)
    assert study_day(first + timedelta(hours=1), BERLIN, 2) == date(2026, 10, 25)


def test_a_clock_that_falls_back_over_the_rollover_does_not_bring_back_the_day_before():
    zone, after_midnight = ZoneInfo("America/St_Johns"), datetime(2010, 11, 7, 2, 30, 30, tzinfo=UTC)
    fallen_back = after_midnight + timedelta(minutes=5)
    assert fallen_back.astimezone(zone).date() == date(2010, 11, 6)
    assert study_day(fallen_back, zone, 0) == study_day(after_midnight, zone, 0) == date(2010, 11, 7)


def test_a_traveller_flying_west_over_night_has_slept_one_day():
    evening = study_day(datetime(2026, 3, 2, 20, tzinfo=BERLIN), BERLIN, 4)
    morning = study_day(datetime(2026, 3, 3, 8, tzinfo=NEW_YORK), NEW_YORK, 4)
    assert elapsed_days(evening, morning) == 1


def test_a_traveller_whose_calendar_goes_back_has_no_negative_days():
    departure = study_day(datetime(2026, 3, 2, 9, tzinfo=TOKYO), TOKYO, 4)
    arrival = study_day(datetime(2026, 3, 2, 9, tzinfo=TOKYO) + timedelta(hours=8), HONOLULU, 4)
    assert arrival < departure
    assert elapsed_days(departure, arrival) == 0


def test_no_days_have_passed_before_the_first_answer():
    assert elapsed_days(None, date(2026, 3, 2)) == 0


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 3, 2, 12), BERLIN, 4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    st.integers(0, 23),
)
def test_every_moment_lies_within_its_study_day(at, zone, rollover):
    day = study_day(at, zone, rollover)
    assert day_start(day, zone, rollover) <= at < day_start(day + timedelta(days=1), zone, rollover)
