from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Cohort, Invitation
from quizzes.services.people.invitations import accept, invite
from quizzes.services.people.roles import ADMIN, INSTRUCTOR
from tests.admin.forms import address, faults, save, send, shown, told
from tests.people import person

LIST = reverse("admin:quizzes_invitation_changelist")
ADD = address(Invitation, kind="add")


@pytest.fixture
def root(db, client):
    user = person("root", ADMIN)
    client.force_login(user)
    return user


@pytest.fixture
def invitation(root):
    return invite(emails=["kim@example.org"], role=INSTRUCTOR, by=root, now=timezone.now())[0]


def do(client, action, *invitations):
    """Tick invitations in the list and choose an action."""
    return client.post(LIST, {"action": action, "_selected_action": [one.pk for one in invitations]})


def test_several_are_invited_at_once_and_get_a_mail_each(
    client, root, cohort, settings, django_capture_on_commit_callbacks
):
    settings.SENDS_MAIL = True
    with django_capture_on_commit_callbacks(execute=True):
        response = save(
            client, ADD, addresses="Kim Lee <Kim@example.org>\n\nlou@example.org;\nkim@example.org", cohort=cohort.pk
        )
    assert [sent.to for sent in mail.outbox] == [["kim@example.org"], ["lou@example.org"]]
    tokens = Invitation.objects.values_list("token", flat=True)
    assert (
        f"http://testserver{reverse('invitation', args=[tokens.get(email='lou@example.org')])}" in mail.outbox[1].body
    )
    assert "Anatomy 1" in mail.outbox[0].body
    assert told(response) == ["2 invitations are sent."]
    made = Invitation.objects.get(email="kim@example.org")
    assert (made.made_by, made.cohort, made.expires_at - made.created_at) == (root, cohort, timedelta(days=14))


def test_nobody_is_invited_to_a_class_in_the_archive(client, root, cohort):
    Cohort.objects.update(archived_at=timezone.now())
    response = send(client, ADD, addresses="kim@example.org", cohort=cohort.pk)
    assert "cohort" in faults(response)


def test_faulty_lines_are_named_and_nobody_is_invited(client, root):
    messages = faults(send(client, ADD, addresses="kim@example.org\nnot an address\n@"))["addresses"]
    assert messages == ["Line 2: “not an address” is no e-mail address.", "Line 3: “@” is no e-mail address."]
    assert not Invitation.objects.exists()


def test_without_a_mail_server_the_list_shows_the_links(client, root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = save(client, ADD, addresses="kim@example.org")
    assert "copy the links" in told(response)[0]
    link = reverse("invitation", args=[Invitation.objects.get().token])
    assert f"http://testserver{link}" in client.get(LIST).content.decode()
    assert mail.outbox == []


def test_a_mail_server_that_fails_is_told_with_the_link(client, invitation, settings, monkeypatch):
    settings.SENDS_MAIL = True

    def fail(*args, **kwargs):
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr("quizzes.services.people.invitations.send_mail", fail)
    said = told(do(client, "send_again", invitation))
    assert len(said) == 1
    assert "kim@example.org" in said[0]
    assert invitation.token in said[0]


def test_sending_again_gives_another_14_days_and_taking_back_ends_them(client, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    do(client, "send_again", invitation)
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=13)
    do(client, "take_back", invitation)
    invitation.refresh_from_db()
    assert invitation.expires_at <= timezone.now()


def test_what_was_used_is_neither_sent_again_nor_taken_back(client, invitation, max):
    accept(token=invitation.token, user=max, now=timezone.now())
    assert "has used the invitation" in told(do(client, "send_again", invitation))[0]
    assert "has used the invitation" in told(do(client, "take_back", invitation))[0]


def test_the_list_says_how_each_stands_and_filters_by_it(client, root, max):
    made = invite(emails=["a@x.org", "b@x.org", "c@x.org"], role="student", by=root, now=timezone.now())
    accept(token=made[1].token, user=max, now=timezone.now())
    Invitation.objects.filter(pk=made[2].pk).update(expires_at=timezone.now())

    def emails(state):
        return [one.email for one in client.get(LIST, {"state": state}).context["cl"].result_list]

    assert [emails(state) for state in ("open", "used", "expired")] == [["a@x.org"], ["b@x.org"], ["c@x.org"]]


def test_one_is_looked_at_and_not_edited(client, invitation):
    page = address(Invitation, invitation.pk)
    assert "kim@example.org" in client.get(page).content.decode()
    assert client.post(page, {"email": "other@example.org"}).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_few(client, root, django_assert_max_num_queries):
    invite(emails=[f"p{number}@x.org" for number in range(20)], role="student", by=root, now=timezone.now())
    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_the_same_form_sent_twice_invites_each_address_once(
    client, root, cohort, settings, django_capture_on_commit_callbacks
):
    settings.SENDS_MAIL = True
    filled = {**shown(client.get(ADD)), "addresses": "kim@example.org\nlou@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, filled)
        again = client.post(ADD, filled)
    assert "nobody is invited twice" in told(again)[-1]
    assert (len(mail.outbox), Invitation.objects.count()) == (2, 2)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, {**filled, "addresses": "kim@example.org\nmia@example.org"})
    assert [sent.to for sent in mail.outbox[2:]] == [["mia@example.org"]]
    client.post(ADD, {**filled, "role": INSTRUCTOR})
    assert Invitation.objects.filter(role=INSTRUCTOR).count() == 2
