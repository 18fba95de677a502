import pytest

from quizzes.core.specs import Format
from quizzes.models import StudySettings
from quizzes.selectors.study.feedback import feedback_page, find_answer, read_guess
from quizzes.selectors.study.items import get_item
from quizzes.selectors.study.pages import question_page
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.selectors.study.wording import comes_back
from quizzes.services.study.answering import Given
from tests.factories import NOW, DeckFactory, elements
from tests.study import COPPER, DAY, IRON, begin, given, hurry, learn, place_of, press, put, rate

DUE = NOW + 9 * DAY


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def desk_of(user, *, now=NOW):
    return read_desk(get_student(user.pk), studied_decks(user), now=now)


def question(user, asked, *, now=NOW, **more):
    return question_page(desk_of(user, now=now), asked, **more)


def feedback(user, row, *, upcoming=None, now=NOW):
    return feedback_page(desk_of(user, now=now), row, upcoming=upcoming)


def test_a_choice_shows_its_options_and_tells_nothing_of_the_answer(student):
    asked = put(student, IRON, Format.CHOICE)
    page = question(student, asked)
    assert page.stem == "Which element is used to build bridges and rails?"
    assert [option.letter for option in page.options] == ["A", "B", "C", "D"]
    assert [option.keys for option in page.options] == ["1 a", "2 b", "3 c", "4 d"]
    assert (page.answer, page.explanation, page.locator, page.buttons) == ("", "", "", ())
    assert (page.kicker, page.disclaimer, page.language) == ("Elements", "Not for chemists.", "en")


def test_a_typed_question_tells_nothing_of_the_answer(student):
    page = question(student, put(student, IRON, Format.TYPED))
    assert (page.options, page.answer, page.explanation, page.hint, page.more_hints) == ((), "", "", "", True)


def test_a_flashcard_has_two_buttons_with_their_intervals_or_four(student):
    learn(student, IRON)
    asked = put(student, IRON, now=DUE)
    two = question(student, asked, now=DUE).buttons
    StudySettings.objects.update(four_buttons=True)
    four = question(student, asked, now=DUE).buttons
    assert [(button.label, button.rating) for button in two] == [("Again", 1), ("Good", 3)]
    assert [button.label for button in four] == ["Again", "Hard", "Good", "Easy"]
    assert two[0].interval == four[0].interval == "10 min"
    assert four[2].interval.endswith((" d", " mo"))
    assert [button.label for button in four if button.primary] == ["Good"]


def test_hints_show_the_beginning_of_what_was_right_when_the_question_was_put(student):
    asked = put(student, COPPER, Format.TYPED)
    assert [question(student, asked.again(hints=hints)).hint for hints in range(4)] == ["", "c…", "co…", "cop…"]
    assert question(student, asked.again(hints=3)).more_hints is False


def test_a_slip_is_explained(student):
    asked = put(student, COPPER, Format.TYPED).again(slip="brass", attempt=2)
    assert "“brass” belongs to it" in question(student, asked).notice


def test_the_progress_counts_what_is_done_and_left(student):
    rate(student, IRON, 4)
    page = question(student, put(student, COPPER))
    assert (page.progress.done, page.progress.left, page.progress.total) == (1, 11, 12)
    assert page.progress.minutes == 3


def test_what_was_too_quick_to_count_is_neither_done_nor_the_students_pace(student):
    before = question(student, put(student, COPPER)).progress
    for _ in range(6):
        hurry(student, IRON)
    assert question(student, put(student, COPPER)).progress == before


def test_the_minutes_follow_the_students_own_pace(student):
    for _ in range(5):
        press(student, asked := put(student, IRON), Given(rating=4, elapsed_ms=60_000))
    assert question(student, asked).progress.minutes == 22


def test_several_decks_are_told_apart(student):
    begin(student, DeckFactory(slug="other"))
    assert question(student, put(student, IRON)).kicker == "Chemical elements · Elements"


@pytest.mark.parametrize("right", [True, False])
def test_the_feedback_to_a_choice_explains_every_option(student, right):
    asked = put(student, IRON, Format.CHOICE)
    row = press(student, asked, right=right).row
    page = feedback(student, row)
    assert (page.correct, page.verdict) == (right, "Right" if right else "Not right")
    assert [option.text for option in page.options] == [option.text for option in question(student, asked).options]
    assert all(option.feedback for option in page.options)
    assert [option.place for option in page.options if option.chosen] == [place_of(asked, right=right)]
    assert [option.place for option in page.options if option.is_key] == [place_of(asked, right=True)]
    assert page.locator == "table, row 1"


def test_the_feedback_says_when_the_card_comes_back_and_what_a_guess_would_do(student):
    learn(student, IRON)
    asked = put(student, IRON, Format.CHOICE, now=DUE)
    page = feedback(student, press(student, asked, now=DUE).row, now=DUE)
    assert page.interval == comes_back(asked.promises["right"])
    assert page.guess_interval == comes_back(asked.promises["guessed"])
    assert page.interval != page.guess_interval
    assert read_guess(page.guess_token, student.pk)[0].hex == asked.client_id.replace("-", "")


@pytest.mark.parametrize(("way", "right"), [(Format.CHOICE, False), (Format.TYPED, True), (Format.TYPED, False)])
def test_only_a_right_choice_can_have_been_a_guess(student, way, right):
    row = press(student, put(student, IRON, way), right=right).row
    assert feedback(student, row).guess_token == ""


@pytest.mark.parametrize(("text", "verdict"), [
    ("copper", "Right"), ("cuprum", "Right"), ("coper", "Right, but mind the spelling"), ("zinc", "Not right"),
    ("", "The answer is"),
])  # fmt: skip
def test_the_feedback_to_a_typed_answer_shows_what_is_right(student, text, verdict):
    row = press(student, put(student, COPPER, Format.TYPED), Given(typed=text)).row
    page = feedback(student, row)
    assert (page.verdict, page.typed, page.answer) == (verdict, text, "copper")
    assert page.explanation == "Only silver conducts better."


def test_the_feedback_carries_the_next_question(student):
    done = press(student, put(student, IRON, Format.CHOICE))
    page = feedback(student, done.row, upcoming=done.asked)
    assert page.next.stem == get_item(done.asked.item_hash)["stem"]
    assert page.next.token
    assert feedback(student, done.row).next is None


def test_an_answer_of_another_study_day_says_that_its_interval_is_new(student):
    asked = put(student, IRON, Format.CHOICE)
    row = press(student, asked, now=NOW + DAY).row
    assert "new study day" in feedback(student, row).notice
    assert feedback(student, press(student, put(student, COPPER, Format.CHOICE)).row).notice == ""


def test_an_answer_is_found_by_its_own_student_alone(student, ben):
    row = press(student, asked := put(student, IRON), given(put(student, IRON))).row
    assert find_answer(user_id=student.pk, client_id=row.client_id) == row
    assert find_answer(user_id=ben.pk, client_id=row.client_id) is None
    assert asked.client_id == str(row.client_id)
