"""A quiz marked anew after a ruling: on the instructor's word alone, all submitted attempts, every change noted."""

from datetime import timedelta

import pytest

from quizzes.models import Attempt, GradeChange, ItemRuling, Response, ReviewLog
from quizzes.services.teaching.grading import set_mark
from quizzes.services.teaching.regrading import Decision, Effect, RuledMeanwhileError, preview_ruling, rule
from tests.classes import answer
from tests.factories import NOW, UserFactory, elements
from tests.people import enrol
from tests.quiz_marks import KEYS, begin, frozen_quiz, hashes, key_of, take, wrong_of
from tests.study import begin as study

LATER = NOW + timedelta(days=1)


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def quiz(cohort, deck):
    return frozen_quiz(deck, cohort)


@pytest.fixture
def right(ada, quiz):
    """Ada has everything right."""
    return take(ada, quiz, True, True, True, True)


@pytest.fixture
def other(cohort, quiz):
    """Somebody who took a wrong answer choice in the first question, and the others right."""
    user = UserFactory(username="other")
    enrol(user, cohort)
    take(user, quiz, False, True, True, True)
    return user


def accept(quiz, *extra):
    """That the key and these answer choices of the first question are right."""
    item_hash = hashes(quiz)[0]
    return Decision(item_hash, ItemRuling.Kind.ACCEPT, tuple(sorted({key_of(item_hash), *extra})))


def marks(quiz):
    return {one.user.username: one.mark for one in Attempt.objects.filter(quiz=quiz)}


def decide(quiz, decision, ivy, *, seen=0, reason="The fact was wrong."):
    return rule(quiz=quiz, decision=decision, reason=reason, seen=seen, by=ivy, now=LATER)


def test_a_preview_says_whose_mark_changes_and_writes_nothing(quiz, right, other):
    decision = accept(quiz, wrong_of(hashes(quiz)[0]))
    assert preview_ruling(quiz=quiz, decision=decision) == [Effect(other.pk, 0.75, 1.0, held=False)]
    assert marks(quiz) == {"ada": 1.0, "other": 0.75}
    assert not ItemRuling.objects.exists()


def test_an_accepted_answer_choice_is_right_and_the_key_stays_right(quiz, right, other, ivy):
    effects = decide(quiz, accept(quiz, wrong_of(hashes(quiz)[0])), ivy)
    assert marks(quiz) == {"ada": 1.0, "other": 1.0}
    assert effects == [Effect(other.pk, 0.75, 1.0, held=False)]
    assert Response.objects.get(attempt__user=other, position=1).correct is True


def test_each_mark_that_changed_is_noted_and_no_other(quiz, right, other, ivy):
    decide(quiz, accept(quiz, wrong_of(hashes(quiz)[0])), ivy)
    note = GradeChange.objects.get()
    assert (note.user, note.kind, note.mark_before, note.mark) == (other, "regrade", 0.75, 1.0)
    assert (note.reason, note.changed_by, note.changed_at) == ("The fact was wrong.", ivy, LATER)


def test_a_question_left_out_counts_for_nobody(quiz, right, other, ivy):
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert marks(quiz) == {"ada": 1.0, "other": 1.0}
    assert Attempt.objects.get(user=other).score_of == 3
    assert Response.objects.get(attempt__user=other, position=1).mark is None


def test_a_key_that_was_wrong_can_be_replaced(quiz, right, other, ivy):
    item_hash = hashes(quiz)[0]
    decide(quiz, Decision(item_hash, ItemRuling.Kind.ACCEPT, (wrong_of(item_hash),)), ivy)
    assert marks(quiz) == {"ada": 0.75, "other": 1.0}


def test_a_later_ruling_as_keyed_brings_the_old_marks_back(quiz, right, other, ivy):
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    seen = ItemRuling.objects.get().pk
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.AS_KEYED), ivy, seen=seen)
    assert marks(quiz) == {"ada": 1.0, "other": 0.75}
    assert [one.mark for one in GradeChange.objects.filter(user=other)] == [1.0, 0.75]


