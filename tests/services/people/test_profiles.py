import pytest
from django.test import override_settings

from quizzes.models import Profile
from quizzes.services.people.profiles import note_time_zone


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
