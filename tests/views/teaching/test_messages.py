"""Writing to a class: choosing whom, the preview, what became of it; and what a student finds."""

import re
import uuid
from html import unescape

import pytest

from quizzes.models import CohortGroup, Message, MessageCopy, User
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.teaching.enrolling import leave_class
from quizzes.services.teaching.mailing import send_some
from quizzes.services.teaching.messaging import write_message
from tests.classes import join
from tests.factories import NOW, CopyFactory, MessageFactory
from tests.study import DAY, MINUTE

WORDS = {"subject": "Room", "body": "It is room 5."}


@pytest.fixture(autouse=True)
def sends(mail_server):
    return mail_server


@pytest.fixture
def una(klass):
    return join(klass, username="una", email="una@example.org")


@pytest.fixture
def vic(klass):
    return join(klass, username="vic", first_name="Vic", email="vic@example.org")


@pytest.fixture
def group(klass, una):
    group = CohortGroup.objects.create(cohort=klass, name="Evening")
    klass.enrolments.filter(user=una).update(group=group)
    return group


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def enrolment(klass, user):
    return klass.enrolments.get(user=user).pk


def preview(desk, url, **fields):
    return desk.post(url("messages/new/"), {"do": "preview", "audience": "all", **WORDS, **fields})


def names(response):
    return [one.name for one in response.context["preview"].meant]


def sent_to(desk, url, shown, do="send", **changes):
    """What the button of a preview sends."""
    page = html(shown)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(unescape(value))
    return desk.post(url("messages/new/"), {**data, "do": do, **changes})


def ticked(response):
    return [one.name for one, is_ticked in response.context["form"].boxes if is_ticked]


def test_writing_goes_by_a_preview_and_is_kept(desk, klass, url, ivy, ada, una, vic):
    shown = preview(desk, url)
    assert names(shown) == ["ada", "una", "Vic"]
    text = html(shown)
    assert "It goes by e-mail to 2 students" in text
    assert "There is no e-mail address." in text
    assert "[Anatomy 1] Room" in text
    assert not Message.objects.exists()
    response = sent_to(desk, url, shown)
    message = Message.objects.get()
    assert response.url == url(f"messages/{message.pk}/")
    assert (message.subject, message.body, message.sender) == ("Room", "It is room 5.", ivy)
    assert message.copies.count() == 3
    page = html(desk.get(response.url))
    assert "2 waiting, 1 not sent" in page
    assert page.index("ada") < page.index("There is no e-mail address.") < page.index("una@example.org")


def test_the_button_pressed_twice_sends_once(desk, klass, url, una):
    shown = preview(desk, url)
    first, again = (sent_to(desk, url, shown) for _ in range(2))
    assert first.url == again.url
    assert Message.objects.count() == 1


def test_a_message_goes_to_a_group(desk, klass, url, una, vic, group):
    assert "Evening (1)" in html(desk.get(url("messages/new/")))
    assert names(preview(desk, url, audience=f"group-{group.pk}")) == ["una"]


def test_a_message_goes_to_those_ticked(desk, klass, url, una, vic):
    chosen = [enrolment(klass, una), enrolment(klass, vic)]
    assert names(preview(desk, url, audience="chosen", students=chosen)) == ["una", "Vic"]


def test_ticks_count_only_where_those_ticked_are_meant(desk, klass, url, ada, una):
    assert names(preview(desk, url, audience="all", students=[enrolment(klass, una)])) == ["ada", "una"]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"subject": " "}, "Give the message a subject."),
        ({"body": ""}, "Write the message."),
        ({"subject": "x" * 201}, "200 letters at most"),
        ({"body": "x" * 10_001}, "10000 letters at most"),
        ({"audience": "chosen"}, "Tick at least one student"),
        ({"audience": "group-7"}, "Select a valid choice"),
        ({"audience": "chosen", "students": ["x", "999999"]}, "Tick at least one student"),
    ],
)
@pytest.mark.parametrize("do", ["preview", "send"])
def test_what_is_missing_is_named_and_nothing_sent(desk, klass, url, una, fields, error, do):
    text = html(preview(desk, url, do=do, **fields))
    assert "Nothing was sent yet." in text
    assert error in text
    assert not Message.objects.exists()


