from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from quizzes.models import Invitation
from quizzes.services.people.invitations import InvitationGoneError, accept, invite, invite_afresh, revoke
from quizzes.services.people.posting import AT_ONCE, HELD, WAITS, send_queued
from quizzes.services.people.roles import STUDENT
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def queued(*emails):
    made = invite(emails=emails, role=STUDENT, by=None, now=NOW)
    for one in made:
        invite_afresh(invitation=one, base_url="https://quiz.example/", now=NOW)
    return made


def send(now=NOW, stop=False):
    return send_queued(now=now, stop=lambda: stop)


def deliveries():
    return dict(Invitation.objects.values_list("email", "delivery"))


def refuse(monkeypatch, *emails):
    """Let the mail server refuse these addresses; returns the list of what it was asked to send."""
    asked, deliver = [], EmailBackend.send_messages

    def answer(self, messages):
        asked.extend(one.to[0] for one in messages)
        if any(one.to[0] in emails for one in messages):
            raise OSError("no such mailbox")
        return deliver(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return asked


def test_each_gets_one_e_mail_with_the_link(mail_server):
    made = queued("a@x.org", "b@x.org")
    assert not send()
    assert not send(NOW + timedelta(hours=1))
    assert sorted(one.to[0] for one in mail.outbox) == ["a@x.org", "b@x.org"]
    assert f"https://quiz.example/account/invitation/{made[0].token}/" in mail.outbox[0].body
    assert set(deliveries().values()) == {"sent"}


def test_a_turn_sends_some_and_says_that_there_is_more(mail_server):
    queued(*(f"p{n}@x.org" for n in range(AT_ONCE + 1)))
    assert send()
    assert len(mail.outbox) == AT_ONCE
    assert not send()
    assert len(mail.outbox) == AT_ONCE + 1


def test_without_a_mail_server_nothing_waits_and_nothing_is_sent(db):
    queued("a@x.org")
    assert deliveries() == {"a@x.org": ""}
    Invitation.objects.update(delivery="queued", next_try_at=NOW)
    assert not send()
    assert deliveries() == {"a@x.org": "queued"}


def test_what_is_refused_is_tried_again_and_then_given_up_with_the_reason(mail_server, monkeypatch):
    queued("a@x.org", "b@x.org")
    asked, now = refuse(monkeypatch, "a@x.org"), NOW
    for wait in WAITS:
        send(now)
        assert deliveries() == {"a@x.org": "queued", "b@x.org": "sent"}
        send(now + wait - timedelta(seconds=1))
        now += wait
    send(now)
    send(now + timedelta(days=1))
    kept = Invitation.objects.get(email="a@x.org")
    assert (kept.delivery, kept.trouble) == ("failed", "no such mailbox")
    assert (asked.count("a@x.org"), asked.count("b@x.org")) == (len(WAITS) + 1, 1)


def test_while_the_server_cannot_be_reached_all_wait_and_none_is_given_up(mail_server, monkeypatch):
    queued("a@x.org")

    def unreachable(self):
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", unreachable)
        for hour in range(10):
            assert not send(NOW + timedelta(hours=hour))
    send(NOW + timedelta(hours=10))
    assert deliveries() == {"a@x.org": "sent"}


def test_one_that_a_worker_dropped_is_sent_by_another_later(mail_server):
    queued("a@x.org")
    Invitation.objects.update(next_try_at=NOW + HELD)
    send(NOW + HELD - MINUTE)
    assert not mail.outbox
    send(NOW + HELD)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("end", ["used", "revoked", "over"])
def test_what_no_longer_works_is_not_sent(mail_server, max, end):
    made = queued("a@x.org")[0]
    if end == "used":
        accept(token=made.token, user=max, now=NOW)
    elif end == "revoked":
        revoke(invitation=made, now=NOW)
    send(NOW + timedelta(days=14 if end == "over" else 0))
    assert not mail.outbox


def test_a_worker_that_is_told_to_stop_sends_nothing_more(mail_server):
    queued("a@x.org")
    assert not send(stop=True)
    assert not mail.outbox


def test_a_link_handed_out_before_is_replaced_by_one_that_only_the_address_gets(mail_server, settings):
    settings.SENDS_MAIL = False
    made = invite(emails=["a@x.org"], role=STUDENT, by=None, now=NOW)[0]
    settings.SENDS_MAIL, token = True, made.token
    invite_afresh(invitation=made, base_url="https://quiz.example/", now=NOW)
    kept = Invitation.objects.get()
    assert (kept.by_mail, kept.token != token) == (True, True)
    token = kept.token
    invite_afresh(invitation=kept, base_url="https://quiz.example/", now=NOW + MINUTE)
    assert Invitation.objects.get().token == token


def test_what_was_used_is_not_sent_again(mail_server, max):
    made = queued("a@x.org")[0]
    accept(token=made.token, user=max, now=NOW)
    with pytest.raises(InvitationGoneError):
        invite_afresh(invitation=made, base_url="https://quiz.example/", now=NOW)
