import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from quizzes.services.people.roles import EDITOR, give_role

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def client(db):
    return Client()


def code(secret=SECRET):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, who="ada", **fields):
    return client.post("/sign-in/", {"login": who, "password": "password", **fields})


def prove(client, given):
    return client.post("/account/2fa/authenticate/", {"code": given})


@pytest.fixture
def strict(settings):
    """Staff needs a second factor."""
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def ada_with_app(ada):
    TOTP.activate(ada, SECRET)
    return ada


def test_setting_it_up_asks_for_the_password_shows_a_picture_and_gives_recovery_codes(client, ada):
    sign_in(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 1_000
    session.save()
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": "password"})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    assert "That code is not right" in client.post("/account/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert client.post("/account/2fa/totp/activate/", {"code": code(secret)}).url == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").content.decode().count("<code>") == 10
    assert client.get("/account/2fa/recovery-codes/download/").content.count(b"\n") >= 12
    assert "Signing in asks for a code" in client.get("/account/").content.decode()


def test_signing_in_then_needs_the_code_and_keeps_the_zone_and_the_way(client, ada_with_app):
    assert sign_in(client, time_zone="Europe/Rome", next="/account/").url == "/account/2fa/authenticate/"
    assert client.get("/").url.startswith("/sign-in/")
    assert prove(client, code()).url == "/account/"
    ada_with_app.profile.refresh_from_db()
    assert ada_with_app.profile.time_zone == "Europe/Rome"


def test_a_recovery_code_lets_in_once(client, ada_with_app):
    RecoveryCodes.activate(ada_with_app)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client)
    assert prove(client, spare).url == "/"
    other = Client()
    sign_in(other)
    assert "That code is not right, or has been used." in prove(other, spare).content.decode()


def test_wrong_codes_lock_like_wrong_passwords(client, ada_with_app):
    sign_in(client)
    assert [prove(client, f"00000{number}").status_code for number in range(8)] == [200] * 7 + [429]
    assert prove(client, code()).status_code == 429
    assert sign_in(Client()).status_code == 429


def test_a_sign_in_that_waits_for_its_code_can_be_given_up(client, ada_with_app):
    sign_in(client)
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/sign-in/").status_code == 200


@pytest.mark.parametrize("who", ["ivy", "eve"])
def test_staff_is_led_to_the_set_up_until_it_is_done(client, strict, request, who):
    user = request.getfixturevalue(who)
    sign_in(client, who)
    for address in ("/", "/account/", "/study/", "/admin/"):
        assert client.get(address).url == "/account/2fa/totp/activate/"
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/account/2fa/totp/activate/"
    assert "Your role lets you see" in client.get("/account/2fa/totp/activate/").content.decode()
    TOTP.activate(user, SECRET)
    assert client.get("/account/").status_code == 200


def test_students_are_not_asked_and_cost_no_query(client, strict, ada, django_assert_num_queries):
    sign_in(client)
    client.get("/account/")
    with django_assert_num_queries(6):
        assert client.get("/account/").status_code == 200


def test_whoever_becomes_staff_is_asked_at_once(client, strict, ada):
    sign_in(client)
    client.get("/account/")
    give_role(user=ada, role=EDITOR)
    assert client.get("/account/").url == "/account/2fa/totp/activate/"


def test_staff_cannot_switch_it_off_and_students_can(client, strict, eve, ada_with_app):
    TOTP.activate(eve, SECRET)
    sign_in(client, "eve")
    prove(client, code())
    assert "so it stays on" in client.post("/account/2fa/totp/deactivate/").content.decode()
    other = Client()
    sign_in(other)
    prove(other, code())
    other.post("/account/2fa/totp/deactivate/")
    assert list(Authenticator.objects.values_list("user__username", flat=True)) == ["eve"]


def test_staff_can_sign_out_instead(client, strict, eve):
    sign_in(client, "eve")
    assert client.post("/sign-out/").url == "/sign-in/"
