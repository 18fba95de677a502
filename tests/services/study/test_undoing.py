from random import Random

import pytest

from quizzes.core.specs import Format
from quizzes.models import DailyStudy, ReviewLog
from quizzes.selectors.study.students import NotAStudentError
from quizzes.services.study.answering import Given
from quizzes.services.study.guessing import guessed_after_all
from quizzes.services.study.marks import mark_card
from quizzes.services.study.undoing import NothingToUndoError, undo_last
from tests.factories import NOW, elements
from tests.study import (
    COPPER,
    DAY,
    IRON,
    MINUTE,
    asked_now,
    begin,
    events,
    given,
    holds,
    learn,
    memories,
    memory,
    press,
    progress,
    put,
    rate,
)


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def undo(user, *, now=NOW, scope=""):
    return undo_last(user=user, scope=scope, now=now)[1]


@pytest.mark.parametrize("way", Format)
@pytest.mark.parametrize("right", [True, False])
def test_undo_restores_the_memory_the_due_day_and_the_question(student, way, right):
    learn(student, IRON)
    before, now = memory(student, IRON), NOW + 9 * DAY
    asked = put(student, IRON, way, now=now)
    press(student, asked, right=right, now=now)
    assert memory(student, IRON) != before
    again = undo(student, now=now + MINUTE)
    assert memory(student, IRON) == before
    assert (again.format, again.item_hash, again.order) == (asked.format, asked.item_hash, asked.order)
    assert again.client_id != asked.client_id
    assert again.promises == asked.promises
    assert holds()


def test_undo_of_a_first_answer_makes_the_card_new_again(student):
    rate(student, IRON, 3)
    undo(student)
    assert memory(student, IRON)["phase"] == "new"
    assert memories(student) == ([], [])
    assert progress(student, IRON).revision == 2
    assert holds()


def test_the_question_after_an_undo_survives_a_reload_and_can_be_answered(student):
    rate(student, IRON, 1)
    again = undo(student)
    assert asked_now(student, now=NOW + MINUTE) == again
    press(student, again, Given(rating=4), now=NOW + MINUTE)
    assert progress(student, IRON).phase == "review"
    assert holds()


def test_forty_steps_can_be_taken_back_one_by_one_each_exactly(student):
    dice, kept, now = Random("undo"), [], NOW
    for step in range(40):
        now += (11 if step % 13 else 26 * 60) * MINUTE
        kept.append(memories(student))
        take_a_step(student, dice, now)
    assert len(set(events(student))) >= 4
    for before in reversed(kept):
        now += MINUTE
        undo(student, now=now)
        assert memories(student) == before
    assert memories(student) == ([], [])
    assert holds()
    with pytest.raises(NothingToUndoError):
        undo(student)


def take_a_step(student, dice, now):
    """Something that one undo takes back: an answer, perhaps said to be a guess, or a mark."""
    asked = asked_now(student, now=now) or put(student, IRON, now=now)
    kind = dice.random()
    if kind < 0.1:
        mark_card(user=student, asked=asked, mark="bury", now=now)
    elif kind < 0.2:
        mark_card(user=student, asked=asked, mark="unflag" if asked.flagged else "flag", now=now)
    elif kind < 0.25:
        mark_card(user=student, asked=asked, mark="suspend", now=now)
    else:
        row = press(student, asked, given(asked, right=dice.random() < 0.7), now=now).row
        if row.evidence == "choice" and dice.random() < 0.5:
            guessed_after_all(user=student, client_id=row.client_id, now=now)


def test_the_same_id_after_an_undo_is_not_counted_again(student):
    asked = put(student, IRON)
    press(student, asked)
    again = undo(student)
    press(student, asked)
    assert events(student) == ["answer", "undo"]
    assert asked_now(student) == again


def test_the_log_keeps_what_was_undone_and_points_at_it(student):
    rate(student, IRON, 3)
    undo(student)
    row = ReviewLog.objects.get(user=student, kind="undo")
    assert (row.target_seq, row.seq, row.due_reason, row.due_on) == (1, 2, "undo", None)


def test_the_day_on_which_it_was_answered_gets_its_answer_back(student):
    rate(student, IRON, 3)
    undo(student, now=NOW + DAY)
    assert DailyStudy.objects.get(user=student).answers == 0
    assert holds()


def test_an_undone_new_card_does_not_count_against_the_limit(student):
    row = rate(student, IRON, 4)
    undo(student)
    assert DailyStudy.objects.get(user=student).decks == {str(row.detail["deck"]): [0, 0, 0, 0, 0, 0]}


@pytest.mark.parametrize("mark", ["bury", "suspend", "flag"])
def test_a_mark_is_taken_back_and_the_same_question_shown(student, mark):
    asked = put(student, IRON, Format.CHOICE)
    before = memories(student)
    mark_card(user=student, asked=asked, mark=mark, now=NOW)
    again = undo(student)
    assert memories(student) == before
    assert (again.card_id, again.item_hash, again.order) == (asked.card_id, asked.item_hash, asked.order)
    assert again.flagged is False
    assert holds()


def test_taking_back_an_unsuspending_leaves_the_card_aside(student):
    asked = put(student, IRON)
    mark_card(user=student, asked=asked, mark="suspend", now=NOW)
    mark_card(user=student, asked=asked.again(revision=1), mark="unsuspend", now=NOW)
    assert undo(student).card_id != asked.card_id
    assert progress(student, IRON).suspended is True


def test_marks_taken_back_leave_the_due_day_alone(student):
    learn(student, IRON)
    due_on = progress(student, IRON).due_on
    mark_card(user=student, asked=put(student, IRON), mark="flag", now=NOW)
    undo(student)
    assert progress(student, IRON).due_on == due_on


def test_undo_follows_the_order_in_which_things_were_done_over_several_cards(student):
    rate(student, IRON, 3)
    rate(student, COPPER, 3, now=NOW + MINUTE)
    assert undo(student).card_id == progress(student, COPPER).card_id
    assert undo(student).card_id == progress(student, IRON).card_id
    assert holds()


def test_there_is_nothing_to_undo_at_first(student, ben):
    with pytest.raises(NothingToUndoError):
        undo(student)
    with pytest.raises(NotAStudentError):
        undo(ben)


def test_nobody_undoes_what_somebody_else_did(student, ben):
    begin(ben, student.deck_studies.get().deck)
    rate(student, IRON, 3)
    with pytest.raises(NothingToUndoError):
        undo(ben)
