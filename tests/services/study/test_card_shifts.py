"""What earlier students showed of a card, from the question on the page to the memory that is folded."""

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, Shift, chance_known, next_memory, next_memory_after_choice
from quizzes.core.specs import Format
from quizzes.models import ReviewLog
from quizzes.selectors.study.asked import sign, unsign
from quizzes.services.study.answering import Given
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.shifts import shift_card
from tests.study import COPPER, DAY, IRON, MINUTE, asked_now, begin, holds, press, progress, put, rate

HARD = Shift(-0.7, 1.5, 1)
EASY = 4


@pytest.fixture
def student(ada):
    begin(ada, elements())
    shift_card(IRON, HARD.ln_stability, HARD.difficulty)
    return ada


def remembered(user, key=IRON):
    return progress(user, key).stability, progress(user, key).difficulty


def plain(memory):
    return memory.stability, memory.difficulty


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_a_first_answer_starts_from_what_others_showed(student, rating):
    rate(student, IRON, rating)
    row = ReviewLog.objects.get()
    assert row.prior_shift == {"version": 1, "ln_stability": -0.7, "difficulty": 1.5}
    assert remembered(student) == plain(next_memory(None, rating, 0, DEFAULT_PARAMETERS, HARD))
    assert holds()


def test_a_right_choice_starts_from_it_too(student):
    press(student, put(student, IRON, Format.CHOICE))
    chance = chance_known(0.3, 4)
    assert remembered(student) == plain(next_memory_after_choice(None, chance, 0, DEFAULT_PARAMETERS, HARD))
    assert holds()


def test_a_card_of_which_nothing_is_known_starts_as_ever(student):
    rate(student, COPPER, 3)
    assert ReviewLog.objects.get().prior_shift is None
    assert remembered(student, COPPER) == plain(next_memory(None, 3, 0, DEFAULT_PARAMETERS))


def test_the_button_promises_what_the_shifted_memory_calls_for(student):
    usual, hard = put(student, COPPER), put(student, IRON)
    assert hard.promises["easy"].interval_days < usual.promises["easy"].interval_days
    row = press(student, hard, Given(rating=EASY)).row
    assert row.interval_days == hard.promises["easy"].interval_days
    assert holds()


def test_a_new_study_day_recomputes_the_promise_with_the_shift_of_the_page(student):
    asked = put(student, IRON)
    shift_card(IRON, 1.4, version=2)
    row = press(student, asked, Given(rating=EASY), now=NOW + DAY).row
    assert row.due_reason == "new_study_day"
    assert row.prior_shift["version"] == 1
    assert row.interval_days == pytest.approx(asked.promises["easy"].interval_days, abs=2)


def test_later_versions_leave_a_memory_that_has_begun(student):
    rate(student, IRON, 3)
    before = remembered(student)
    shift_card(IRON, 1.0, version=2)
    asked = put(student, IRON, now=NOW + 5 * DAY)
    row = press(student, asked, now=NOW + 5 * DAY).row
    assert (asked.shift.version, row.prior_shift) == (0, None)
    state = next_memory(None, 3, 0, DEFAULT_PARAMETERS, HARD)
    assert before == plain(state)
    assert remembered(student) == plain(next_memory(state, 3, 5, DEFAULT_PARAMETERS))
    assert holds()


def test_after_an_undone_first_answer_the_newest_version_counts(student):
    rate(student, IRON, 1)
    undo_last(user=student, scope="", now=NOW + MINUTE)
    assert remembered(student) == (None, None)
    shift_card(IRON, 0.9, version=2)
    rate(student, IRON, 3, now=NOW + DAY)
    assert remembered(student) == plain(next_memory(None, 3, 0, DEFAULT_PARAMETERS, Shift(0.9)))
    assert holds()


def test_a_first_choice_that_was_a_guess_keeps_its_shift(student):
    row = press(student, put(student, IRON, Format.CHOICE)).row
    shift_card(IRON, 1.0, version=2)
    guessed_after_all(user=student, client_id=row.client_id, now=NOW + MINUTE)
    assert ReviewLog.objects.order_by("-seq").first().prior_shift["version"] == 1
    assert remembered(student) == plain(next_memory(None, 1, 0, DEFAULT_PARAMETERS, HARD))
    assert holds()


def test_practice_is_logged_without_it(student):
    asked = put(student, IRON, scope="elements/uses/1")
    assert asked.practice
    assert press(student, asked).row.prior_shift is None


def test_the_page_carries_it_signed(student):
    asked = put(student, IRON)
    assert unsign(sign(asked, student.pk), student.pk).shift == HARD


def test_a_page_from_before_there_were_shifts_can_be_answered(student):
    asked = asked_now(student)
    before = {name: value for name, value in asked.to_json().items() if name != "shift"}
    assert type(asked).from_json(before).shift == Shift()
