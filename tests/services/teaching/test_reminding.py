"""Who is reminded when and of what: at the borders of days, in other zones, and who is left alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.models import (
    Accommodation,
    Attempt,
    Cohort,
    GradeChange,
    Message,
    MessageCopy,
    Profile,
    QuizForm,
    User,
)
from quizzes.selectors.teaching.reminders import due_reminders, until_words
from quizzes.services.people.profiles import change_reminders
from quizzes.services.teaching.enrolling import leave_class
from quizzes.services.teaching.reminding import remind, remind_some
from tests.classes import GASES, answer, join
from tests.factories import NOW, AssignmentFactory, CohortFactory, QuizFactory, elements
from tests.study import begin

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AT_FOUR = datetime(2026, 3, 10, 16, tzinfo=UTC)
TOMORROW_NIGHT = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sends(mail_server):
    return mail_server


@pytest.fixture
def una(cohort):
    return join(cohort, now=NOW - DAY, username="una", first_name="Una", email="una@example.org")


@pytest.fixture
def quiz(cohort):
    return QuizFactory(cohort=cohort, title="Metals", opens_at=NOW, closes_at=TOMORROW_NIGHT)


@pytest.fixture
def assignment(cohort):
    return AssignmentFactory(cohort=cohort, title="Week 3", opens_at=NOW, closes_at=TOMORROW_NIGHT)


def work(now=AT_FOUR, **how):
    return remind_some(now=now, seconds=5, clock=how.pop("clock", lambda: 0), **how)


def reminded():
    """Who was reminded, as often as they were."""
    return list(MessageCopy.objects.order_by("pk").values_list("user__username", flat=True))


def test_a_reminder_lists_all_that_is_open_and_not_done_with_the_way_there(una, cohort, quiz, assignment):
    later = QuizFactory(cohort=cohort, title="Gases", opens_at=NOW, closes_at=NOW + 6 * DAY)
    work()
    message = Message.objects.get()
    assert message.subject == "3 things to do; “Week 3” is open until tomorrow, midnight"
    assert message.body == (
        "Hello Una,\n\nthis is open in your classes, and you have not done it yet:\n\n"
        "Assignment “Week 3” (Anatomy 1)\nopen until tomorrow, midnight\n"
        f"http://localhost/assignments/{assignment.pk}/\n\n"
        f"Quiz “Metals” (Anatomy 1)\nopen until tomorrow, midnight\nhttp://localhost/quizzes/{quiz.pk}/\n\n"
        f"Quiz “Gases” (Anatomy 1)\nopen until Monday 16 March, 10:00\nhttp://localhost/quizzes/{later.pk}/\n\n"
        "Times are those of UTC."
    )
    copy = message.copies.get()
    assert (copy.user, copy.address, copy.state, copy.next_try_at) == (una, "una@example.org", "queued", AT_FOUR)
    assert (message.kind, message.cohort, message.sender) == ("reminder", None, None)


def test_things_of_several_classes_come_in_one_reminder(una, quiz):
    other = CohortFactory(name="Biology 2")
    other.enrolments.create(user=una, role="student", joined_at=NOW)
    QuizFactory(cohort=other, title="Cells", opens_at=NOW, closes_at=AT_FOUR + HOUR)
    work()
    assert reminded() == ["una"]
    assert Message.objects.get().subject == "2 things to do; “Cells” is open until today, 17:00"


def test_one_reminder_a_day_whatever_comes_up_later(una, cohort, quiz):
    work()
    QuizFactory(cohort=cohort, opens_at=NOW, closes_at=AT_FOUR + 3 * HOUR)
    work(AT_FOUR + HOUR)
    work(AT_FOUR + 4 * HOUR)
    assert reminded() == ["una"]
    work(AT_FOUR + DAY)
    assert reminded() == ["una", "una"]


def test_two_workers_that_found_the_same_reminder_write_it_once(una, quiz):
    first, second = due_reminders(now=AT_FOUR), due_reminders(now=AT_FOUR)
    assert [remind(reminder=one, now=AT_FOUR) for one in [*first, *second]] == [True, False]
    assert reminded() == ["una"]


ZONES = [
    ("UTC", 16), ("Europe/Berlin", 15), ("Asia/Tokyo", 7), ("America/Los_Angeles", 23), ("Asia/Kathmandu", 10.25),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "hour"), ZONES)
def test_reminders_come_at_four_where_the_student_is(una, cohort, zone, hour):
    QuizFactory(cohort=cohort, opens_at=NOW - DAY, closes_at=NOW + 40 * HOUR)
    Profile.objects.filter(user=una).update(time_zone=zone)
    four = datetime(2026, 3, 10, tzinfo=UTC) + hour * HOUR
    work(four - timedelta(seconds=1))
    assert reminded() == []
    work(four)
    assert reminded() == ["una"]


@pytest.mark.parametrize("day", [28, 29, 30])
def test_the_hour_stays_four_when_the_clocks_change(una, cohort, day):
    Profile.objects.filter(user=una).update(time_zone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    four = datetime(2026, 3, day, 16, tzinfo=berlin).astimezone(UTC)
    QuizFactory(cohort=cohort, opens_at=NOW, closes_at=four + DAY)
    work(four - timedelta(minutes=1))
    assert reminded() == []
    work(four)
    assert reminded() == ["una"]


def test_a_day_of_the_student_is_not_a_day_of_the_server(una, cohort):
    """In Auckland the tenth goes on at 03:00 UTC; there the next afternoon is the eleventh."""
    QuizFactory(cohort=cohort, opens_at=NOW - 9 * DAY, closes_at=NOW + 2 * DAY)
    Profile.objects.filter(user=una).update(time_zone="Pacific/Auckland")
    for hour, so_far in ((3, 1), (4, 1), (7.9, 1), (27, 2)):
        work(datetime(2026, 3, 11, tzinfo=UTC) + hour * HOUR)
        assert len(reminded()) == so_far


def test_a_traveller_is_reminded_once_on_a_date_that_comes_twice(una, cohort):
    QuizFactory(cohort=cohort, opens_at=NOW - 9 * DAY, closes_at=NOW + 2 * DAY)
    Profile.objects.filter(user=una).update(time_zone="Pacific/Auckland")
    work(datetime(2026, 3, 11, 3, tzinfo=UTC))
    Profile.objects.filter(user=una).update(time_zone="America/Los_Angeles")
    work(datetime(2026, 3, 11, 23, tzinfo=UTC))
    assert reminded() == ["una"]


def test_nobody_hears_of_what_closes_in_more_than_two_days(una, cohort):
    QuizFactory(cohort=cohort, opens_at=NOW, closes_at=AT_FOUR + 2 * DAY + timedelta(seconds=1))
    work()
    assert reminded() == []
    work(AT_FOUR + timedelta(seconds=1))
    assert reminded() == ["una"]


def archive(una, thing):
    Cohort.objects.filter(pk=thing.cohort_id).update(archived_at=NOW)


def leave(una, thing):
    leave_class(user=una, cohort=thing.cohort, now=NOW)


def teach(una, thing):
    una.enrolments.update(role="assistant")


def close_account(una, thing):
    User.objects.filter(pk=una.pk).update(is_active=False)


def drop_address(una, thing):
    User.objects.filter(pk=una.pk).update(email="")


def switch_off(una, thing):
    change_reminders(user=una, wanted=False)


def excuse(una, thing):
    change(una, thing, "excuse")


def set_off(una, thing):
    type(thing).objects.update(reminders=False)


def withdraw(una, thing):
    type(thing).objects.update(published_at=None)


def not_open_yet(una, thing):
    type(thing).objects.update(opens_at=AT_FOUR + HOUR)


def closed(una, thing):
    type(thing).objects.update(closes_at=AT_FOUR)


def own_closing_passed(una, thing):
    grant(una, thing, closes_at=AT_FOUR)


def own_opening_to_come(una, thing):
    grant(una, thing, opens_at=AT_FOUR + HOUR)


def change(una, thing, kind, mark=None):
    which = {thing._meta.model_name: thing}
    GradeChange.objects.create(user=una, kind=kind, mark=mark, reason="ill", changed_at=NOW, **which)


def grant(una, thing, **dates):
    which = {thing._meta.model_name: thing}
    Accommodation.objects.create(cohort=thing.cohort, user=una, given_at=NOW, **which, **dates)


@pytest.mark.parametrize("kind", ["quiz", "assignment"])
@pytest.mark.parametrize(
    "left_alone",
    [
        archive, leave, teach, close_account, drop_address, switch_off, excuse, set_off, withdraw, not_open_yet, closed,
        own_closing_passed, own_opening_to_come,
    ],
)  # fmt: skip
def test_who_need_not_hear_of_it_does_not(request, una, kind, left_alone):
    thing = request.getfixturevalue(kind)
    left_alone(una, thing)
    work()
    assert reminded() == []


def test_a_site_that_sends_no_e_mail_writes_no_reminders(una, quiz, settings, django_assert_num_queries):
    settings.SENDS_MAIL = False
    with django_assert_num_queries(0):
        work()


def attempt(una, quiz, **fields):
    form, _made = QuizForm.objects.get_or_create(
        quiz=quiz, number=1, defaults={"items": [], "seed": "", "made_at": NOW}
    )
    dates = {"started_at": NOW, "due_at": NOW + HOUR}
    return Attempt.objects.create(quiz=quiz, user=una, number=1, form=form, **dates, **fields)


def test_a_quiz_is_done_once_it_is_submitted(una, quiz):
    under_way = attempt(una, quiz)
    work()
    assert reminded() == ["una"]
    Attempt.objects.filter(pk=under_way.pk).update(submitted_at=NOW)
    work(AT_FOUR + DAY)
    assert reminded() == ["una"]


def test_what_others_have_done_is_still_to_do(una, cohort, quiz):
    attempt(join(cohort, username="vic", email="vic@example.org"), quiz, submitted_at=NOW)
    work()
    assert reminded() == ["una"]


@pytest.mark.parametrize(("answered", "expected"), [(2, ["una"]), (3, [])])
def test_an_assignment_is_done_once_its_pass_mark_is_reached(una, cohort, answered, expected):
    deck = elements()
    begin(una, deck)
    begun = {"opens_at": NOW - 2 * DAY, "closes_at": TOMORROW_NIGHT}
    assignment = AssignmentFactory(cohort=cohort, deck=deck, counts="introduced", pass_mark=0.75, **begun)
    assignment.sections.set(deck.sections.filter(slug="gases"))
    answer(una, GASES[:answered], days_ago=1)
    work()
    assert reminded() == expected


@pytest.mark.parametrize(("mark", "expected"), [(0.79, ["una"]), (0.8, [])])
def test_a_mark_given_by_hand_is_as_good_as_one_reached(una, assignment, mark, expected):
    change(una, assignment, "override", mark)
    work()
    assert reminded() == expected


@pytest.mark.parametrize("kind", ["quiz", "assignment"])
def test_whose_own_dates_are_later_is_reminded_then(request, una, kind):
    thing = request.getfixturevalue(kind)
    grant(una, thing, opens_at=AT_FOUR + 4 * DAY, closes_at=AT_FOUR + 6 * DAY)
    for days, expected in ((0, []), (3, []), (4, ["una"]), (6, ["una"])):
        work(AT_FOUR + days * DAY)
        assert reminded() == expected


def test_what_a_student_has_done_is_not_in_the_list_and_no_reason_for_it(una, cohort, quiz):
    QuizFactory(cohort=cohort, title="Later", opens_at=NOW, closes_at=NOW + 9 * DAY)
    attempt(una, quiz, submitted_at=NOW)
    work()
    assert reminded() == []


def test_the_rest_is_written_at_the_next_turn_when_time_is_up(una, cohort, quiz):
    for number in range(3):
        join(cohort, email=f"s{number}@example.org")
    ticks = iter([0, 1, 6])
    assert work(clock=lambda: next(ticks)) is True
    assert len(reminded()) == 2
    assert work() is False
    assert len(reminded()) == len(set(reminded())) == 4


def test_a_worker_that_is_told_to_stop_writes_nothing_more(una, quiz):
    assert work(stop=lambda: True) is False
    assert reminded() == []


@pytest.mark.parametrize("students", [1, 20])
def test_looking_takes_as_many_queries_for_many_as_for_one(una, cohort, students, django_assert_num_queries):
    for number in range(students):
        join(cohort, email=f"s{number}@example.org")
        QuizFactory(cohort=cohort, closes_at=TOMORROW_NIGHT)
        AssignmentFactory(cohort=cohort, closes_at=TOMORROW_NIGHT)
    with django_assert_num_queries(19):
        assert len(due_reminders(now=AT_FOUR)) == students + 1


def test_looking_takes_two_queries_while_nothing_is_open(una, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert due_reminders(now=AT_FOUR) == []


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        ("2026-03-10T18:05", "today, 18:05"), ("2026-03-11T00:00", "today, midnight"),
        ("2026-03-11T00:01", "tomorrow, 00:01"), ("2026-03-12T00:00", "tomorrow, midnight"),
        ("2026-03-14T09:00", "Saturday 14 March, 09:00"),
    ],
)  # fmt: skip
def test_the_last_moment_is_said_as_people_say_it(closes, words):
    berlin = ZoneInfo("Europe/Berlin")
    assert until_words(datetime.fromisoformat(closes).replace(tzinfo=berlin), NOW, berlin) == words