def test_students_of_other_classes_cannot_be_ticked(desk, klass, url, ben, una):
    others = ben.enrolments.get().pk
    assert names(preview(desk, url, audience="chosen", students=[others, enrolment(klass, una)])) == ["una"]
    desk.post(url("messages/new/"), {**WORDS, "do": "send", "audience": "all", "meant": [others]})
    assert not Message.objects.exists()


def test_changing_leads_back_with_all_that_was_filled_in(desk, klass, url, una, vic):
    shown = preview(desk, url, audience="chosen", students=[enrolment(klass, vic)], subject="a “b” <c>")
    response = desk.post(
        url("messages/new/"),
        {
            "do": "change",
            "audience": "chosen",
            "students": [enrolment(klass, vic)],
            "subject": "a “b” <c>",
            "body": "It is room 5.",
            "form_id": (form_id := shown.context["form"].cleaned_data["form_id"]),
        },
    )
    text = html(response)
    assert 'value="a “b” &lt;c&gt;"' in text
    assert "It is room 5.</textarea>" in text
    assert ticked(response) == ["Vic"]
    assert f'value="{form_id}"' in text


def test_who_left_between_preview_and_button_gets_nothing(desk, klass, url, una, vic):
    shown = preview(desk, url, audience="chosen", students=[enrolment(klass, una), enrolment(klass, vic)])
    leave_class(user=una, cohort=klass, now=NOW)
    sent_to(desk, url, shown)
    assert [copy.user for copy in MessageCopy.objects.all()] == [vic]


def test_who_joined_between_preview_and_button_was_not_shown_and_gets_nothing(desk, klass, url, ada, una):
    shown = preview(desk, url)
    join(klass, username="wim", email="wim@example.org")
    sent_to(desk, url, shown)
    assert set(MessageCopy.objects.values_list("user__username", flat=True)) == {"ada", "una"}


def test_if_everybody_left_the_form_says_so(desk, klass, url, una):
    shown = preview(desk, url, audience="chosen", students=[enrolment(klass, una)])
    leave_class(user=una, cohort=klass, now=NOW)
    assert "None of them is in the class any more" in html(
        desk.post(
            url("messages/new/"),
            {
                **WORDS,
                "do": "send",
                "audience": "all",
                "meant": [one.enrolment_id for one in shown.context["preview"].meant],
            },
        )
    )


def test_line_breaks_of_a_subject_are_blanks(desk, klass, url, una, mailoutbox):
    sent_to(desk, url, preview(desk, url, subject="Room\r\nBcc: everybody@example.org"))
    assert Message.objects.get().subject == "Room Bcc: everybody@example.org"
    send_some(clock=lambda: NOW)
    assert [mail.recipients() for mail in mailoutbox] == [["una@example.org"]]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", []),
        ("?to={una}", ["una"]),
        ("?to={una}&to={vic}&to=nonsense", ["una", "Vic"]),
        ("?show=away", ["ada", "una", "Vic"]),
        ("?show=new", ["una", "Vic"]),
        ("?q=VIC", ["Vic"]),
        ("?again=nonsense", []),
        ("?again=999999", []),
    ],
)
def test_the_address_says_who_is_ticked(desk, klass, url, ada, una, vic, address, expected):
    public = {user.username: user.profile.public_id for user in (una, vic)}
    response = desk.get(url(f"messages/new/{address.format(**public)}"))
    assert ticked(response) == expected
    assert response.context["form"]["audience"].value() == (
        "all" if address in ("", "?again=nonsense", "?again=999999") else "chosen"
    )


def test_the_address_names_a_group(desk, klass, url, una, group):
    form = desk.get(url(f"messages/new/?group={group.pk}")).context["form"]
    assert form["audience"].value() == f"group-{group.pk}"


