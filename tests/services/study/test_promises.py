"""What a button said is what is done."""

from datetime import timedelta

import pytest

from quizzes.core.specs import Format
from quizzes.models import Profile
from quizzes.services.study.answering import Given
from tests.factories import NOW, elements
from tests.study import COPPER, DAY, IRON, MINUTE, begin, given, holds, learn, press, progress, put, rate

LATE = NOW.replace(hour=23, minute=50)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def kept_promise(row):
    """The promise that an answer's row fulfils."""
    minutes = (row.due_at - row.answered_at).total_seconds() / 60 if row.due_at else None
    return row.interval_days, row.due_on.isoformat(), minutes


def of(asked, future):
    promise = asked.promises[future]
    return promise.interval_days, promise.due_on, promise.minutes


@pytest.mark.parametrize("learned", [False, True])
@pytest.mark.parametrize(("rating", "future"), [(1, "again"), (2, "hard"), (3, "good"), (4, "easy")])
def test_each_rating_does_what_its_button_said(student, learned, rating, future):
    now = NOW
    if learned:
        learn(student, IRON)
        now = NOW + 9 * DAY
    asked = put(student, IRON, now=now)
    row = press(student, asked, Given(rating=rating), now=now + 3 * MINUTE).row
    assert kept_promise(row) == of(asked, future)
    assert row.due_reason == "promised"
    kept = progress(student, IRON)
    assert (kept.due_on, kept.due_at, kept.interval_days) == (row.due_on, row.due_at, row.interval_days)


@pytest.mark.parametrize(("way", "right", "future"), [
    (Format.CHOICE, True, "right"),
    (Format.CHOICE, False, "wrong"),
    (Format.TYPED, True, "good"),
    (Format.TYPED, False, "again"),
])  # fmt: skip
def test_choices_and_typed_answers_do_what_was_promised(student, way, right, future):
    learn(student, IRON)
    asked = put(student, IRON, way, now=NOW + 9 * DAY)
    row = press(student, asked, right=right, now=NOW + 9 * DAY).row
    assert kept_promise(row) == of(asked, future)


def test_a_promise_holds_though_other_cards_have_filled_the_day_since(student):
    learn(student, IRON)
    now = NOW + 9 * DAY
    asked = put(student, IRON, now=now)
    for number in range(2, 9):
        learn(student, f"uses/{number}/purpose_to_term", now=now)
    assert kept_promise(press(student, asked, Given(rating=3), now=now).row) == of(asked, "good")


def test_a_page_kept_open_into_the_next_study_day_is_worked_out_again(student):
    learn(student, IRON)
    asked = put(student, IRON, now=NOW + 9 * DAY)
    answered_at = NOW + 11 * DAY
    anew = put(student, COPPER, now=answered_at)
    row = press(student, asked, Given(rating=3), now=answered_at).row
    assert row.due_reason == "new_study_day"
    assert row.study_day == answered_at.date()
    assert row.due_on - row.study_day == timedelta(days=row.interval_days)
    assert row.due_on.isoformat() != asked.promises["good"].due_on
    assert anew.study_day == row.study_day.isoformat()
    assert holds()


def test_a_page_worked_out_again_says_what_a_fresh_page_would_have_said(student):
    learn(student, IRON)
    old = put(student, IRON, now=NOW + 9 * DAY)
    fresh = put(student, IRON, now=NOW + 11 * DAY)
    assert kept_promise(press(student, old, Given(rating=3), now=NOW + 11 * DAY).row) == of(fresh, "good")


def test_i_guessed_is_worked_out_again_too(student):
    learn(student, IRON)
    old = put(student, IRON, Format.CHOICE, now=NOW + 9 * DAY)
    fresh = put(student, IRON, Format.CHOICE, now=NOW + 11 * DAY)
    row = press(student, old, now=NOW + 11 * DAY).row
    assert tuple(row.detail["guessed"]) == of(fresh, "guessed")


@pytest.mark.parametrize(("asked_at", "answered_at", "reason"), [
    (LATE, LATE + timedelta(hours=4), "promised"),
    (LATE, LATE + timedelta(hours=4, minutes=10), "new_study_day"),
])  # fmt: skip
def test_midnight_is_not_the_end_of_a_study_day(student, asked_at, answered_at, reason):
    learn(student, IRON, now=LATE - 9 * DAY)
    asked = put(student, IRON, now=asked_at)
    assert press(student, asked, Given(rating=3), now=answered_at).row.due_reason == reason


def test_a_step_that_would_end_after_rollover_becomes_a_day(student):
    asked = put(student, IRON, now=NOW.replace(hour=3, minute=55))
    row = press(student, asked, Given(rating=3), now=NOW.replace(hour=3, minute=56)).row
    assert (row.study_day, row.due_on, row.due_at, row.interval_days) == (
        (NOW - DAY).date(), NOW.date(), None, 1,
    )  # fmt: skip
    assert holds()


def test_a_step_promised_before_rollover_and_answered_just_before_it_becomes_a_day(student):
    asked = put(student, IRON, now=NOW.replace(hour=3, minute=40))
    assert asked.promises["good"].minutes == 10
    row = press(student, asked, Given(rating=3), now=NOW.replace(hour=3, minute=55)).row
    assert (row.due_on, row.due_at, row.interval_days) == (NOW.date(), None, 1)
    assert holds()


def test_a_move_to_another_zone_within_the_study_day_keeps_the_promise(student):
    learn(student, IRON)
    asked = put(student, IRON, now=NOW + 9 * DAY)
    Profile.objects.filter(user=student).update(time_zone="Europe/Rome")
    assert press(student, asked, Given(rating=3), now=NOW + 9 * DAY).row.due_reason == "promised"


def test_a_move_across_the_date_line_is_a_new_study_day(student):
    learn(student, IRON)
    asked = put(student, IRON, now=LATE + 9 * DAY)
    Profile.objects.filter(user=student).update(time_zone="Asia/Tokyo")
    row = press(student, asked, Given(rating=3), now=LATE + 9 * DAY).row
    assert (row.due_reason, row.time_zone) == ("new_study_day", "Asia/Tokyo")
    assert holds()


def test_siblings_are_not_due_on_the_same_day(student):
    learn(student, "uses/1/term_to_purpose")
    taken = progress(student, "uses/1/term_to_purpose").due_on
    learn(student, IRON)
    assert progress(student, IRON).due_on != taken


def test_an_answer_given_twice_a_day_is_due_by_the_later(student):
    rate(student, IRON, 3)
    row = rate(student, IRON, 3, now=NOW + 10 * MINUTE)
    assert progress(student, IRON).due_on == row.due_on
    assert given(put(student, COPPER)).rating == 3
