from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client

from quizzes.services.people.addresses import keep_address
from tests.factories import NOW
from tests.views.pages import link_in


@pytest.fixture
def client(db):
    return Client()


def sign_in(client, password="password", login="ada", **headers):
    return client.post("/sign-in/", {"login": login, "password": password}, **headers)


def lock(client, login="ada", **headers):
    """Guess until the site has enough; returns the last answer."""
    return [sign_in(client, password=f"guess {number}", login=login, **headers) for number in range(8)][-1]


def test_the_eighth_wrong_password_locks_even_the_right_one_out_and_says_for_how_long(client, ada):
    assert sign_in(client, password="guess").status_code == 200
    last = [sign_in(client, password=f"guess {number}") for number in range(7)][-1]
    locked = sign_in(client)
    for answer in (last, locked):
        assert answer.status_code == 429
        assert "no sign-in from here for another 15 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_trying_while_locked_does_not_make_it_longer_and_a_quarter_of_an_hour_ends_it(client, ada, clock):
    lock(client)
    clock.move_to(NOW + timedelta(minutes=10), tick=False)
    assert "another 5 minutes" in sign_in(client).content.decode()
    clock.move_to(NOW + timedelta(minutes=16), tick=False)
    assert sign_in(client).url == "/"


def test_what_is_kept_of_a_try_holds_neither_names_nor_passwords_nor_codes_as_typed(client, ada):
    sign_in(client, password="guess", login="Ada")
    kept = AccessAttempt.objects.get()
    assert kept.username == "ada"
    assert "guess" not in kept.post_data
    assert "Ada" not in kept.post_data


def test_others_and_the_same_person_elsewhere_are_let_in(client, ada, ben):
    lock(client)
    assert sign_in(Client(), login="ben").url == "/"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).url == "/"


def test_a_right_password_forgets_the_wrong_ones_before(client, ada):
    for _round in range(3):
        for number in range(7):
            sign_in(client, password=f"guess {number}")
        assert sign_in(client).url == "/"
        client.logout()


def test_name_and_address_of_one_account_count_as_one(client, ada):
    keep_address(user=ada, email="ada@example.org", verified=True)
    for number in range(4):
        sign_in(client, password=f"guess {number}", login="ADA")
        sign_in(client, password=f"guess {number}", login="Ada@example.org")
    assert sign_in(client).status_code == 429


def test_a_name_that_nobody_has_is_locked_the_same(client):
    assert lock(client, login="nobody").status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(client, ada, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    lock(client, headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})
    assert sign_in(Client(), headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"}).status_code == 429
    assert sign_in(Client(), headers={"X-Forwarded-For": "192.0.2.8"}).url == "/"


def test_asking_for_the_password_once_more_counts_too(client, ada):
    client.force_login(ada)
    answers = [client.post("/account/reauthenticate/", {"password": f"guess {number}"}) for number in range(8)]
    assert answers[-1].status_code == 429


@pytest.mark.parametrize("second_factor", [False, True])
def test_a_new_password_by_a_link_ends_it_but_not_for_who_has_codes_to_guess(client, ada, mail_server, second_factor):
    if second_factor:
        TOTP.activate(ada, generate_totp_secret())
    keep_address(user=ada, email="ada@example.org", verified=True)
    lock(client)
    client.post("/account/password/reset/", {"email": "ada@example.org"})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    new = {"password1": "quite another one", "password2": "quite another one"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert sign_in(client, password="quite another one").status_code == (429 if second_factor else 302)


def test_asking_for_links_too_often_is_told_in_plain_words(client, ada, mail_server):
    answers = [client.post("/account/password/reset/", {"email": "ada@example.org"}) for _number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "That was too often in a short time" in answers[-1].content.decode()
