import pytest
from django.test import Client

from quizzes.models import Profile


@pytest.fixture
def client(db):
    return Client()


def sign_in(client, **fields):
    return client.post("/sign-in/", {"login": "ada", "password": "password", **fields})


def test_signing_in_leads_home_or_to_where_one_was_going(client, ada):
    assert client.get("/study/").url == "/sign-in/?next=/study/"
    assert sign_in(client, next="/study/").url == "/study/"
    assert sign_in(Client()).url == "/"


def test_signing_in_never_leads_to_another_site(client, ada):
    assert sign_in(client, next="https://elsewhere.example/").url == "/"


def test_signing_in_tells_the_zone_of_the_browser(client, ada):
    sign_in(client, time_zone="Europe/Rome")
    assert Profile.objects.get(user=ada).time_zone == "Europe/Rome"
    sign_in(client, time_zone="nonsense")
    assert Profile.objects.get(user=ada).time_zone == "Europe/Rome"


def test_a_wrong_password_is_told_and_tells_nothing_of_who_exists(client, ada):
    known = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, login="nobody", password="wrong").content.decode()
    assert 'role="alert"' in known
    assert "do not belong together" in known
    assert "do not belong together" in unknown
    assert "_auth_user_id" not in client.session


def test_empty_fields_are_named(client):
    page = client.post("/sign-in/", {}).content.decode()
    assert page.count("This field is required.") == 2
    assert page.count('aria-invalid="true"') == 2


def test_somebody_signed_in_is_sent_on(client, ada):
    client.force_login(ada)
    assert client.get("/sign-in/").url == "/"


def test_signing_out_ends_the_session(client, ada):
    client.force_login(ada)
    assert client.post("/sign-out/", {"next": "https://elsewhere.example/"}).url == "/sign-in/"
    assert client.get("/").url == "/sign-in/?next=/"


def test_a_blocked_account_cannot_sign_in(client, ada):
    ada.is_active = False
    ada.save()
    assert sign_in(client).url == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").content.decode()
    assert "_auth_user_id" not in client.session
