from datetime import timedelta

import pytest
from django.core import mail

from quizzes.models import AccessRecord, Enrolment, Message, MessageCopy, Profile, User
from quizzes.selectors.teaching.messages import own_messages
from quizzes.services.people.roles import EDITOR, INSTRUCTOR, give_role
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.mailing import send_some
from quizzes.services.teaching.opening import note_opening
from quizzes.services.teaching.retention import keep_no_longer
from tests.factories import NOW, AttemptFactory, CohortFactory, UserFactory, elements
from tests.people import enrol
from tests.study import IRON, begin, rate

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = 365 * DAY


@pytest.fixture(autouse=True)
def period(settings):
    settings.KEEP_DAYS = 365
    settings.SITE_URL = "https://quiz.example.org"


@pytest.fixture
def mail_server(settings):
    settings.SENDS_MAIL = True


def since(days, **fields):
    """Somebody who signed in last so many days before NOW, and made the account a year before that."""
    seen = NOW - days * DAY
    return UserFactory(last_login=seen, date_joined=seen - YEAR, email="kim@example.org", **fields)


def is_there(user):
    return User.objects.filter(pk=user.pk).exists()


def told(user):
    return Profile.objects.filter(user=user, erasure_told_at__isnull=False).exists()


def test_nothing_happens_unless_the_site_is_set_to(settings):
    settings.KEEP_DAYS = 0
    old = since(5_000)
    assert keep_no_longer(now=NOW) is False
    assert (is_there(old), told(old)) == (True, False)


def test_somebody_is_told_thirty_days_before_and_then_erased():
    kim = since(336)
    keep_no_longer(now=NOW)
    assert (is_there(kim), told(kim)) == (True, True)
    keep_no_longer(now=NOW + 29 * DAY)
    assert is_there(kim)
    keep_no_longer(now=NOW + 31 * DAY)
    assert not is_there(kim)


def test_nobody_is_told_before_it_is_time():
    kim = since(334)
    keep_no_longer(now=NOW)
    assert not told(kim)


def test_who_is_overdue_when_the_setting_comes_is_told_first():
    kim = since(2_000)
    keep_no_longer(now=NOW)
    assert (is_there(kim), told(kim)) == (True, True)
    keep_no_longer(now=NOW + 30 * DAY + timedelta(hours=1))
    assert not is_there(kim)


def test_they_are_told_once_in_words_with_the_day_and_the_ways(mail_server):
    kim = since(336)
    keep_no_longer(now=NOW)
    keep_no_longer(now=NOW + DAY)
    assert MessageCopy.objects.filter(user=kim).count() == 1
    send_some(clock=lambda: NOW + DAY)
    (sent,) = mail.outbox
    assert sent.to == ["kim@example.org"]
    assert "9 April 2026" in sent.body
    assert "https://quiz.example.org/sign-in/" in sent.body
    assert own_messages(kim, 1)[0][0].sender == "this site"


def test_without_an_address_the_thirty_days_pass_all_the_same():
    kim = since(336)
    User.objects.filter(pk=kim.pk).update(email="")
    keep_no_longer(now=NOW)
    send_some(clock=lambda: NOW)
    keep_no_longer(now=NOW + 31 * DAY)
    assert not is_there(kim)


def test_signing_in_again_keeps_everything_and_a_year_later_they_are_told_anew():
    kim = since(336)
    keep_no_longer(now=NOW)
    User.objects.filter(pk=kim.pk).update(last_login=NOW + 5 * DAY)
    keep_no_longer(now=NOW + 31 * DAY)
    assert is_there(kim)
    keep_no_longer(now=NOW + 345 * DAY)
    assert Message.objects.filter(kind="notice", copies__user=kim).count() == 2
    assert is_there(kim)


def test_who_studies_without_signing_in_anew_counts_as_here():
    kim, lou = since(336), since(336)
    rate(begin(kim, elements(), now=NOW - 100 * DAY), IRON, 3, now=NOW - 100 * DAY)
    AttemptFactory(user=lou, started_at=NOW - 50 * DAY)
    keep_no_longer(now=NOW)
    assert not told(kim)
    assert not told(lou)


def test_an_account_never_used_counts_from_when_it_was_made():
    old, new = UserFactory(date_joined=NOW - 400 * DAY), UserFactory(date_joined=NOW - 100 * DAY)
    keep_no_longer(now=NOW)
    assert (told(old), told(new)) == (True, False)


@pytest.mark.parametrize("role", [INSTRUCTOR, EDITOR])
def test_staff_stays(role):
    kim = since(5_000)
    give_role(user=kim, role=role)
    keep_no_longer(now=NOW)
    assert not told(kim)


def test_who_is_in_a_class_stays_until_it_is_in_the_archive():
    kim, cohort = since(5_000), CohortFactory()
    enrol(kim, cohort)
    keep_no_longer(now=NOW)
    assert not told(kim)
    archive_class(cohort=cohort, now=NOW)
    keep_no_longer(now=NOW)
    assert told(kim)


def test_who_teaches_a_class_stays_even_when_it_is_in_the_archive():
    kim, cohort = since(5_000), CohortFactory(archived_at=NOW)
    enrol(kim, cohort, Enrolment.Role.ASSISTANT)
    keep_no_longer(now=NOW)
    assert not told(kim)


def test_who_joins_a_class_after_being_told_stays():
    kim = since(336)
    keep_no_longer(now=NOW)
    enrol(kim, CohortFactory())
    keep_no_longer(now=NOW + 31 * DAY)
    assert is_there(kim)


def test_who_was_told_long_ago_by_another_setting_is_told_again(settings):
    kim = since(336)
    keep_no_longer(now=NOW)
    settings.KEEP_DAYS = 1_000
    keep_no_longer(now=NOW + 700 * DAY)
    assert is_there(kim)
    assert Message.objects.filter(kind="notice", copies__user=kim).count() == 2


def test_records_of_access_go_when_they_are_as_old(ada, ivy, cohort):
    for days in (366, 364):
        note_opening(person=ada, by=ivy, what="student", cohort=cohort, now=NOW - days * DAY)
    keep_no_longer(now=NOW)
    assert AccessRecord.objects.get().opened_at == NOW - 364 * DAY


def test_a_turn_does_so_many_and_says_whether_there_are_more():
    people = [since(336) for _ in range(3)]
    assert keep_no_longer(now=NOW, most=2) is True
    assert keep_no_longer(now=NOW, most=2) is False
    assert all(map(told, people))


def test_it_ends_when_it_is_told_to():
    kim = since(336)
    assert keep_no_longer(now=NOW, stop=lambda: True) is False
    assert not told(kim)
