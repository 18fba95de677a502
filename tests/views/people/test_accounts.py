import pytest
from django.core import mail
from django.test import Client

from quizzes.models import Profile, User
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.profiles import note_time_zone
from tests.views.pages import link_in


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


def test_signing_in_by_address_works_in_any_case(client, ada):
    keep_address(user=ada, email="ada@example.org", verified=True)
    assert sign_in(client, login="Ada@Example.org").url == "/"


def test_a_zone_chosen_by_hand_is_kept(client, ada):
    note_time_zone(user=ada, time_zone="Asia/Tokyo")
    Profile.objects.update(time_zone_chosen=True)
    sign_in(client, time_zone="Europe/Rome")
    assert Profile.objects.get(user=ada).time_zone == "Asia/Tokyo"


def test_a_browser_that_moves_tells_its_new_zone(client, ada):
    sign_in(client, time_zone="Europe/Rome")
    assert 'data-zone="Europe/Rome"' in client.get("/").content.decode()
    assert client.post("/account/zone/", {"time_zone": "Asia/Tokyo"}).status_code == 204
    assert Profile.objects.get(user=ada).time_zone == "Asia/Tokyo"
    assert 'data-zone="Asia/Tokyo"' in client.get("/").content.decode()


def test_a_browser_that_moves_does_not_change_a_zone_chosen_by_hand(client, ada):
    sign_in(client, time_zone="Europe/Rome")
    Profile.objects.update(time_zone_chosen=True)
    client.post("/account/zone/", {"time_zone": "Asia/Tokyo"})
    assert Profile.objects.get(user=ada).time_zone == "Europe/Rome"


@pytest.mark.parametrize("zone", ["", "nonsense", "Asia/" + "x" * 90])
def test_what_is_no_zone_moves_nobody(client, ada, zone):
    sign_in(client, time_zone="Europe/Rome")
    assert client.post("/account/zone/", {"time_zone": zone}).status_code == 204
    assert Profile.objects.get(user=ada).time_zone == "Europe/Rome"


def test_a_browser_that_named_no_zone_is_not_asked_for_one(client, ada):
    sign_in(client)
    assert "data-zone" not in client.get("/").content.decode()


def test_signing_in_brings_the_looks_that_were_chosen(client, ada):
    note_time_zone(user=ada, time_zone="")
    Profile.objects.update(preferences={"theme": "dark", "motion": "reduced"})
    sign_in(client)
    assert (client.session["theme"], client.session["motion"]) == ("dark", "reduced")
    assert 'data-theme="dark"' in client.get("/account/").content.decode()


def test_the_account_page_tells_name_roles_address_and_second_factor(client, ada, django_assert_num_queries):
    keep_address(user=ada, email="ada@example.org", verified=True)
    client.force_login(ada)
    with django_assert_num_queries(5):
        page = client.get("/account/").content.decode()
    assert "ada@example.org" in page
    assert "Student" in page


def test_whoever_may_not_enter_the_admin_is_told_and_not_sent_in_circles(client, ada, eve):
    assert client.get("/admin/login/?next=/admin/quizzes/").url == "/sign-in/?next=%2Fadmin%2Fquizzes%2F"
    client.force_login(ada)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(eve)
    assert client.get("/admin/login/?next=https://elsewhere.example/").url == "/admin/"


def test_a_password_is_changed_with_the_old_one_only(client, ada):
    client.force_login(ada)
    new = {"password1": "quite another one", "password2": "quite another one"}
    wrong = client.post("/account/password/change/", {"oldpassword": "guess", **new})
    assert "That is not your password." in wrong.content.decode()
    assert client.post("/account/password/change/", {"oldpassword": "password", **new}).url == "/account/"
    assert client.get("/").status_code == 200, "still signed in"
    ada.refresh_from_db()
    assert ada.check_password("quite another one")


def test_without_e_mail_a_new_address_counts_at_once_unless_somebody_has_it(client, ada, ben):
    keep_address(user=ben, email="ben@example.org", verified=False)
    client.force_login(ada)
    taken = client.post("/account/email/", {"action_add": "", "email": "Ben@example.org"})
    assert "Somebody has an account with this address" in taken.content.decode()
    client.post("/account/email/", {"action_add": "", "email": "Ada@example.org"})
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    assert "not confirmed" not in client.get("/account/").content.decode()


def test_with_e_mail_a_new_address_counts_once_its_link_is_followed(client, ada, mail_server):
    keep_address(user=ada, email="ada@example.org", verified=True)
    client.force_login(ada)
    client.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    assert User.objects.get(username="ada").email == "ada@example.org"
    assert "new@example.org" in client.get("/account/").content.decode()
    client.post(link_in(mail.outbox[0]))
    assert User.objects.get(username="ada").email == "new@example.org"


def test_without_e_mail_the_page_for_forgotten_passwords_says_whom_to_ask(client, ada):
    for answer in (
        client.get("/account/password/reset/"),
        client.post("/account/password/reset/", {"email": "x@y.org"}),
    ):
        page = answer.content.decode()
        assert "Ask an admin" in page
        assert "<form" not in page.partition("<main")[2]


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client, ada, mail_server):
    keep_address(user=ada, email="ada@example.org", verified=True)
    assert "We send you a link" in client.get("/account/password/reset/").content.decode()
    client.post("/account/password/reset/", {"email": "ada@example.org"})
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    new = {"password1": "quite another one", "password2": "quite another one"}
    assert client.post(form.redirect_chain[-1][0], new).url == "/account/password/reset/key/done/"
    assert sign_in(Client(), password="quite another one").url == "/"
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_a_reset_for_an_address_that_nobody_has_looks_the_same(client, ada, mail_server):
    keep_address(user=ada, email="ada@example.org", verified=True)
    known = client.post("/account/password/reset/", {"email": "ada@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert known.url == unknown.url == "/account/password/reset/done/"
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"]]
