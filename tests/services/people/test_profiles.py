import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from quizzes.models import Profile, User
from quizzes.services.people.profiles import (
    change_looks,
    change_name,
    choose_time_zone,
    follow_browser,
    note_time_zone,
)


@override_settings(TIME_ZONE="Europe/London")
def test_a_profile_begins_in_the_zone_of_the_site(ada):
    assert note_time_zone(user=ada, time_zone="").time_zone == "Europe/London"


def test_the_zone_of_the_browser_is_kept_and_followed_abroad(ada):
    note_time_zone(user=ada, time_zone="Europe/Rome")
    note_time_zone(user=ada, time_zone="Asia/Tokyo")
    assert Profile.objects.get(user=ada).time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["", "Rome", "Europe/Atlantis", "../../etc/passwd", "\x00"])
def test_what_is_no_zone_is_ignored(ada, name):
    note_time_zone(user=ada, time_zone="Europe/Rome")
    assert note_time_zone(user=ada, time_zone=name).time_zone == "Europe/Rome"


def test_a_zone_set_by_hand_is_kept(ada):
    note_time_zone(user=ada, time_zone="Europe/Rome")
    Profile.objects.update(time_zone_chosen=True)
    note_time_zone(user=ada, time_zone="Asia/Tokyo")
    assert Profile.objects.get(user=ada).time_zone == "Europe/Rome"


def test_a_zone_set_by_hand_stays_whatever_the_browser_says(ada):
    choose_time_zone(user=ada, time_zone="Asia/Tokyo")
    assert note_time_zone(user=ada, time_zone="Europe/Rome").time_zone == "Asia/Tokyo"
    assert Profile.objects.get(user=ada).time_zone_chosen


def test_following_the_browser_again_takes_its_zone_at_once(ada):
    choose_time_zone(user=ada, time_zone="Asia/Tokyo")
    profile = follow_browser(user=ada, time_zone="Europe/Rome")
    assert (profile.time_zone, profile.time_zone_chosen) == ("Europe/Rome", False)
    assert note_time_zone(user=ada, time_zone="Europe/Paris").time_zone == "Europe/Paris"


def test_following_a_browser_that_says_nothing_keeps_the_zone_for_now(ada):
    choose_time_zone(user=ada, time_zone="Asia/Tokyo")
    profile = follow_browser(user=ada, time_zone="")
    assert (profile.time_zone, profile.time_zone_chosen) == ("Asia/Tokyo", False)


def test_what_is_no_zone_is_refused(ada):
    with pytest.raises(ValidationError, match="Mars/Base"):
        choose_time_zone(user=ada, time_zone="Mars/Base")
    assert not Profile.objects.filter(user=ada, time_zone_chosen=True).exists()


def test_a_name_is_kept_without_spaces_around_it(ada):
    change_name(user=ada, first_name=" Ada ", last_name="Lovelace")
    assert User.objects.get(pk=ada.pk).get_full_name() == "Ada Lovelace"
    with pytest.raises(ValidationError):
        change_name(user=ada, first_name="a" * 151, last_name="")


def test_looks_are_kept_beside_other_preferences_and_taken_back(ada):
    profile = note_time_zone(user=ada, time_zone="")
    profile.preferences = {"other": 1}
    profile.save()
    assert change_looks(user=ada, theme="dark", motion="reduced").preferences == {
        "other": 1,
        "theme": "dark",
        "motion": "reduced",
    }
    assert change_looks(user=ada, theme="", motion="").preferences == {"other": 1}
    assert Profile.objects.get(user=ada).preferences == {"other": 1}


@pytest.mark.parametrize(("theme", "motion"), [("pink", ""), ("", "wild")])
def test_unknown_looks_are_refused(ada, theme, motion):
    with pytest.raises(ValueError, match="no such"):
        change_looks(user=ada, theme=theme, motion=motion)
