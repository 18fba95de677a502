import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from quizzes.models import Enrolment, Invitation, Profile, User
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.invitations import accept, invite, revoke
from quizzes.services.people.roles import INSTRUCTOR, STUDENT
from tests.factories import NOW
from tests.views.pages import link_in

WORDS = "a long enough one"
KIM = {"email": "Kim@example.org", "username": "kim", "password1": WORDS, "password2": WORDS}


@pytest.fixture
def client(db):
    return Client()


@pytest.fixture
def open_site(settings):
    settings.SIGN_UP = "open"


@pytest.fixture
def invitation(cohort):
    return invite(emails=["kim@example.org"], role=STUDENT, by=None, now=NOW, cohort_id=cohort.pk)[0]


def sign_up(client, **fields):
    return client.post("/account/signup/", {**KIM, **fields})


def follow(client, invitation):
    return client.get(f"/account/invitation/{invitation.token}/")


def test_without_an_invitation_nobody_signs_up(client):
    for answer in (client.get("/account/signup/"), sign_up(client)):
        assert "by invitation" in answer.content.decode()
    assert "Make an account" not in client.get("/sign-in/").content.decode()
    assert not User.objects.filter(username="kim").exists()


def test_on_an_open_site_everybody_signs_up_as_a_student_in_their_own_zone(client, open_site):
    assert "Make an account" in client.get("/sign-in/").content.decode()
    assert sign_up(client, time_zone="Europe/Rome").url == "/"
    kim = User.objects.get(username="kim")
    assert [group.name for group in kim.groups.all()] == [STUDENT]
    assert (kim.email, kim.is_staff) == ("kim@example.org", False)
    assert Profile.objects.get(user=kim).time_zone == "Europe/Rome"
    assert client.get("/").status_code == 200


def test_a_site_without_e_mail_says_so_before_one_signs_up(client, open_site):
    assert "This site sends no e-mail." in client.get("/account/signup/").content.decode()


def test_an_address_is_confirmed_before_the_first_page(client, open_site, mail_server):
    assert sign_up(client, time_zone="Europe/Rome").url == "/account/confirm-email/"
    assert client.get("/").url.startswith("/sign-in/")
    link = link_in(mail.outbox[0])
    assert "Yes, it is mine" in client.get(link).content.decode()
    assert client.post(link).url == "/"
    assert client.get("/").status_code == 200
    assert Profile.objects.get(user__username="kim").time_zone == "Europe/Rome"


def test_an_address_that_has_an_account_is_told_by_e_mail_and_to_nobody_else(client, open_site, mail_server, ada):
    EmailAddress.objects.create(user=ada, email="kim@example.org", verified=True, primary=True)
    assert sign_up(client).url == "/account/confirm-email/"
    assert "There is one already" in mail.outbox[0].body
    assert not User.objects.filter(username="kim").exists()


def test_only_addresses_of_the_domains_sign_up(client, settings, mail_server):
    settings.SIGN_UP, settings.SIGN_UP_DOMAINS = "domains", ["uni.example"]
    assert "@uni.example" in client.get("/account/signup/").content.decode()
    for address in ("kim@example.org", "kim@evil-uni.example", "kim@uni.example.org"):
        assert "Use an address that ends in @uni.example." in sign_up(client, email=address).content.decode()
    assert sign_up(client, email="kim@UNI.example").url == "/account/confirm-email/"


def test_each_faulty_field_says_what_is_wrong_with_it(client, open_site, ada):
    page = sign_up(client, username="ada", password1="1234", password2="1234").content.decode()
    assert "Somebody has this user name already." in page
    assert "too short" in page
    assert page.count('aria-invalid="true"') == 2
    assert 'aria-describedby="id_username_helptext id_username_error"' in page


def test_the_invited_sign_up_into_their_class_and_the_link_works_once(client, invitation, cohort):
    assert follow(client, invitation).url == "/account/signup/"
    page = client.get("/account/signup/").content.decode()
    assert "Anatomy 1" in page
    assert sign_up(client).url == "/"
    kim = User.objects.get(username="kim")
    assert Enrolment.objects.get(user=kim).role == Enrolment.Role.STUDENT
    assert (Invitation.objects.get().used_by, Invitation.objects.get().used_at) == (kim, NOW)
    again = follow(Client(), invitation)
    assert (again.status_code, "used its link already" in again.content.decode()) == (410, True)


def test_the_invited_need_not_confirm_the_address_that_got_the_link(client, mail_server, invitation):
    follow(client, invitation)
    assert 'value="kim@example.org"' in client.get("/account/signup/").content.decode()
    assert sign_up(client).url == "/"
    assert EmailAddress.objects.get(user__username="kim").verified


