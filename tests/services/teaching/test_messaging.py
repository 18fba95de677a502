import uuid

import pytest

from quizzes.models import Message, MessageCopy, User
from quizzes.services.teaching.enrolling import leave_class
from quizzes.services.teaching.messaging import NobodyError, write_message
from tests.classes import join
from tests.factories import NOW
from tests.people import person

FORM = uuid.UUID(int=7)


@pytest.fixture
def students(cohort, mail_server):
    return [join(cohort, username=name, email=f"{name}@example.org") for name in ("una", "vic", "wim")]


def enrolments(cohort, *students):
    return list(cohort.enrolments.filter(user__in=students).values_list("pk", flat=True))


def write(cohort, ivy, ids, **changes):
    about = {"subject": "Room", "body": "It is room 5.", "form_id": FORM, "now": NOW}
    return write_message(cohort=cohort, sender=ivy, enrolment_ids=ids, **{**about, **changes})


def test_a_message_has_a_copy_for_each_of_those_meant_and_for_nobody_else(cohort, ivy, students):
    message = write(cohort, ivy, enrolments(cohort, *students[:2]))
    assert (message.cohort, message.sender, message.kind, message.created_at) == (cohort, ivy, "message", NOW)
    copies = message.copies.order_by("address").values_list("user__username", "address", "state", "tries")
    assert list(copies) == [("una", "una@example.org", "queued", 0), ("vic", "vic@example.org", "queued", 0)]


def test_the_same_form_sent_twice_is_one_message(cohort, ivy, students):
    ids = enrolments(cohort, *students)
    assert write(cohort, ivy, ids) == write(cohort, ivy, [*reversed(ids), ids[0]])
    assert MessageCopy.objects.count() == 3


@pytest.mark.parametrize("change", [{"subject": "Rooms"}, {"body": "It is room 6."}, {"form_id": uuid.UUID(int=8)}])
def test_another_form_or_other_words_are_another_message(cohort, ivy, students, change):
    ids = enrolments(cohort, *students)
    assert write(cohort, ivy, ids) != write(cohort, ivy, ids, **change)


def test_other_people_or_another_sender_make_another_message(cohort, ivy, students):
    ids = enrolments(cohort, *students)
    messages = {write(cohort, ivy, ids), write(cohort, ivy, ids[:1]), write(cohort, person("ida", "instructor"), ids)}
    assert len(messages) == 3


def test_who_has_left_or_belongs_to_another_class_or_teaches_it_gets_no_copy(cohort, ivy, ben, students):
    leave_class(user=students[0], cohort=cohort, now=NOW)
    others = [*ben.enrolments.values_list("pk", flat=True), *enrolments(cohort, ivy)]
    message = write(cohort, ivy, [*enrolments(cohort, *students), *others])
    assert set(message.copies.values_list("user__username", flat=True)) == {"vic", "wim"}


def test_a_message_to_nobody_is_refused_and_not_kept(cohort, ivy, ben, students):
    with pytest.raises(NobodyError):
        write(cohort, ivy, list(ben.enrolments.values_list("pk", flat=True)))
    assert not Message.objects.exists()


def states(message):
    return {copy.user.username: (copy.state, copy.trouble) for copy in message.copies.select_related("user")}


def test_whom_no_e_mail_reaches_is_kept_as_not_sent_with_the_reason(cohort, ivy, students):
    User.objects.filter(username="una").update(email="")
    User.objects.filter(username="vic").update(is_active=False)
    assert states(write(cohort, ivy, enrolments(cohort, *students))) == {
        "una": ("failed", "There is no e-mail address."),
        "vic": ("failed", "The account is closed."),
        "wim": ("queued", ""),
    }


def test_a_site_without_a_mail_server_keeps_the_message_and_says_that_nothing_is_sent(cohort, ivy, students, settings):
    settings.SENDS_MAIL = False
    message = write(cohort, ivy, enrolments(cohort, *students))
    assert set(states(message).values()) == {("failed", "This site sends no e-mail.")}
