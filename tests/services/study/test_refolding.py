"""Memories of an older scheduler: folded anew in the background, once, with nothing lost."""

import pytest
from django.db.models import F

from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.models import CardProgress, ReviewLog, StudySession
from quizzes.selectors.study.memories import memories_at
from quizzes.selectors.study.replay import replay_all
from quizzes.services.study.refolding import refold, refold_some
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import COPPER, DAY, HELIUM, IRON, MINUTE, begin, press, put, rate

DUE = ("card_id", "phase", "step", "due_on", "due_at", "interval_days", "reps", "lapses", "last_answered_at")


@pytest.fixture
def student(ada):
    """Has answered one card by choices, one by recall."""
    student = begin(ada, elements())
    for day in (0, 2, 9):
        press(student, put(student, HELIUM, "choice", now=NOW + day * DAY), now=NOW + day * DAY)
        rate(student, IRON, 3, now=NOW + day * DAY)
    return student


def as_left_by_the_first_version(user):
    """Twice the stability where choices led to it, as it might have come out before."""
    chosen = ReviewLog.objects.filter(user=user, evidence="choice").values("card")
    CardProgress.objects.filter(user=user, card__in=chosen).update(stability=F("stability") * 2)
    StudySession.objects.filter(user=user).update(scheduler_version="fsrs6-1")


def rows_of(user, *columns):
    return list(CardProgress.objects.filter(user=user).order_by("card_id").values_list(*columns))


def refold_all(**given):
    return refold_some(now=NOW + 10 * DAY, seconds=60.0, clock=lambda: 0.0, **given)


def test_the_log_says_that_memories_wait_to_be_folded_anew(student):
    as_left_by_the_first_version(student)
    [said] = replay_all().differences
    assert "older scheduler" in said
    assert "manage.py work" in said


def test_the_worker_folds_anew_and_cards_come_when_they_were_due(student):
    folded, due = rows_of(student, "card_id", "stability", "difficulty"), rows_of(student, *DUE)
    as_left_by_the_first_version(student)
    assert not refold_all()
    assert rows_of(student, "card_id", "stability", "difficulty") == folded
    assert rows_of(student, *DUE) == due
    assert replay_all().differences == []


def test_memories_at_hand_are_read_anew(student):
    as_left_by_the_first_version(student)
    before = StudySession.objects.get(user=student).last_seq
    stale = memories_at(student.pk, before)
    refold_all()
    session = StudySession.objects.get(user=student)
    assert session.last_seq == before + 1
    fresh = memories_at(student.pk, session.last_seq)
    assert fresh.keys() == stale.keys()
    assert fresh != stale


def test_nobody_is_folded_twice(student):
    as_left_by_the_first_version(student)
    refold_all()
    events = ReviewLog.objects.filter(user=student).count()
    refold_all()
    assert ReviewLog.objects.filter(user=student).count() == events
    assert StudySession.objects.get(user=student).scheduler_version == SCHEDULER_VERSION


def test_who_never_chose_keeps_all_and_the_log_stays_as_it_is(ben):
    student = begin(ben, elements())
    rate(student, COPPER, 3)
    StudySession.objects.update(scheduler_version="fsrs6-1")
    assert not refold(user=student, now=NOW + DAY)
    assert ReviewLog.objects.filter(user=student).count() == 1
    assert replay_all().differences == []


def test_a_worker_told_to_stop_leaves_the_rest_for_later(student):
    as_left_by_the_first_version(student)
    assert refold_all(stop=lambda: True)
    assert StudySession.objects.get(user=student).scheduler_version == "fsrs6-1"


def test_whoever_may_be_looking_at_a_question_is_left_for_later(student):
    as_left_by_the_first_version(student)
    asked = put(student, HELIUM, "choice", now=NOW + 9 * DAY + MINUTE)
    assert not refold_some(now=NOW + 9 * DAY + 2 * MINUTE, seconds=60.0, clock=lambda: 0.0)
    press(student, asked, now=NOW + 9 * DAY + 2 * MINUTE)
    assert StudySession.objects.get(user=student).scheduler_version == "fsrs6-1"
    refold_some(now=NOW + 9 * DAY + 33 * MINUTE, seconds=60.0, clock=lambda: 0.0)
    assert StudySession.objects.get(user=student).scheduler_version == SCHEDULER_VERSION
    assert replay_all().differences == []


def test_a_second_worker_finds_the_work_done(student):
    as_left_by_the_first_version(student)
    assert refold(user=student, now=NOW + 10 * DAY)
    events = ReviewLog.objects.filter(user=student).count()
    assert not refold(user=student, now=NOW + 10 * DAY)
    assert ReviewLog.objects.filter(user=student).count() == events


def test_an_answer_is_taken_back_after_a_refold_as_if_it_had_never_been(student):
    before, due = rows_of(student, "card_id", "stability", "difficulty"), rows_of(student, *DUE)
    press(student, put(student, HELIUM, "choice", now=NOW + 20 * DAY), now=NOW + 20 * DAY)
    as_left_by_the_first_version(student)
    refold(user=student, now=NOW + 21 * DAY)
    undo_last(user=student, scope="", now=NOW + 21 * DAY)
    assert rows_of(student, "card_id", "stability", "difficulty") == before
    assert rows_of(student, *DUE) == due
    assert replay_all().differences == []
