"""Other parameters for a memory: what moves, what stays, and that the log still proves it."""

from random import Random

import pytest

from quizzes.core.calibration import NEUTRAL
from quizzes.core.fuzz import fuzz_window
from quizzes.core.memory import DEFAULT_PARAMETERS, interval_days
from quizzes.models import CardProgress, ParameterSet, ReviewLog, StudySession, StudySettings
from quizzes.selectors.study.answers import read_histories
from quizzes.selectors.study.memories import memories_at, read_memories
from quizzes.selectors.study.replay import replay_all
from quizzes.selectors.study.students import NotAStudentError, get_student
from quizzes.services.study.adopting import adopt
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.undoing import undo_last
from tests.classes import GASES, USES
from tests.factories import NOW, correct_predictions, elements
from tests.study import DAY, IRON, MINUTE, asked_now, begin, events, given, learn, press, put, rate

KEPT = ("card_id", "phase", "step", "due_on", "due_at", "interval_days", "reps", "lapses", "last_answered_at")


@pytest.fixture
def student(ada):
    return begin(ada, elements())


@pytest.fixture
def slower(student):
    """Parameters of somebody who forgets faster."""
    values = [value * (0.4 if at < 4 else 1) for at, value in enumerate(DEFAULT_PARAMETERS)]
    return ParameterSet.objects.create(scope="person", user=student, values=values, created_at=NOW)


def lively(user, *, steps=60, seed="adopting"):
    """Weeks of answers in all formats, some guessed, some taken back; returns the end."""
    dice, now = Random(seed), NOW
    for _ in range(steps):
        now += 20 * MINUTE if dice.random() < 0.4 else dice.choice([1, 1, 3, 8]) * DAY
        key = dice.choice([*USES[:4], *GASES[:2]])
        asked = put(user, key, "choice" if key in GASES or dice.random() < 0.5 else "flashcard", now=now)
        row = press(user, asked, given(asked, right=dice.random() < 0.8), now=now).row
        if row.evidence == "choice" and dice.random() < 0.2:
            guessed_after_all(user=user, client_id=row.client_id, now=now + MINUTE)
        elif dice.random() < 0.15:
            undo_last(user=user, scope="", now=now + MINUTE)
    return now


def rows_of(user, *columns):
    return list(CardProgress.objects.filter(user=user).order_by("card_id").values_list(*columns))


def differences():
    return replay_all().differences


def test_every_memory_is_what_the_parameters_would_have_led_to_and_nothing_else_moves(student, slower):
    end = lively(student)
    kept, memory = rows_of(student, *KEPT), rows_of(student, "stability")
    assert adopt(user=student, parameter_set=slower, now=end)
    assert rows_of(student, *KEPT) == kept
    assert all(after < before for (after,), (before,) in zip(rows_of(student, "stability"), memory, strict=True))
    assert StudySettings.objects.get(user=student).parameter_set == slower
    assert differences() == []


def test_what_comes_after_it_counts_with_it_and_replays(student, slower):
    end = lively(student)
    adopt(user=student, parameter_set=slower, now=end)
    row = rate(student, IRON, 3, now=end + 9 * DAY)
    assert row.parameter_set == slower
    undo_last(user=student, scope="", now=end + 9 * DAY)
    undo_last(user=student, scope="", now=end + 9 * DAY)
    asked = put(student, USES[1], "choice", now=end + 12 * DAY)
    again = press(student, asked, now=end + 12 * DAY).row
    guessed_after_all(user=student, client_id=again.client_id, now=end + 12 * DAY)
    rate(student, "uses/7/purpose_to_term", 3, now=end + 13 * DAY)
    assert differences() == []


def test_an_answer_that_comes_late_is_remembered_with_what_was_adopted_meanwhile(student, slower):
    learn(student, IRON)
    adopt(user=student, parameter_set=slower, now=NOW + 5 * DAY)
    rate(student, IRON, 3, now=NOW + 2 * DAY)
    assert differences() == []


def test_back_to_the_parameters_before_gives_the_memories_before(student, slower):
    end = lively(student)
    before, first = rows_of(student, "stability", "difficulty"), StudySettings.objects.get(user=student).parameter_set
    adopt(user=student, parameter_set=slower, now=end)
    assert not adopt(user=student, parameter_set=slower, now=end)
    adopt(user=student, parameter_set=first, now=end)
    after = rows_of(student, "stability", "difficulty")
    assert [pytest.approx(row, rel=1e-9) for row in before] == after
    assert events(student)[-2:] == ["adopt_parameters"] * 2
    assert differences() == []


def test_due_days_move_only_if_asked_and_each_is_logged(student, slower):
    end = lively(student)
    due = dict(rows_of(student, "card_id", "due_on"))
    adopt(user=student, parameter_set=slower, now=end, reschedule=True)
    moved = list(ReviewLog.objects.filter(kind="reschedule").values_list("card_id", "due_on", "due_reason"))
    assert len(moved) > 2
    for card_id, due_on, reason in moved:
        kept = CardProgress.objects.get(user=student, card_id=card_id)
        assert (kept.due_on, kept.phase, reason) == (due_on, "review", "rescheduled")
        assert (due_on - kept.last_study_day).days == kept.interval_days
        assert kept.interval_days in fuzz_window(interval_days(kept.stability, 0.9, slower.values), 1, 36_500)
    assert sum((due_on - due[card_id]).days for card_id, due_on, _reason in moved) < 0
    stay = {card_id: day for card_id, day in due.items() if card_id not in {row[0] for row in moved}}
    assert stay.items() <= dict(rows_of(student, "card_id", "due_on")).items()
    assert differences() == []


def test_undo_after_it_gives_back_the_answer_before_it(student, slower):
    learn(student, IRON)
    rate(student, IRON, 3, now=NOW + 9 * DAY)
    adopt(user=student, parameter_set=slower, now=NOW + 9 * DAY)
    undo_last(user=student, scope="", now=NOW + 9 * DAY)
    assert differences() == []


def test_the_process_knows_the_memories_it_led_to(student, slower):
    end = lively(student, steps=12)
    adopt(user=student, parameter_set=slower, now=end)
    last_seq = StudySession.objects.get(user=student).last_seq
    assert memories_at(student.pk, last_seq) == read_memories(student.pk)


def test_the_question_on_the_page_is_put_again(student, slower):
    learn(student, IRON)
    asked = put(student, IRON, now=NOW + 9 * DAY)
    adopt(user=student, parameter_set=slower, now=NOW + 9 * DAY)
    with pytest.raises(StaleQuestionError):
        press(student, asked, now=NOW + 9 * DAY)
    press(student, asked_now(student, now=NOW + 9 * DAY), now=NOW + 9 * DAY)
    assert differences() == []


def test_why_a_card_comes_is_told_with_it(student, slower):
    learn(student, IRON)
    card_id = ReviewLog.objects.first().card_id
    adopt(user=student, parameter_set=slower, now=NOW + DAY)
    shown = read_histories(get_student(student.pk), [card_id], now=NOW + DAY)[card_id].stretches[-1].memory
    assert shown.stability == pytest.approx(CardProgress.objects.get(user=student, card_id=card_id).stability)


def test_nobody_adopts_for_somebody_who_does_not_study(max, slower):
    with pytest.raises(NotAStudentError):
        adopt(user=max, parameter_set=slower, now=NOW)


def test_what_put_the_old_predictions_right_is_forgotten(student, slower):
    correct_predictions(student, constant=-1.0)
    adopt(user=student, parameter_set=slower, now=NOW)
    assert get_student(student.pk).weights == NEUTRAL
