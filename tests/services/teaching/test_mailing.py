"""Sending copies: each once at most, tried again for a while, and what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Barrier

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from quizzes.models import Cohort, Message, MessageCopy, User
from quizzes.services.people.profiles import change_reminders
from quizzes.services.teaching.mailing import IN_HAND, REMINDER_LASTS, WAITS, claim, send_some
from tests.factories import NOW, CopyFactory, MessageFactory

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def sends(db, mail_server):
    return mail_server


def send(now=NOW, **how):
    return send_some(clock=lambda: now, **how)


def answer_with(monkeypatch, *errors):
    """The mail server answers so, one after the other, then takes what it gets."""
    left, real = list(errors), EmailBackend.send_messages

    def send_messages(self, messages):
        error = left.pop(0) if left else None
        if error:
            raise error
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def refused(code, words=b"no such person"):
    return SMTPRecipientsRefused({"x@example.org": (code, words)})


def state(copy):
    copy.refresh_from_db()
    return copy.state, copy.tries, copy.trouble


def test_each_person_gets_an_e_mail_of_their_own_without_the_addresses_of_others(ivy, cohort, mailoutbox):
    User.objects.filter(pk=ivy.pk).update(email="ivy@example.org", first_name="Ivy", last_name="Ng")
    ivy.refresh_from_db()
    message = MessageFactory(cohort=cohort, sender=ivy, subject="Room", body="It is room 5.")
    copies = CopyFactory.create_batch(3, message=message)
    send()
    assert [mail.recipients() for mail in mailoutbox] == [[copy.address] for copy in copies]
    for mail, copy in zip(mailoutbox, copies, strict=True):
        whole = mail.message().as_string()
        assert [other.address in whole for other in copies] == [other == copy for other in copies]
    mail = mailoutbox[0]
    assert mail.subject == "[Anatomy 1] Room"
    assert mail.from_email == "Ivy Ng via calcquiz <calcquiz@localhost>"
    assert mail.reply_to == ["ivy@example.org"]
    assert mail.body.startswith("It is room 5.\n")
    assert "Ivy Ng wrote this to students of the class Anatomy 1" in mail.body
    assert "http://localhost/messages/" in mail.body


def test_a_sender_without_an_address_or_who_is_gone_gets_no_replies(ivy, cohort, mailoutbox):
    CopyFactory(message=MessageFactory(cohort=cohort, sender=ivy))
    CopyFactory(message=MessageFactory(cohort=cohort, sender=None))
    send()
    assert [mail.reply_to for mail in mailoutbox] == [[], []]
    assert mailoutbox[1].from_email.startswith("An instructor via calcquiz")


def test_words_are_sent_as_they_were_written(cohort, mailoutbox):
    Cohort.objects.filter(pk=cohort.pk).update(name="R&D <1>")
    cohort.refresh_from_db()
    CopyFactory(message=MessageFactory(cohort=cohort, subject="x < y & z", body="<b>“5” > 4</b>"))
    send()
    assert mailoutbox[0].subject == "[R&D <1>] x < y & z"
    assert "<b>“5” > 4</b>" in mailoutbox[0].body
    assert "class R&D <1> on" in mailoutbox[0].body


def test_what_was_sent_is_kept_with_its_moment_and_not_sent_again(mailoutbox):
    copy = CopyFactory()
    send(NOW + SECOND)
    assert state(copy) == ("sent", 1, "")
    assert copy.sent_at == NOW + SECOND
    send(NOW + 1000 * SECOND)
    assert len(mailoutbox) == 1


def test_nothing_is_sent_before_its_time(mailoutbox):
    CopyFactory(next_try_at=NOW)
    send(NOW - SECOND)
    assert mailoutbox == []


def test_a_few_are_sent_at_a_time_those_that_wait_longest_first(mailoutbox):
    late, early = CopyFactory(next_try_at=NOW), CopyFactory(next_try_at=NOW - SECOND)
    assert send(most=1) is True
    assert [mail.to for mail in mailoutbox] == [[early.address]]
    assert send(most=2) is False
    assert [mail.to for mail in mailoutbox] == [[early.address], [late.address]]


def test_a_worker_that_is_told_to_stop_sends_nothing_more(mailoutbox):
    CopyFactory.create_batch(3)
    assert send(stop=lambda: len(mailoutbox) == 1) is False
    assert len(mailoutbox) == 1


def test_of_two_workers_one_gets_a_copy():
    copy = CopyFactory()
    assert claim(copy_id=copy.pk, now=NOW).pk == copy.pk
    assert claim(copy_id=copy.pk, now=NOW) is None
    assert state(copy) == ("sending", 1, "")


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_copy_once(mailoutbox):
    copies, start = CopyFactory.create_batch(12), Barrier(3)

    def worker(_number):
        start.wait(timeout=10)
        try:
            while send(most=5):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(worker, range(3)))
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(copy.address for copy in copies)
    assert set(MessageCopy.objects.values_list("state", "tries")) == {("sent", 1)}


def test_what_was_in_the_hand_of_a_worker_that_was_killed_is_not_sent_again_and_says_so(mailoutbox):
    copy = CopyFactory()
    claim(copy_id=copy.pk, now=NOW)
    send(NOW + IN_HAND - SECOND)
    assert state(copy) == ("sending", 1, "")
    send(NOW + IN_HAND)
    assert state(copy) == (
        "failed",
        1,
        "The worker was stopped while it handed the e-mail in. It may have arrived or not.",
    )
    assert mailoutbox == []


def test_a_server_that_is_away_is_tried_again_after_longer_and_longer_waits_and_then_no_more(monkeypatch, mailoutbox):
    copy, now = CopyFactory(), NOW
    answer_with(monkeypatch, *[ConnectionRefusedError(111, "Connection refused")] * (len(WAITS) + 1))
    for tries, wait in enumerate(WAITS, start=1):
        send(now)
        assert state(copy) == ("queued", tries, "[Errno 111] Connection refused")
        now += wait
        assert copy.next_try_at == now
    send(now)
    assert state(copy) == ("failed", len(WAITS) + 1, "[Errno 111] Connection refused")
    assert mailoutbox == []


def test_a_copy_that_fails_at_first_arrives_at_the_next_try_once(monkeypatch, mailoutbox):
    copy = CopyFactory()
    answer_with(monkeypatch, SMTPServerDisconnected("gone"))
    send()
    send(NOW + WAITS[0] - SECOND)
    assert mailoutbox == []
    send(NOW + WAITS[0])
    assert state(copy) == ("sent", 2, "")
    assert len(mailoutbox) == 1


def test_a_server_that_is_away_is_not_asked_for_each_copy(monkeypatch):
    copies = CopyFactory.create_batch(3)
    answer_with(monkeypatch, *[TimeoutError("timed out")] * 3)
    assert send() is False
    assert [state(copy)[1] for copy in copies] == [1, 0, 0]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused(550), ("failed", 1, "550 no such person")),
        (refused(450, b"try\r\nlater"), ("queued", 1, "450 try later")),
        (SMTPDataError(554, b"looks like spam"), ("failed", 1, "554 looks like spam")),
        (SMTPDataError(451, b"busy"), ("queued", 1, "451 busy")),
    ],
)
def test_what_the_server_will_never_take_is_given_up_at_once_and_others_go_on(monkeypatch, mailoutbox, error, expected):
    first, second = CopyFactory.create_batch(2)
    answer_with(monkeypatch, error)
    send()
    assert state(first) == expected
    assert state(second) == ("sent", 1, "")


@pytest.mark.parametrize("place", ["subject", "address", "class"])
def test_a_line_break_in_the_head_sends_nothing(mailoutbox, cohort, place):
    broken = "Hello\nBcc: everybody@example.org"
    if place == "class":
        Cohort.objects.filter(pk=cohort.pk).update(name=broken)
        cohort.refresh_from_db()
    copy = CopyFactory(message=MessageFactory(cohort=cohort, subject=broken if place == "subject" else "Hello"))
    if place == "address":
        MessageCopy.objects.update(address="ada@example.org\nBcc: everybody@example.org")
    send()
    if place == "class":
        assert "\n" not in mailoutbox[0].subject
        assert mailoutbox[0].recipients() == [copy.address]
        return
    assert state(copy)[0] == "failed"
    assert "newlines" in copy.trouble
    assert mailoutbox == []


def test_a_line_break_in_the_senders_name_or_address_adds_nobody(mailoutbox, cohort, ivy):
    User.objects.filter(pk=ivy.pk).update(first_name="Ivy\nBcc: everybody@example.org")
    ivy.refresh_from_db()
    CopyFactory(message=MessageFactory(cohort=cohort, sender=ivy))
    send()
    assert mailoutbox[0].message()["Bcc"] is None
    User.objects.filter(pk=ivy.pk).update(email="ivy@example.org\nBcc: everybody@example.org")
    copy = CopyFactory(message=MessageFactory(cohort=cohort, sender=User.objects.get(pk=ivy.pk)))
    send()
    assert state(copy)[0] == "failed"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [({"is_active": False}, "The account is closed."), ({"email": "new@example.org"}, "")],
)
def test_whoever_closes_their_account_meanwhile_gets_nothing(mailoutbox, change, words):
    copy = CopyFactory()
    User.objects.filter(pk=copy.user_id).update(**change)
    send()
    assert state(copy) == ("failed" if words else "sent", 1, words)
    assert len(mailoutbox) == (not words)


def test_a_site_that_lost_its_mail_server_says_so(sends, settings, mailoutbox):
    copy = CopyFactory()
    settings.SENDS_MAIL = False
    send()
    assert state(copy) == ("failed", 1, "This site sends no e-mail.")


@pytest.fixture
def reminder():
    return CopyFactory(message=MessageFactory(cohort=None, kind=Message.Kind.REMINDER, subject="2 things"))


def test_a_reminder_can_be_switched_off_from_the_mail_program(reminder, mailoutbox):
    send()
    mail = mailoutbox[0]
    assert mail.subject == "2 things"
    link = mail.extra_headers["List-Unsubscribe"]
    assert link.startswith("<http://localhost/reminders/off/")
    assert link[1:-1] in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_message_is_no_reminder_and_has_no_such_link(mailoutbox):
    CopyFactory()
    send()
    assert mailoutbox[0].extra_headers == {}


def test_a_reminder_that_was_switched_off_meanwhile_is_not_sent(reminder, mailoutbox):
    change_reminders(user=reminder.user, wanted=False)
    send()
    assert state(reminder) == ("failed", 1, "Reminders have been switched off.")
    assert mailoutbox == []


def test_a_reminder_does_not_come_in_the_night_because_the_server_was_away(reminder, mailoutbox):
    send(NOW + REMINDER_LASTS + SECOND)
    assert state(reminder) == ("failed", 1, "It was too late for a reminder.")
    assert mailoutbox == []
