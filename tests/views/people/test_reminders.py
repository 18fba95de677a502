"""Switching reminders off by the link of an e-mail, and in the settings."""

import re

import pytest
from django.test import Client

from quizzes.models import Profile
from quizzes.selectors.people.reminders import find_reminded, reminders_path, wants_reminders
from quizzes.services.people.profiles import change_looks, change_reminders


def wants(user):
    profile = Profile.objects.filter(user=user).first()
    return wants_reminders(profile.preferences if profile else {})


@pytest.fixture
def path(ada):
    return reminders_path(ada.pk)


@pytest.fixture
def stranger():
    """A browser, or a mail program, that is signed in to nothing and brings no token of a form."""
    return Client(enforce_csrf_checks=True)


def test_to_look_switches_nothing_off(stranger, path, ada):
    response = stranger.get(path)
    assert response.status_code == 200
    assert "Switch reminders off" in response.content.decode()
    assert wants(ada)


def test_the_button_switches_off_and_on_without_signing_in(stranger, path, ada):
    assert "Reminders are off" in stranger.post(path, {"do": "off"}).content.decode()
    assert not wants(ada)
    assert "Reminders are off" in stranger.get(path).content.decode()
    assert "Reminders are on again" in stranger.post(path, {"do": "on"}).content.decode()
    assert wants(ada)


def test_a_mail_program_switches_off_by_itself_and_is_sent_nowhere(stranger, path, ada):
    response = stranger.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert not wants(ada)


def test_twice_is_once(stranger, path, ada):
    stranger.post(path)
    stranger.post(path)
    assert not wants(ada)
    assert Profile.objects.filter(user=ada).count() == 1


def test_a_link_is_of_one_person_alone(stranger, path, ada, ben):
    stranger.post(path)
    assert (wants(ada), wants(ben)) == (False, True)
    forged = path.replace(f"/{ada.pk}:", f"/{ben.pk}:")
    assert forged != path
    assert stranger.post(forged).status_code == 404
    assert wants(ben)


@pytest.mark.parametrize("token", ["1", "x:y", "1:", ":", "1:2:3"])
def test_what_is_no_link_of_ours_is_not_there(stranger, db, token):
    assert stranger.get(f"/reminders/off/{token}/").status_code == 404
    assert find_reminded(token) is None


def test_the_link_of_somebody_who_is_gone_is_not_there(stranger, path, ada):
    ada.delete()
    assert stranger.post(path).status_code == 404


def test_the_page_names_nobody(stranger, path, ada):
    ada.email, ada.first_name = "ada@example.org", "Augusta"
    ada.save()
    text = stranger.get(path).content.decode()
    assert "ada@example.org" not in text
    assert "Augusta" not in text


def test_other_preferences_stay(ada):
    change_looks(user=ada, theme="dark", motion="")
    change_reminders(user=ada, wanted=False)
    assert Profile.objects.get(user=ada).preferences == {"theme": "dark", "reminders": False}
    change_looks(user=ada, theme="light", motion="")
    change_reminders(user=ada, wanted=True)
    assert Profile.objects.get(user=ada).preferences == {"theme": "light"}


def test_settings_have_a_box_for_it(signed_in, ada):
    web = signed_in(ada)

    def box():
        return re.search(r'<input type="checkbox" name="reminders"[^>]*>', web.get("/settings/").content.decode())[0]

    assert "checked" in box()
    web.post("/settings/", {"section": "mail"})
    assert not wants(ada)
    assert "checked" not in box()
    web.post("/settings/", {"section": "mail", "reminders": "on"})
    assert wants(ada)


def test_settings_say_why_no_reminder_can_come(signed_in, ada, settings):
    web = signed_in(ada)
    assert "This site sends no e-mail" in web.get("/settings/").content.decode()
    settings.SENDS_MAIL = True
    assert "You have no e-mail address here" in web.get("/settings/").content.decode()
    ada.email = "ada@example.org"
    ada.save()
    text = web.get("/settings/").content.decode()
    assert "no e-mail address" not in text
    assert "sends no e-mail" not in text
