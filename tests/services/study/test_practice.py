"""Practice asks without a word to the schedule."""

from itertools import pairwise

import pytest

from quizzes.core.specs import Format
from quizzes.models import CardProgress, DailyStudy, ReviewLog
from quizzes.selectors.study.practice import read_round
from quizzes.selectors.study.queue import read_desk
from quizzes.selectors.study.scopes import Scope, read_scope
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.study.undoing import undo_last
from tests.factories import NOW, elements
from tests.study import ALUMINIUM, DAY, IRON, asked_now, begin, events, given, holds, learn, memory, press, rate

USES, GASES = "elements/uses/1", "elements/gases/1"
MOVED = ("phase", "stability", "difficulty", "due_on", "due_at", "reps", "lapses", "interval_days", "last_study_day")


@pytest.fixture
def student(ada):
    return begin(ada, elements(), format_preference="mixed")


def schedule(user):
    """All that decides when cards come back."""
    return list(CardProgress.objects.filter(user=user).exclude(phase="new").order_by("card_id").values(*MOVED))


def round_of(user, scope, *, now=NOW):
    """The round as the student's desk shows it."""
    desk = read_desk(get_student(user.pk), studied_decks(user, scope), now=now)
    return read_round(desk, read_scope(scope))


def practise(user, scope, *, now=NOW, right=True):
    """One answer in practice; returns the question."""
    asked = asked_now(user, scope=scope, now=now)
    press(user, asked, given(asked, right=right), now=now)
    return asked


def test_a_round_asks_each_card_of_its_section_once_and_ends(student):
    count = len(round_of(student, GASES).cards)
    asked = [practise(student, GASES).card_id for _ in range(count)]
    assert len(set(asked)) == count == 4
    assert asked_now(student, scope=GASES) is None
    assert asked_now(student, scope="elements/gases/2") is not None


def test_the_whole_deck_is_practised_without_a_section(student):
    assert {place.spec.code.split("/")[0] for place in round_of(student, "elements//1").cards} == {"uses", "gases"}


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("way", list(Format))
def test_practice_never_moves_memory_due_or_the_limits_of_the_day(student, way, right):
    begin(student, student.deck_studies.get().deck, format_preference=way)
    learn(student, IRON)
    rate(student, ALUMINIUM, 1)
    before, days = schedule(student), list(DailyStudy.objects.values())
    for _ in range(6):
        practise(student, USES, right=right)
    assert schedule(student) == before
    assert list(DailyStudy.objects.values()) == days
    rows = ReviewLog.objects.filter(source="practice")
    assert set(rows.values_list("evidence", "rating", "due_on", "interval_days")) == {("none", None, None, None)}
    assert holds()


def test_the_weakest_cards_come_first_and_cards_not_met_last(student):
    rate(student, ALUMINIUM, 3)
    learn(student, IRON)
    keys = [place.spec.key for place in round_of(student, USES, now=NOW + DAY).cards]
    assert keys[:2] == [ALUMINIUM, IRON]


def test_two_cards_of_one_fact_do_not_follow_each_other_while_others_are_left(student):
    facts = [practise(student, USES).card_id for _ in range(8)]
    place = {card.id: card.fact_id for card in round_of(student, USES).cards}
    assert all(place[one] != place[other] for one, other in pairwise(facts))


def test_a_suspended_card_is_not_practised(student):
    learn(student, IRON)
    CardProgress.objects.filter(card__key=IRON).update(suspended=True)
    assert IRON not in [place.spec.key for place in round_of(student, USES).cards]


def test_a_reload_shows_the_same_question_and_the_same_answer_twice_counts_once(student):
    asked = asked_now(student, scope=USES)
    assert asked_now(student, scope=USES) == asked
    answer = given(asked)
    first = press(student, asked, answer).row
    assert press(student, asked, answer).row.seq == first.seq
    assert events(student) == ["answer"]


def test_practice_starts_anew_on_the_next_study_day(student):
    first = practise(student, GASES)
    assert first.card_id in [place.id for place in round_of(student, GASES, now=NOW + DAY).left]


def test_an_undone_answer_is_asked_again_in_the_same_round(student):
    asked = practise(student, USES)
    _desk, again = undo_last(user=student, scope=USES, now=NOW)
    assert (again.card_id, again.item_hash, again.order, again.scope) == (
        asked.card_id,
        asked.item_hash,
        asked.order,
        USES,
    )
    assert holds()


def test_a_scheduled_answer_undone_from_practice_is_asked_as_scheduled(student):
    rate(student, IRON, 3)
    asked_now(student, scope=USES)
    _desk, again = undo_last(user=student, scope=USES, now=NOW)
    assert again.scope == ""
    press(student, again)
    assert memory(student, IRON)["reps"] == 1
    assert holds()


@pytest.mark.parametrize("text", ["", "elements", "elements//1", "elements/gases/12"])
def test_a_scope_reads_as_it_is_written(text):
    assert str(read_scope(text)) == text


@pytest.mark.parametrize("text", ["a/b", "a/b/0", "a/b/x", "a/b/1/2", "a/b/9999", "a/b/١"])
def test_what_names_no_scope_is_that_of_all_decks(text):
    assert read_scope(text) == Scope()
