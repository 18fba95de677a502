"""Settings change what comes, never what was: the log replays, whatever was changed in the middle of a history."""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from quizzes.models import CardProgress, DailyStudy, DeckStudy, ReviewLog, StudySession, StudySettings
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.people.profiles import choose_time_zone
from quizzes.services.study.marks import mark_card
from quizzes.services.study.settings import change_memory, change_questions, change_rollover, change_shortcuts
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import (
    COPPER,
    DAY,
    IRON,
    MINUTE,
    asked_now,
    begin,
    given,
    holds,
    learn,
    press,
    progress,
    put,
    rate,
    waiting,
)  # fmt: skip

HOUR = timedelta(hours=1)
ROW_OF_LOG = (
    "study_day", "rollover_hour", "time_zone", "desired_retention", "learning_steps", "relearning_steps", "due_on",
    "due_at", "interval_days",
)  # fmt: skip


@pytest.fixture
def student(ada, db):
    return begin(ada, elements())


def set_memory(user, *, now=NOW, **changes):
    values = {
        "desired_retention": 0.9, "learning_steps": (1, 10), "relearning_steps": (10,), "maximum_interval_days": 36_500,
    }  # fmt: skip
    change_memory(user=user, now=now, **{**values, **changes})


def set_questions(user, *, now=NOW, **changes):
    values = {"format_preference": "mixed", "recall_first": False, "four_buttons": False, "bury_siblings": True}
    change_questions(user=user, now=now, **{**values, **changes})


def study_some(user, dice, *, now, answers=8):
    """Answer what comes, mostly right; a minute for each."""
    for _answer in range(answers):
        asked = asked_now(user, now=now)
        if asked is None:
            return
        press(user, asked, given(asked, right=dice.random() < 0.7), now=now)
        now += MINUTE


