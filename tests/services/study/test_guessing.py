import uuid

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, chance_known, next_memory_after_choice
from quizzes.core.specs import Format
from quizzes.models import DailyStudy, ReviewLog
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import DAY, IRON, MINUTE, begin, events, holds, learn, memories, press, progress, put

LATER = NOW + 9 * DAY


@pytest.fixture
def student(ada):
    begin(ada, elements())
    learn(ada, IRON)
    return ada


def guess(user, row, *, now=LATER + MINUTE):
    return guessed_after_all(user=user, client_id=row.client_id, now=now)


def chosen(user, *, right=True, now=LATER):
    asked = put(user, IRON, Format.CHOICE, now=now)
    return asked, press(user, asked, right=right, now=now).row


def test_a_guess_is_weighed_as_not_known_and_is_no_lapse(student):
    before = progress(student, IRON)
    _asked, row = chosen(student)
    guess(student, row)
    after = progress(student, IRON)
    remembered = Memory(before.stability, before.difficulty)
    expected = next_memory_after_choice(remembered, 0.0, (LATER - NOW).days, DEFAULT_PARAMETERS)
    assert (after.stability, after.difficulty) == (expected.stability, expected.difficulty)
    assert (after.phase, after.lapses, after.reps) == ("review", 0, 2)
    assert chance_known(row.predicted_recall, 4) > 0.9
    assert holds()


def test_a_guess_is_due_when_the_button_said(student):
    asked, row = chosen(student)
    guess(student, row)
    promise, kept = asked.promises["guessed"], progress(student, IRON)
    assert promise.due_on < asked.promises["right"].due_on
    assert (kept.due_on.isoformat(), kept.interval_days, kept.due_at) == (promise.due_on, promise.interval_days, None)


def test_the_log_keeps_the_answer_its_undoing_and_the_guess(student):
    _asked, row = chosen(student)
    guess(student, row)
    last = ReviewLog.objects.filter(user=student).order_by("-seq").first()
    assert events(student) == ["answer", "answer", "undo", "answer"]
    assert (last.evidence, last.correct, last.rating, last.chance_known) == ("guessed", True, 3, 0.0)
    assert (last.answered_at, last.received_at) == (row.answered_at, LATER + MINUTE)
    assert (last.item_hash, last.order, last.chosen) == (row.item_hash, row.order, row.chosen)
    assert last.client_id == uuid.uuid5(row.client_id, "guessed")


def test_a_guess_pressed_twice_is_as_once(student):
    _asked, row = chosen(student)
    desk, asked = guess(student, row)
    kept = memories(student)
    assert guess(student, row)[1] == asked
    assert memories(student) == kept
    assert events(student).count("undo") == 1
    assert DailyStudy.objects.get(user=student, day=LATER.date()).answers == 1
    assert desk.today.answers == 1


@pytest.mark.parametrize("right", [False])
def test_a_wrong_choice_cannot_become_a_guess(student, right):
    _asked, row = chosen(student, right=right)
    with pytest.raises(StaleQuestionError):
        guess(student, row)


def test_a_flashcard_cannot_become_a_guess(student):
    row = press(student, put(student, IRON, now=LATER), now=LATER).row
    with pytest.raises(StaleQuestionError):
        guess(student, row)


def test_an_answer_taken_back_cannot_become_a_guess(student):
    _asked, row = chosen(student)
    undo_last(user=student, scope="", now=LATER)
    with pytest.raises(StaleQuestionError):
        guess(student, row)
    assert holds()


def test_an_answer_with_a_later_one_cannot_become_a_guess(student):
    _asked, row = chosen(student)
    press(student, put(student, IRON, now=LATER + DAY), now=LATER + DAY)
    with pytest.raises(StaleQuestionError):
        guess(student, row)


def test_an_answer_of_somebody_else_cannot_become_a_guess(student, ben):
    _asked, row = chosen(student)
    begin(ben, row.card.deck)
    with pytest.raises(StaleQuestionError):
        guess(ben, row)


def test_undo_takes_the_guess_and_its_answer_back_together(student):
    before = memories(student)
    asked, row = chosen(student)
    guess(student, row)
    _desk, again = undo_last(user=student, scope="", now=LATER + MINUTE)
    assert memories(student) == before
    assert (again.item_hash, again.order) == (asked.item_hash, asked.order)
    assert holds()


def test_a_guess_on_the_next_study_day_still_counts_for_the_day_of_its_answer(student):
    _asked, row = chosen(student)
    guess(student, row, now=LATER + DAY)
    assert progress(student, IRON).last_study_day == LATER.date()
    assert DailyStudy.objects.filter(user=student).count() == 2
    assert holds()


def test_a_flagged_card_keeps_its_flag_through_a_refused_guess(student):
    asked, row = chosen(student)
    mark_card(user=student, asked=asked.again(revision=asked.revision + 1), mark="flag", now=LATER)
    with pytest.raises(StaleQuestionError):
        guess(student, row)
    assert progress(student, IRON).flag == 1
