import zoneinfo

import pytest

from quizzes.core.zones import find_zone, offered_zones, similar_zones

ZONES = ("UTC", "Europe/London", "Europe/Rome", "America/New_York", "America/Indiana/Vevay", "Etc/GMT+3", "CET",
         "America/Knox", "America/Indiana/Knox")  # fmt: skip


@pytest.mark.parametrize(("text", "zone"), [
    ("Europe/London", "Europe/London"),
    ("europe/london", "Europe/London"),
    ("london", "Europe/London"),
    (" New  York ", "America/New_York"),
    ("america/new york", "America/New_York"),
    ("vevay", "America/Indiana/Vevay"),
    ("cet", "CET"),
    ("etc/gmt+3", "Etc/GMT+3"),
])  # fmt: skip
def test_a_zone_is_found_by_its_name_or_its_city(text, zone):
    assert find_zone(text, ZONES) == zone


@pytest.mark.parametrize("text", ["", "  ", "Lundon", "Knox", "Europe", "/", "Europe/"])
def test_an_unclear_zone_is_not_guessed(text):
    assert find_zone(text, ZONES) is None


def test_zones_that_may_be_meant_are_named():
    assert similar_zones("Lundon", ZONES) == ["Europe/London"]
    assert similar_zones("Europe/Rom", ZONES) == ["Europe/Rome"]
    assert similar_zones("xyz", ZONES) == []


def test_places_are_offered_and_technical_names_are_not():
    assert offered_zones(ZONES) == sorted(set(ZONES) - {"Etc/GMT+3", "CET"})
    assert {"Asia/Kolkata", "Africa/Lagos"} < set(offered_zones(zoneinfo.available_timezones()))
