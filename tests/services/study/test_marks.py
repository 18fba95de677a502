import pytest

from quizzes.core.specs import Format
from quizzes.models import Card
from quizzes.services.study.answering import StaleQuestionError
from quizzes.services.study.marks import UnknownMarkError, mark_by_card, mark_card
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import DAY, IRON, asked_now, begin, events, holds, learn, press, progress, put, waiting


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def mark(user, asked, name, *, now=NOW):
    return mark_card(user=user, asked=asked, mark=name, now=now)[1]


def test_a_buried_card_comes_again_on_the_next_study_day(student):
    asked = asked_now(student)
    other = mark(student, asked, "bury")
    assert other.card_id != asked.card_id
    assert asked_now(student) == other
    assert asked_now(student, now=NOW.replace(hour=3, minute=59) + DAY).card_id != asked.card_id
    assert asked_now(student, now=NOW.replace(hour=4, minute=0) + DAY).card_id == asked.card_id
    assert holds()


def test_a_buried_card_that_is_brought_back_is_asked_today(student):
    asked = asked_now(student)
    mark(student, asked, "bury")
    mark(student, asked.again(revision=1), "unbury")
    assert progress(student, "uses/1/term_to_purpose").buried_until is None
    assert events(student) == ["bury", "unbury"]


def test_a_suspended_card_stays_away_until_it_is_brought_back(student):
    learn(student, IRON)
    due = NOW + 30 * DAY
    asked = put(student, IRON, now=due)
    assert mark(student, asked, "suspend", now=due).card_id != asked.card_id
    assert IRON not in waiting(student, now=due + DAY)
    mark(student, asked.again(revision=asked.revision + 1), "unsuspend", now=due + DAY)
    assert IRON in waiting(student, now=due + DAY)
    assert holds()


def test_a_flagged_card_stays_on_the_page_and_can_be_answered(student):
    asked = put(student, IRON, Format.CHOICE)
    flagged = mark(student, asked, "flag")
    assert flagged == asked.again(revision=1, flagged=True)
    assert asked_now(student) == flagged
    press(student, flagged)
    assert progress(student, IRON).flag == 1
    assert put(student, IRON).flagged is True
    assert holds()


def test_a_flag_is_taken_off_again(student):
    flagged = mark(student, put(student, IRON), "flag")
    assert mark(student, flagged, "unflag").flagged is False
    assert progress(student, IRON).flag == 0


def test_the_page_from_before_a_flag_is_refused(student):
    asked = put(student, IRON)
    mark(student, asked, "flag")
    with pytest.raises(StaleQuestionError):
        press(student, asked)


@pytest.mark.parametrize("name", ["bury", "suspend", "flag"])
def test_the_same_mark_twice_is_one_event(student, name):
    asked = put(student, IRON)
    first = mark(student, asked, name)
    assert mark(student, asked, name) == first
    assert events(student) == [name]


def test_marking_an_answered_card_leaves_the_next_question_on_the_page(student):
    asked = put(student, IRON)
    upcoming = press(student, asked).asked
    for done, name in enumerate(("flag", "bury", "suspend"), 1):
        assert mark(student, asked.again(revision=done), name) == upcoming
    assert holds()


@pytest.mark.parametrize("name", ["bury", "suspend", "flag"])
def test_a_mark_on_a_page_from_before_the_answer_is_refused(student, name):
    asked = put(student, IRON)
    press(student, asked)
    with pytest.raises(StaleQuestionError):
        mark(student, asked, name)
    assert events(student) == ["answer"]


def test_marking_an_answered_card_that_is_asked_again_keeps_its_page_fit_to_answer(student):
    asked = put(student, IRON)
    press(student, asked)
    again = put(student, IRON)
    flagged = mark(student, asked.again(revision=1), "flag")
    assert (flagged.client_id, flagged.revision, flagged.flagged) == (again.client_id, again.revision + 1, True)
    press(student, flagged)
    assert events(student) == ["answer", "flag", "answer"]


def mark_outside(user, key, name, seen):
    card_id = Card.objects.get(key=key).pk
    mark_by_card(user=user, card_id=card_id, mark=name, seen_revision=seen, now=NOW)


@pytest.mark.parametrize("name", ["bury", "suspend", "flag"])
def test_a_card_is_marked_outside_of_a_session_and_taken_off_again(student, name):
    learn(student, IRON)
    mark_outside(student, IRON, name, 1)
    mark_outside(student, IRON, f"un{name}", 2)
    assert events(student) == ["answer", name, "flag" if name == "flag" else f"un{name}"]
    assert holds()


def test_outside_of_a_session_too_an_older_page_is_refused_and_the_same_mark_counts_once(student):
    mark_outside(student, IRON, "suspend", 0)
    mark_outside(student, IRON, "suspend", 0)
    with pytest.raises(StaleQuestionError):
        mark_outside(student, IRON, "unsuspend", 0)
    with pytest.raises(UnknownMarkError):
        mark_outside(student, IRON, "burn", 1)
    assert events(student) == ["suspend"]
    assert progress(student, IRON).suspended is True


def test_a_flag_from_outside_leaves_the_question_on_the_page_fit_to_answer(student):
    asked = put(student, IRON)
    mark_outside(student, IRON, "flag", 0)
    on_page = asked_now(student)
    assert on_page == asked.again(revision=1, flagged=True)
    press(student, on_page)
    assert holds()


def test_a_mark_from_outside_is_taken_back_without_asking_its_card(student):
    learn(student, IRON)
    upcoming = asked_now(student)
    mark_outside(student, IRON, "suspend", 1)
    asked = undo_last(user=student, scope="", now=NOW)[1]
    assert asked.card_id == upcoming.card_id
    assert progress(student, IRON).suspended is False
    assert holds()


def test_there_are_no_other_marks(student):
    with pytest.raises(UnknownMarkError, match="bury"):
        mark(student, put(student, IRON), "burn")
    assert events(student) == []