def test_rulings_on_other_questions_go_on_holding(quiz, right, other, ivy):
    first, second = hashes(quiz)[:2]
    decide(quiz, Decision(first, ItemRuling.Kind.DROP), ivy)
    decide(quiz, Decision(second, ItemRuling.Kind.DROP), ivy, seen=ItemRuling.objects.get().pk)
    assert Attempt.objects.get(user=other).score_of == 2


def test_the_mark_that_counts_changes_only_where_the_attempt_counts(quiz, other, ivy):
    quiz.counting = "best"
    take(other, quiz, True, True, True, True, number=2)
    assert decide(quiz, accept(quiz, wrong_of(hashes(quiz)[0])), ivy) == []
    assert [one.mark for one in Attempt.objects.order_by("number")] == [1.0, 1.0]


def test_a_mark_set_by_hand_stays_and_the_preview_says_so(quiz, other, ivy):
    set_mark(thing=quiz, user=other, mark=0.3, reason="Copied.", seen=0, by=ivy, now=NOW)
    effects = preview_ruling(quiz=quiz, decision=accept(quiz, wrong_of(hashes(quiz)[0])))
    assert effects == [Effect(other.pk, 0.75, 1.0, held=True)]


def test_points_of_certainty_are_counted_anew_apart_from_the_mark(deck, cohort, other, ivy):
    quiz = frozen_quiz(deck, cohort, certainty=True)
    take(other, quiz, False, True, True, True, certainty=3)
    assert Attempt.objects.get(quiz=quiz).score == -6 + 9
    decide(quiz, accept(quiz, wrong_of(hashes(quiz)[0])), ivy)
    assert (Attempt.objects.get(quiz=quiz).score, Attempt.objects.get(quiz=quiz).mark) == (12, 1.0)


def test_an_attempt_under_way_is_left_alone(quiz, ada, ivy):
    begin(ada, quiz)
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert marks(quiz) == {"ada": None}


def test_another_quiz_with_the_same_question_is_left_alone(quiz, deck, cohort, other, ivy):
    twin = frozen_quiz(deck, cohort)
    take(other, twin, False, True, True, True)
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert marks(twin) == {"other": 0.75}


def test_the_same_ruling_twice_is_one(quiz, other, ivy):
    for _click in range(2):
        decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert (ItemRuling.objects.count(), GradeChange.objects.count()) == (1, 1)


def test_a_page_that_has_not_seen_the_last_ruling_is_refused(quiz, other, ivy, eve):
    decide(quiz, Decision(hashes(quiz)[1], ItemRuling.Kind.DROP), eve)
    with pytest.raises(RuledMeanwhileError):
        decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert ItemRuling.objects.count() == 1


def test_nothing_is_ruled_without_a_reason(quiz, other, ivy):
    with pytest.raises(ValueError, match="reason"):
        decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy, reason=" ")


@pytest.mark.parametrize(("kind", "accepted"), [("accept", ()), ("drop", (1,)), ("as_keyed", (1,))])
def test_a_decision_that_means_nothing_cannot_be_made(kind, accepted):
    with pytest.raises(ValueError, match="accepting"):
        Decision("0" * 64, kind, accepted)


def test_the_logs_of_answers_are_not_touched(quiz, deck, right, other, ivy):
    study(other, deck)
    answer(other, KEYS)
    before = list(ReviewLog.objects.values())
    assert before
    decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)
    assert list(ReviewLog.objects.values()) == before


def test_marking_anew_takes_as_many_queries_for_many_as_for_few(quiz, cohort, ivy, django_assert_max_num_queries):
    for number in range(12):
        user = UserFactory(username=f"s{number}")
        enrol(user, cohort)
        take(user, quiz, False, True, True, True)
    with django_assert_max_num_queries(18):
        assert len(decide(quiz, Decision(hashes(quiz)[0], ItemRuling.Kind.DROP), ivy)) == 12