def test_the_invited_cannot_pass_another_address_off_as_confirmed(client, mail_server, invitation):
    follow(client, invitation)
    sign_up(client, email="other@example.org")
    assert [row.email for row in EmailAddress.objects.all()] == ["kim@example.org"]


def test_a_link_that_was_handed_out_proves_no_address_once_the_site_sends_mail(client, invitation, mail_server):
    follow(client, invitation)
    assert sign_up(client).url == "/account/confirm-email/"
    assert not EmailAddress.objects.get(user__username="kim").verified


def test_where_no_e_mail_is_sent_the_invited_may_give_another_address(client, invitation):
    follow(client, invitation)
    assert 'value="kim@example.org"' in client.get("/account/signup/").content.decode()
    sign_up(client, email="other@example.org")
    assert [(row.email, row.verified) for row in EmailAddress.objects.all()] == [("other@example.org", False)]


def test_the_invited_may_have_any_domain(client, settings, mail_server, invitation):
    settings.SIGN_UP, settings.SIGN_UP_DOMAINS = "domains", ["uni.example"]
    follow(client, invitation)
    assert sign_up(client).url == "/"


def test_an_invitation_that_ends_while_the_form_is_open_lets_nobody_in(client, invitation, max):
    follow(client, invitation)
    client.get("/account/signup/")
    accept(token=invitation.token, user=max, now=NOW)
    assert "no longer works: ask for a new one" in sign_up(client).content.decode()
    assert not User.objects.filter(username="kim").exists()


def test_two_who_send_the_form_at_once_are_one_too_many(client, invitation, max, monkeypatch):
    follow(client, invitation)
    accept(token=invitation.token, user=max, now=NOW)
    monkeypatch.setattr("quizzes.views.people.adapter.held_invitation", lambda request: invitation)
    assert sign_up(client).url == f"/account/invitation/{invitation.token}/"
    assert not User.objects.filter(username="kim").exists()


def test_somebody_with_an_account_accepts_with_it(client, cohort, max):
    invitation = invite(emails=["max@x.org"], role=INSTRUCTOR, by=None, now=NOW, cohort_id=cohort.pk)[0]
    client.force_login(max)
    page = follow(client, invitation).content.decode()
    assert ("Instructor" in page, "Anatomy 1" in page) == (True, True)
    assert not Enrolment.objects.filter(user=max).exists(), "looking accepts nothing"
    home = client.post(f"/account/invitation/{invitation.token}/", follow=True)
    assert "You are in the class Anatomy 1 now." in home.content.decode()
    assert Enrolment.objects.get(user=max).role == Enrolment.Role.INSTRUCTOR
    assert max.groups.get().name == INSTRUCTOR


def test_the_invited_with_an_account_sign_in_and_come_back(client, invitation, ada):
    follow(client, invitation)
    page = client.get("/account/signup/").content.decode()
    way = f"/account/invitation/{invitation.token}/"
    assert "/sign-in/?next=" in page
    assert client.post("/sign-in/", {"login": "ada", "password": "password", "next": way}).url == way


def test_the_invited_whose_address_has_an_account_are_sent_to_the_sign_in(client, invitation, ada):
    keep_address(user=ada, email="kim@example.org", verified=True)
    page = client.get(follow(client, invitation).url).content.decode()
    assert "You have an account with the address that was invited." in page
    assert f'name="next" value="/account/invitation/{invitation.token}/"' in page


def test_whoever_left_a_class_is_in_it_again_by_an_invitation(client, invitation, cohort, ada):
    Enrolment.objects.filter(user=ada).update(left_at=NOW)
    client.force_login(ada)
    client.post(f"/account/invitation/{invitation.token}/")
    assert Enrolment.objects.get(user=ada).left_at is None


def test_an_invitation_taken_back_says_so(client, invitation):
    revoke(invitation=invitation, now=NOW)
    answer = follow(client, invitation)
    assert (answer.status_code, "older than 14 days, or was taken back" in answer.content.decode()) == (410, True)


def test_people_whom_an_admin_made_sign_in_without_confirming(client, ada, mail_server):
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    assert client.post("/sign-in/", {"login": "ada", "password": "password"}).url == "/"


def test_the_invited_read_what_their_instructors_will_see_before_they_come_in(client, invitation, max):
    follow(client, invitation)
    said = "What the instructors of this class will see"
    assert said in client.get("/account/signup/").content.decode()
    client.force_login(max)
    assert said in follow(client, invitation).content.decode()
