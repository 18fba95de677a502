"""Saving what a student does with a question: nothing is lost and nothing overwritten unseen."""

import pytest

from quizzes.services.teaching.attempting import (
    Given,
    LockedResponseError,
    NothingToCheckError,
    StaleResponseError,
    UnreadableResponseError,
    save_response,
)
from tests.factories import NOW, elements
from tests.sitting import MINUTE, check, choose, place, quiz_of, response, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(ada, cohort):
    return quiz_of(elements(), cohort=cohort)


@pytest.fixture
def attempt(ada, quiz):
    return sit(ada, quiz)


def test_a_choice_is_kept_by_its_canonical_number_with_its_time(attempt):
    kept = choose(attempt, now=NOW + MINUTE)
    assert kept.chosen == kept.order[place(kept)]
    assert (kept.answered_at, kept.duration_ms, kept.revision) == (NOW + MINUTE, 4_000, 1)
    assert response(attempt).chosen == kept.chosen


def test_changing_the_answer_counts_the_time_of_both_visits_and_the_moment_of_the_last(attempt):
    choose(attempt, right=False)
    kept = choose(attempt, now=NOW + 2 * MINUTE, elapsed_ms=6_000)
    assert (kept.answered_at, kept.duration_ms, kept.revision) == (NOW + 2 * MINUTE, 10_000, 2)


def test_a_flag_moves_neither_answer_nor_its_moment(attempt):
    choose(attempt)
    kept = choose(attempt, now=NOW + MINUTE, flagged=True)
    assert (kept.flagged, kept.answered_at) == (True, NOW)


def test_an_answer_can_be_taken_away_again(attempt):
    choose(attempt)
    kept = choose(attempt, place=None)
    assert (kept.chosen, kept.answered_at) == (None, None)


def test_what_is_chosen_is_not_struck_out(attempt):
    kept = response(attempt)
    right = place(kept)
    others = frozenset(range(len(kept.order))) - {right}
    saved = choose(attempt, struck=frozenset(range(len(kept.order))))
    assert set(saved.struck) == {kept.order[other] for other in others}


def test_an_older_page_is_refused_and_shown_what_is_kept(attempt):
    first = choose(attempt)
    with pytest.raises(StaleResponseError) as refused:
        choose(attempt, right=False, seen=0)
    assert refused.value.kept.chosen == first.chosen
    assert response(attempt).chosen == first.chosen


def test_the_same_sent_again_is_no_conflict_and_counts_no_time(attempt):
    choose(attempt)
    again = choose(attempt, seen=0)
    assert (again.revision, again.duration_ms) == (1, 4_000)


@pytest.mark.parametrize("given", [{"place": 9}, {"struck": frozenset({9})}, {"certainty": 4}, {"certainty": 0}])
def test_what_fits_no_question_is_refused(attempt, given):
    with pytest.raises(UnreadableResponseError):
        choose(attempt, **given)


def test_certainty_is_kept_where_the_quiz_asks_for_it_and_only_with_an_answer(ada, cohort, quiz):
    certain = sit(ada, quiz_of(quiz.deck, cohort=cohort, certainty=True))
    assert choose(certain, certainty=3).certainty == 3
    assert choose(certain, place=None, certainty=3).certainty is None
    assert choose(sit(ada, quiz), certainty=3).certainty is None


def test_a_checked_answer_stands(ada, cohort, quiz):
    attempt = sit(ada, quiz_of(quiz.deck, cohort=cohort, feedback="during"))
    checked = check(attempt, right=False)
    assert checked.checked_at == NOW
    with pytest.raises(LockedResponseError):
        choose(attempt, right=True)
    assert choose(attempt, right=False, flagged=True).flagged
    assert check(attempt, right=False, now=NOW + MINUTE, flagged=True).checked_at == NOW


def test_nothing_is_checked_without_an_answer_or_where_feedback_comes_later(ada, cohort, quiz):
    with pytest.raises(NothingToCheckError):
        check(sit(ada, quiz))
    during = sit(ada, quiz_of(quiz.deck, cohort=cohort, feedback="during"))
    with pytest.raises(NothingToCheckError):
        check(during, place=None)


def test_a_save_is_one_read_and_one_write(attempt, django_assert_num_queries):
    kept = response(attempt)
    given = Given(place=place(kept), elapsed_ms=4_000)
    with django_assert_num_queries(4):  # a savepoint, since the test is a transaction
        save_response(user=attempt.user, public_id=attempt.public_id, position=1, given=given, seen_revision=0, now=NOW)