@pytest.mark.parametrize(("address", "expected"), [("?group=0", ["ada", "Vic"]), ("?group={}&show=new", ["una"])])
def test_the_address_of_the_table_names_a_group_beside_others(desk, url, una, vic, group, address, expected):
    assert ticked(desk.get(url(f"messages/new/{address.format(group.pk)}"))) == expected


def test_those_not_reached_are_written_to_once_more(desk, klass, url, una, vic):
    message = MessageFactory(cohort=klass, subject="Room", body="Five.")
    CopyFactory(message=message, user=una, state="sent")
    CopyFactory(message=message, user=vic, state="failed", trouble="550 no such person")
    page = html(desk.get(url(f"messages/{message.pk}/")))
    assert "550 no such person" in page
    assert f'href="{url(f"messages/new/?again={message.pk}")}"' in page
    again = desk.get(url(f"messages/new/?again={message.pk}"))
    assert ticked(again) == ["Vic"]
    assert again.context["form"].initial["body"] == "Five."


def test_the_class_and_the_student_lead_to_the_form(desk, klass, url, ada_url, ada, una):
    assert f'href="{url("messages/new/?show=away")}"' in html(desk.get(url("?show=away")))
    assert f'href="{url(f"messages/new/?to={ada.profile.public_id}")}"' in html(desk.get(ada_url))


def test_the_preview_says_where_replies_go(desk, klass, url, una, ivy):
    assert "replies do not reach you" in html(preview(desk, url))
    User.objects.filter(pk=ivy.pk).update(email="ivy@example.org")
    assert "Replies go to you, at ivy@example.org" in html(preview(desk, url))


def test_a_site_without_a_mail_server_says_so_before_anything_is_written(desk, klass, url, una, settings):
    settings.SENDS_MAIL = False
    shown = preview(desk, url)
    text = html(shown)
    assert "This site sends no e-mail. The message is kept" in text
    assert "Nobody gets an e-mail." in text
    assert "Put it on the site for 2 students" in text
    page = html(desk.get(sent_to(desk, url, shown).url))
    assert "2 not sent" in page
    assert "This site sends no e-mail." in page


def test_a_class_without_students_has_nobody_to_be_written_to(desk, klass, url, ada):
    leave_class(user=ada, cohort=klass, now=NOW)
    text = html(desk.get(url("messages/new/")))
    assert "Nobody is in this class to be written to" in text
    assert "<textarea" not in text


def test_the_list_shows_what_was_written_and_what_became_of_it(desk, klass, url, una, ivy):
    note_time_zone(user=ivy, time_zone="America/New_York")
    for number, state in enumerate(["sent", "queued", "failed"]):
        message = MessageFactory(cohort=klass, subject=f"Note {number}", sender=ivy, created_at=NOW + number * DAY)
        CopyFactory(message=message, user=una, state=state)
    MessageFactory(subject="Of another class")
    MessageFactory(cohort=klass, kind="reminder", subject="A reminder")
    text = html(desk.get(url("messages/")))
    assert text.index("Note 2") < text.index("Note 1") < text.index("Note 0")
    assert text.index("1 not sent") < text.index("1 waiting") < text.index("1 sent by e-mail")
    assert "Tue 10 Mar 2026, 06:00" in text
    assert "Of another class" not in text
    assert "A reminder" not in text


def test_a_list_without_messages_says_what_it_is_for(desk, klass, url):
    assert "No messages yet" in html(desk.get(url("messages/")))


def test_a_long_list_has_pages(desk, klass, url):
    for number in range(51):
        MessageFactory(cohort=klass, subject=f"Note {number:02d}", created_at=NOW + number * MINUTE)
    first, second = html(desk.get(url("messages/"))), html(desk.get(url("messages/?page=2")))
    assert ("Note 50" in first, "Note 00" in first) == (True, False)
    assert ("Note 50" in second, "Note 00" in second) == (False, True)
    assert "?page=2" in first
    assert "Page 2 of 2" in html(desk.get(url("messages/?page=99999")))