CHANGES = {
    "retention": lambda user, now: set_memory(user, now=now, desired_retention=0.8),
    "higher retention": lambda user, now: set_memory(user, now=now, desired_retention=0.97),
    "learning steps": lambda user, now: set_memory(user, now=now, learning_steps=(0.5, 5, 60, 1440)),
    "no steps": lambda user, now: set_memory(user, now=now, learning_steps=(), relearning_steps=()),
    "relearning steps": lambda user, now: set_memory(user, now=now, relearning_steps=(5, 30, 1440)),
    "longest wait": lambda user, now: set_memory(user, now=now, maximum_interval_days=3),
    "rollover later": lambda user, now: change_rollover(user=user, rollover_hour=12, now=now),
    "rollover earlier": lambda user, now: change_rollover(user=user, rollover_hour=0, now=now),
    "zone to the east": lambda user, now: choose_time_zone(user=user, time_zone="Pacific/Auckland"),
    "zone to the west": lambda user, now: choose_time_zone(user=user, time_zone="Pacific/Honolulu"),
    "format": lambda user, now: set_questions(user, now=now, format_preference="flashcard"),
    "recall first": lambda user, now: set_questions(user, now=now, recall_first=True),
    "four buttons": lambda user, now: set_questions(user, now=now, four_buttons=True),
    "siblings": lambda user, now: set_questions(user, now=now, bury_siblings=False),
    "keys": lambda user, now: change_shortcuts(user=user, shortcuts=False, now=now),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_log_replays_after_a_change_in_the_middle_of_a_history(student, name):
    dice, now = Random(name), NOW
    for _day in range(3):
        study_some(student, dice, now=now)
        now += DAY
    mark_card(user=student, asked=asked_now(student, now=now), mark="bury", now=now)
    study_some(student, dice, now=now, answers=4)
    before = list(ReviewLog.objects.values(*ROW_OF_LOG))
    dues = dict(CardProgress.objects.values_list("card_id", "due_on"))
    CHANGES[name](student, now + 10 * MINUTE)
    assert list(ReviewLog.objects.values(*ROW_OF_LOG)) == before
    assert dict(CardProgress.objects.values_list("card_id", "due_on")) == dues
    assert holds()
    study_some(student, dice, now=now + 20 * MINUTE)
    undo_last(user=student, scope="", now=now + 40 * MINUTE)
    for days in (1, 2, 5):
        study_some(student, dice, now=now + days * DAY)
    assert holds()
    assert ReviewLog.objects.count() > len(before)


def test_all_settings_changed_one_after_the_other_replay_too(student):
    dice, now = Random("all"), NOW
    for change in CHANGES.values():
        study_some(student, dice, now=now, answers=4)
        change(student, now + 5 * MINUTE)
        undo_last(user=student, scope="", now=now + 6 * MINUTE)
        now += DAY
    assert holds()
    assert ReviewLog.objects.filter(kind="answer").values("desired_retention").distinct().count() >= 3


def test_a_new_retention_holds_for_the_next_answer_and_leaves_earlier_due_days_alone(student):
    usual = learn(student, IRON)
    set_memory(student, desired_retention=0.99)
    assert progress(student, IRON).due_on == usual.due_on
    strict = learn(student, COPPER)
    assert strict.interval_days < usual.interval_days
    assert (usual.desired_retention, strict.desired_retention) == (0.9, 0.99)


def test_new_steps_hold_for_the_next_answer(student):
    set_memory(student, learning_steps=(3,))
    row = rate(student, IRON, 1)
    assert row.due_at == NOW + 3 * MINUTE
    set_memory(student, learning_steps=())
    assert rate(student, IRON, 3, now=NOW + 4 * MINUTE).due_at is None
    assert progress(student, IRON).phase == "review"
    assert holds()


def test_a_card_waiting_for_a_step_that_is_gone_goes_on(student):
    set_memory(student, learning_steps=(1, 10, 60, 120))
    for minutes in (0, 2, 15):
        rate(student, IRON, 3, now=NOW + minutes * MINUTE)
    assert progress(student, IRON).step == 3
    set_memory(student, learning_steps=(1,))
    assert rate(student, IRON, 2, now=NOW + 3 * HOUR).due_at == NOW + 3 * HOUR + 1.5 * MINUTE
    assert holds()


def test_the_longest_wait_holds_at_once(student):
    set_memory(student, maximum_interval_days=2)
    assert learn(student, IRON).interval_days <= 2


def test_the_open_question_is_put_again_as_the_new_settings_say(student):
    before = asked_now(student)
    set_memory(student, learning_steps=(30,))
    after = asked_now(student)
    assert (after.card_id, after.item_hash, after.order) == (before.card_id, before.item_hash, before.order)
    assert after.promises["again" if "again" in after.promises else "wrong"].minutes == 30
    set_questions(student, format_preference="flashcard")
    assert asked_now(student).format == "flashcard"


def test_a_page_from_before_the_change_keeps_what_it_promised(student):
    asked = put(student, IRON)
    set_memory(student, learning_steps=(30,))
    assert press(student, asked, right=False).row.due_at == NOW + MINUTE
    assert holds()


def test_saving_the_same_again_leaves_the_open_question_alone(student):
    before = asked_now(student)
    set_memory(student)
    set_questions(student)
    assert StudySession.objects.get(user=student).prompt["client_id"] == before.client_id


@pytest.mark.parametrize("wrong", [
    {"desired_retention": 0.69}, {"desired_retention": 1.0}, {"learning_steps": (10, 1)}, {"learning_steps": (0, 1)},
    {"relearning_steps": (-1,)}, {"maximum_interval_days": 0},
])  # fmt: skip
def test_a_memory_that_cannot_be_scheduled_is_refused(student, wrong):
    with pytest.raises(ValueError):  # noqa: PT011
        set_memory(student, **wrong)
    assert StudySettings.objects.get().learning_steps == [1, 10]


def test_an_unknown_format_or_hour_is_refused(student):
    with pytest.raises(ValidationError):
        set_questions(student, format_preference="song")
    with pytest.raises(ValidationError):
        change_rollover(user=student, rollover_hour=24, now=NOW)


@pytest.mark.parametrize("change", [
    set_memory, set_questions,
    lambda user: change_rollover(user=user, rollover_hour=3, now=NOW),
    lambda user: change_shortcuts(user=user, shortcuts=False, now=NOW),
])  # fmt: skip
def test_somebody_who_never_studied_can_set_everything(max, change):
    change(max)
    assert StudySettings.objects.filter(user=max).exists()
    assert get_student(max.pk).config.learning_steps == (1, 10)
    assert not DeckStudy.objects.exists()


def desk_at(user, now):
    return read_desk(get_student(user.pk), studied_decks(user), now=now)


def test_a_later_rollover_takes_the_day_back_and_loses_nothing(student):
    """At 10:00 with a day that begins at 12:00, it is still the day before."""
    learned = learn(student, IRON)
    rate(student, COPPER, 1)
    change_rollover(user=student, rollover_hour=12, now=NOW)
    assert desk_at(student, NOW).today.day == date(2026, 3, 9)
    assert COPPER in waiting(student, now=NOW + 2 * MINUTE), "a card in learning comes after its step all the same"
    assert IRON not in waiting(student, now=NOW + 2 * MINUTE)
    due = learned.due_on
    noon = NOW.replace(year=due.year, month=due.month, day=due.day, hour=12)
    assert IRON not in waiting(student, now=noon - MINUTE)
    assert IRON in waiting(student, now=noon)
    rate(student, COPPER, 3, now=NOW + 2 * MINUTE)
    assert holds()


def test_a_fact_answered_on_a_day_that_was_taken_back_keeps_its_siblings_away(student):
    learn(student, IRON)
    assert "uses/1/term_to_purpose" not in waiting(student)
    change_rollover(user=student, rollover_hour=12, now=NOW)
    assert "uses/1/term_to_purpose" not in waiting(student)


def test_an_earlier_rollover_begins_the_next_day_at_once(student):
    night = NOW.replace(hour=2)
    rate(student, IRON, 3, now=night)
    assert desk_at(student, night).today.day == date(2026, 3, 9)
    change_rollover(user=student, rollover_hour=1, now=night)
    assert desk_at(student, night).today.day == date(2026, 3, 10)
    assert IRON in waiting(student, now=night + 11 * MINUTE)
    rate(student, IRON, 3, now=night + 11 * MINUTE)
    assert list(DailyStudy.objects.order_by("day").values_list("day", "answers")) == [
        (date(2026, 3, 9), 1),
        (date(2026, 3, 10), 1),
    ]
    assert holds()


def test_a_buried_card_waits_until_its_day_by_the_new_rollover(student):
    StudySettings.objects.update(bury_siblings=False)
    mark_card(user=student, asked=put(student, IRON), mark="bury", now=NOW)
    change_rollover(user=student, rollover_hour=12, now=NOW)
    tomorrow = NOW + DAY
    assert IRON not in waiting(student, now=NOW + 3 * HOUR)
    assert IRON not in waiting(student, now=tomorrow)
    assert IRON in waiting(student, now=tomorrow + 2 * HOUR)
    assert holds()


def test_the_limits_of_a_day_taken_back_go_on_with_what_was_done_then(student):
    DeckStudy.objects.update(new_per_day=2)
    rate(student, IRON, 4, now=NOW - DAY)
    rate(student, COPPER, 4)
    change_rollover(user=student, rollover_hour=12, now=NOW)
    desk = desk_at(student, NOW)
    assert desk.today.answers == 1
    assert desk.queue.counts.new == 1


def test_undoing_after_a_change_of_day_takes_the_answer_from_the_day_it_was_given_on(student):
    rate(student, IRON, 3)
    change_rollover(user=student, rollover_hour=12, now=NOW)
    undo_last(user=student, scope="", now=NOW + MINUTE)
    assert list(DailyStudy.objects.values_list("day", "answers")) == [(NOW.date(), 0)]
    assert holds()
