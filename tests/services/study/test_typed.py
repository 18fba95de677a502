import pytest

from quizzes.core.specs import Format
from quizzes.models import Card
from quizzes.services.study.answering import Given
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import COPPER, MINUTE, USE_OF_IRON, asked_now, begin, events, holds, press, progress, put


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def write(user, asked, text, **more):
    return press(user, asked, Given(typed=text, **more))


@pytest.mark.parametrize(("text", "typed_as", "rating"), [
    ("copper", "exact", 3),
    ("  COPPER ", "exact", 3),
    ("cuprum", "alias", 3),
    ("coper", "typo", 3),
    ("iron", "wrong", 1),
    ("", "empty", 1),
])  # fmt: skip
def test_a_typed_answer_is_marked_and_kept_as_typed(student, text, typed_as, rating):
    row = write(student, put(student, COPPER, Format.TYPED), text).row
    assert (row.typed, row.detail["typed_as"], row.rating, row.evidence) == (text, typed_as, rating, "graded")
    assert row.correct is (rating > 1)
    assert holds()


def test_an_example_typed_for_its_class_gets_one_more_try_without_penalty(student):
    asked = put(student, COPPER, Format.TYPED)
    done = write(student, asked, "brass")
    assert (done.row, done.asked.attempt, done.asked.slip) == (None, 2, "brass")
    assert done.asked.client_id == asked.client_id
    assert events(student) == []
    row = write(student, done.asked, "copper").row
    assert (row.rating, row.detail["attempt"]) == (3, 2)


@pytest.mark.parametrize("second", ["bronze", "brass", "tin"])
def test_a_second_slip_or_error_counts(student, second):
    done = write(student, put(student, COPPER, Format.TYPED), "brass")
    assert write(student, done.asked, second).row.rating == 1


def test_the_page_before_a_slip_gives_no_third_try(student):
    asked = put(student, COPPER, Format.TYPED)
    write(student, asked, "brass")
    assert write(student, asked, "bronze").row.rating == 1


def test_a_plain_error_gets_no_second_try(student):
    assert write(student, put(student, COPPER, Format.TYPED), "zinc").row.rating == 1


def test_a_hint_makes_a_right_answer_hard(student):
    done = write(student, put(student, COPPER, Format.TYPED), "co", wants_hint=True)
    assert (done.row, done.asked.hints, done.asked.typed) == (None, 1, "co")
    row = write(student, done.asked, "copper").row
    assert (row.rating, row.correct, row.detail["hints"]) == (2, True, 1)


def test_a_hint_is_remembered_though_the_page_before_it_is_sent(student):
    asked = put(student, COPPER, Format.TYPED)
    write(student, asked, "", wants_hint=True)
    assert write(student, asked, "copper").row.rating == 2


def test_hints_do_not_help_a_wrong_answer(student):
    done = write(student, put(student, COPPER, Format.TYPED), "", wants_hint=True)
    assert write(student, done.asked, "iron").row.rating == 1


def test_there_are_three_hints_at_most(student):
    asked = put(student, COPPER, Format.TYPED)
    for _ in range(5):
        asked = write(student, asked, "", wants_hint=True).asked
    assert asked.hints == 3


def test_a_reload_keeps_the_hint_and_the_slip(student):
    asked = write(student, put(student, COPPER, Format.TYPED), "co", wants_hint=True).asked
    asked = write(student, asked, "brass").asked
    assert asked_now(student, now=NOW + MINUTE) == asked
    assert (asked.hints, asked.slip, asked.attempt) == (1, "brass", 2)


def test_after_an_undo_the_hints_start_afresh(student):
    done = write(student, put(student, COPPER, Format.TYPED), "", wants_hint=True)
    write(student, done.asked, "copper")
    _desk, again = undo_last(user=student, scope="", now=NOW)
    assert (again.hints, again.attempt) == (0, 1)
    write(student, again, "copper")
    assert progress(student, COPPER).reps == 1


def test_what_cannot_be_typed_is_a_flashcard_for_those_who_prefer_to_type(ada):
    begin(ada, elements(), format_preference=Format.TYPED)
    asked = asked_now(ada)
    assert (asked.card_id, asked.format) == (Card.objects.get(key=USE_OF_IRON).pk, Format.FLASHCARD)