def test_the_page_says_what_became_of_each_copy(desk, klass, url, clock, una, vic):
    message = MessageFactory(cohort=klass)
    CopyFactory(message=message, user=una, state="sent", sent_at=NOW)
    late = {"tries": 2, "next_try_at": NOW + 5 * MINUTE, "trouble": "451 busy"}
    CopyFactory(message=message, user=vic, **late)
    text = html(desk.get(url(f"messages/{message.pk}/")))
    assert "Tue 10 Mar 2026, 10:00" in text
    assert "tried 2 times, again at Tue 10 Mar 2026, 10:05: 451 busy" in text
    assert "whether its worker runs" not in text
    clock.move_to(NOW + 11 * MINUTE)
    assert "It has been waiting for 6 minutes" in html(desk.get(url(f"messages/{message.pk}/")))


def test_who_has_left_stands_in_the_record_without_a_link(desk, klass, url, una):
    CopyFactory(message=(message := MessageFactory(cohort=klass)), user=una, state="failed")
    leave_class(user=una, cohort=klass, now=NOW)
    text = html(desk.get(url(f"messages/{message.pk}/")))
    assert "una" in text
    assert str(una.profile.public_id) not in text
    assert "again=" not in text


def test_an_assistant_reads_and_does_not_write(signed_in, assistant, klass, url, una):
    web, message = signed_in(assistant), MessageFactory(cohort=klass, subject="Room")
    page = html(web.get(url("messages/")))
    assert "Room" in page
    assert "messages/new" not in page
    assert "messages/new" not in html(web.get(url(f"messages/{message.pk}/")))
    assert web.get(url("messages/new/")).status_code == 404
    assert web.post(url("messages/new/"), {**WORDS, "do": "send", "audience": "all"}).status_code == 404


def test_a_student_finds_what_was_written_to_them_however_it_was_sent(signed_in, klass, ivy, ada, una):
    ids = [enrolment(klass, ada)]
    message = write_message(
        cohort=klass,
        sender=ivy,
        enrolment_ids=ids,
        subject="Room <5>",
        body="See https://example.org/plan\n\nor <b>ask</b>",
        form_id=uuid.UUID(int=1),
        now=NOW,
    )
    assert message.copies.get().state == "failed"
    text = html(signed_in(ada).get("/messages/"))
    assert "Room &lt;5&gt;" in text
    assert "Anatomy 1" in text
    assert '<a href="https://example.org/plan" rel="nofollow">' in text
    assert "&lt;b&gt;ask&lt;/b&gt;" in text
    assert "Nobody has written to you yet" in html(signed_in(una).get("/messages/"))


def test_a_student_keeps_what_they_got_after_leaving_and_sees_no_reminders(signed_in, klass, una):
    CopyFactory(message=MessageFactory(cohort=klass, subject="Room"), user=una)
    CopyFactory(message=MessageFactory(cohort=None, kind="reminder", subject="2 things"), user=una)
    leave_class(user=una, cohort=klass, now=NOW)
    text = html(signed_in(una).get("/messages/"))
    assert "Room" in text
    assert "2 things" not in text


@pytest.mark.parametrize("many", [1, 30])
def test_pages_take_as_many_queries_for_many_as_for_one(
    desk, signed_in, klass, url, ivy, una, many, django_assert_num_queries
):
    messages = MessageFactory.create_batch(many, cohort=klass, sender=ivy)
    for message in messages:
        CopyFactory(message=message, user=una)
    for _ in range(many):
        CopyFactory(message=messages[0], user=join(klass))
    ids = [enrolment(klass, una)]
    web = signed_in(una)
    for queries, ask in (
        (10, lambda: desk.get(url("messages/"))),
        (11, lambda: desk.get(url(f"messages/{messages[0].pk}/"))),
        (9, lambda: desk.get(url("messages/new/"))),
        (9, lambda: preview(desk, url, audience="chosen", students=ids)),
        (5, lambda: web.get("/messages/")),
    ):
        ask()
        with django_assert_num_queries(queries):
            ask()
