from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.phases import Phase
from quizzes.core.queueing import Counts, EndReason, HeldBack, Limit, Row, asked_first, build_queue, minutes_left

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
DECK = 1


def new(card, fact=None, **fields):
    return Row(**{"card_id": card, "fact_id": fact or 1_000 + card, "deck_id": DECK, "position": card, **fields})


def review(card, fact=None, stability=10.0, due_on=TODAY, **fields):
    studied = {"phase": Phase.REVIEW, "due_on": due_on, "stability": stability, "last_study_day": date(2026, 2, 20)}
    return new(card, fact, **{**studied, **fields})


def learning(card, minutes, fact=None, **fields):
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    steps = {"phase": Phase.LEARNING, "due_on": TODAY, "due_at": at, "stability": 2.0, "last_study_day": TODAY}
    return new(card, fact, **{**steps, **fields})


def queue(*rows, **options):
    return build_queue(rows, **{"limits": {}, "today": TODAY, "now": NOW, **options})


def order(*rows, **options):
    return list(queue(*rows, **options).order)


def test_learning_cards_that_are_due_come_first_by_the_moment_they_fell_due():
    rows = [review(1), learning(2, -1), learning(3, -5), new(4), learning(5, None), learning(6, 0)]
    assert order(*rows) == [5, 3, 2, 6, 1, 4]


def test_a_card_answered_just_now_to_no_effect_waits_a_minute_behind_others():
    moment = NOW - timedelta(seconds=40)
    for quick in (new(1, last_answered_at=moment), review(1, last_answered_at=moment)):
        assert order(quick, new(2), new(3)) == [2, 3, 1]
    assert order(learning(1, -1, last_answered_at=moment), learning(2, 0), new(3)) == [2, 3, 1]
    assert order(learning(1, None, last_answered_at=moment), new(3)) == [3, 1]


def test_cards_that_rest_come_before_steps_that_end_later_and_after_those_that_end_sooner():
    quick = new(1, last_answered_at=NOW - timedelta(seconds=40))
    assert order(quick, learning(2, 0.2), learning(3, 0.5)) == [2, 1, 3]


def test_a_card_rests_for_a_minute_and_not_without_others():
    assert order(new(1, last_answered_at=NOW - timedelta(minutes=1)), new(2)) == [1, 2]
    assert queue(new(1, last_answered_at=NOW)).next_id == 1


def test_a_step_shorter_than_a_minute_is_kept():
    answered = NOW - timedelta(seconds=40)
    assert order(learning(1, -0.1, last_answered_at=answered), new(2)) == [1, 2]


def test_relearning_cards_count_as_learning():
    assert order(review(1), learning(2, -1, phase=Phase.RELEARNING)) == [2, 1]


def test_reviews_come_by_lowest_predicted_recall():
    strong, weak, overdue = review(1, stability=40), review(2, stability=4), review(3, last_study_day=date(2025, 1, 1))
    assert order(strong, weak, overdue) == [3, 2, 1]


def test_equal_recall_is_settled_by_card():
    assert order(review(9), review(3), review(5)) == [3, 5, 9]


def test_new_cards_come_in_the_order_of_deck_and_position():
    assert order(new(1, position=7), new(2, position=3, deck_id=2), new(3, position=5)) == [3, 1, 2]


def test_new_cards_are_spread_evenly_among_reviews():
    found = order(*[review(card) for card in range(1, 9)], *[new(card) for card in range(11, 13)])
    assert [card > 10 for card in found] == [False, False, True, False, False, False, False, True, False, False]


def test_the_mix_goes_on_through_the_day_as_it_began():
    rows = {row.card_id: row for row in [*map(review, range(1, 13)), *map(new, range(21, 26))]}
    limit, planned, studied = Limit(), order(*rows.values()), []
    while (card := queue(*rows.values(), limits={DECK: limit}).next_id) is not None:
        studied.append(card)
        done = {"new_done": limit.new_done + 1} if card > 20 else {"reviews_done": limit.reviews_done + 1}
        limit = replace(limit, **done)
        del rows[card]
    assert studied == planned


def test_cards_not_yet_due_wait():
    assert queue(review(1, due_on=TOMORROW)).reason is EndReason.NOTHING_DUE
    assert order(review(1, due_on=TODAY), review(2, due_on=YESTERDAY)) == [1, 2]


def test_a_step_that_crossed_rollover_is_due_all_day_but_not_before():
    assert order(learning(1, None), learning(2, None, due_on=TOMORROW)) == [1]


def test_suspended_and_buried_cards_are_left_out():
    rows = [review(1, suspended=True), new(2, suspended=True), learning(3, -1, buried_until=TOMORROW), new(4)]
    assert order(*rows) == [4]
    assert order(review(1, buried_until=TODAY)) == [1]


def test_learn_ahead_comes_only_when_nothing_else_is_left():
    assert order(learning(1, 15), review(2), learning(3, 20), learning(4, 21)) == [2, 1, 3]
    assert order(learning(1, 15), learn_ahead_minutes=10) == []


def test_daily_limits_hold_per_deck():
    rows = [
        *[review(card) for card in range(1, 6)],
        *[new(card) for card in range(11, 16)],
        *[new(card, deck_id=2) for card in range(21, 26)],
    ]
    limits = {DECK: Limit(new_per_day=3, reviews_per_day=4, new_done=1, reviews_done=2)}
    found = queue(*rows, limits=limits)
    assert found.counts == Counts(learning=0, review=2, new=7)
    assert found.held_back == HeldBack(review_limit=3, new_limit=3, review_siblings=0, new_siblings=0)
    assert sorted(found.order) == [1, 2, 11, 12, 21, 22, 23, 24, 25]


def test_a_deck_has_twenty_new_cards_and_two_hundred_reviews_a_day_by_default():
    found = queue(*map(review, range(1, 301)), *map(new, range(1_001, 1_101)))
    assert found.counts == Counts(learning=0, review=200, new=20)


def test_a_limit_already_exceeded_lets_nothing_through():
    rows = [*map(review, range(1, 11)), *map(new, range(11, 21))]
    assert order(*rows, limits={DECK: Limit(5, 5, new_done=7, reviews_done=7)}) == []


def test_learning_cards_are_not_limited():
    assert order(learning(1, -1), limits={DECK: Limit(0, 0)}) == [1]


def test_siblings_do_not_come_on_the_same_day():
    found = queue(review(1, fact=7), review(2, fact=7, stability=3), new(3, fact=7), new(4, fact=8), new(5, fact=8))
    assert sorted(found.order) == [2, 4]
    assert (found.held_back.review_siblings, found.held_back.new_siblings) == (1, 2)
    assert found.held_back.siblings == 3


def test_cards_of_a_fact_seen_today_wait_but_not_in_learning():
    rows = [review(1, fact=7), new(2, fact=7), learning(3, -1, fact=7), learning(4, -2, fact=7)]
    assert order(*rows, seen_facts={7}) == [4, 3]


def test_cards_of_a_fact_in_learning_today_wait():
    assert order(learning(1, 50, fact=7), new(2, fact=7), review(3, fact=7)) == []


def test_a_card_brought_back_on_the_day_it_was_answered_is_not_its_own_sibling():
    assert order(review(1, fact=7, last_study_day=TODAY), new(2, fact=7), seen_facts={7}) == [1]


def test_a_sibling_held_back_by_the_limit_does_not_block_a_new_card():
    assert order(review(1, fact=7), new(2, fact=7), limits={DECK: Limit(reviews_per_day=0)}) == [2]


def test_siblings_may_come_together_when_spacing_is_off():
    assert sorted(order(review(1, fact=7), new(2, fact=7), seen_facts={7}, space_siblings=False)) == [1, 2]


@pytest.mark.parametrize(
    ("rows", "limit", "reason"),
    [
        ([], Limit(), EndReason.NOTHING_DUE),
        ([review(1, due_on=TOMORROW)], Limit(), EndReason.NOTHING_DUE),
        ([review(1), new(2)], Limit(0, 0), EndReason.REVIEW_LIMIT),
        ([new(2)], Limit(20, 200, 20, 5), EndReason.NEW_LIMIT),
        ([new(2, fact=7)], Limit(), EndReason.SIBLINGS),
        ([new(2, fact=7), learning(1, 40)], Limit(), EndReason.LEARNING_LATER),
    ],
)
def test_an_empty_queue_says_why(rows, limit, reason):
    found = queue(*rows, limits={DECK: limit}, seen_facts=[7])
    assert found.next_id is None
    assert found.reason is reason


def test_a_queue_with_cards_has_no_reason_to_end():
    found = queue(new(1))
    assert (found.next_id, found.reason) == (1, None)


def test_the_next_learning_card_beyond_learn_ahead_is_announced_in_whole_minutes():
    found = queue(learning(1, 40.2), learning(2, 90))
    assert found.next_learning_at == NOW + timedelta(minutes=40.2)
    assert found.wait_minutes(NOW) == 41
    assert queue(learning(1, 10)).wait_minutes(NOW) is None


def test_minutes_left_are_rounded_up_and_new_cards_take_two_answers():
    assert minutes_left(Counts(learning=2, review=10, new=4), seconds_per_answer=9) == 3
    assert minutes_left(Counts(0, 0, 0), 9) == 0
    assert minutes_left(Counts(0, 1, 0), 1) == 1


days_ago = st.integers(-2, 40).map(lambda days: TODAY - timedelta(days=days))
some_rows = st.lists(
    st.builds(
        lambda make, fact, deck, **fields: (make, {"fact": fact, "deck_id": deck, **fields}),
        st.sampled_from([new, review, lambda card, **fields: learning(card, -card, **fields)]),
        st.integers(1, 12),
        st.integers(1, 2),
        suspended=st.booleans(),
        position=st.integers(1, 5),
        buried_until=st.one_of(st.none(), days_ago),
    ),
    max_size=25,
).map(lambda drafts: [make(card, **fields) for card, (make, fields) in enumerate(drafts, start=1)])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(some_rows, st.integers(0, 5), st.integers(0, 5), st.integers(0, 100))
def test_every_queue_keeps_the_rules_whatever_the_order_of_its_rows(rows, new_limit, review_limit, seed):
    limits = {deck: Limit(new_limit, review_limit) for deck in (1, 2)}
    found = queue(*rows, limits=limits)
    shuffled = sorted(rows, key=lambda row: Random(f"{seed}/{row.card_id}").random())
    assert order(*shuffled, limits=limits) == list(found.order)
    by_id = {row.card_id: row for row in rows}
    chosen = [by_id[card] for card in list(found.order)]
    assert len(set(chosen)) == len(chosen) == found.counts.learning + found.counts.review + found.counts.new
    assert not any(row.suspended or (row.buried_until or TODAY) > TODAY for row in chosen)
    spaced = [row for row in chosen if row.phase != Phase.LEARNING]
    facts = [row.fact_id for row in spaced]
    assert len(set(facts)) == len(facts)
    assert not {row.fact_id for row in chosen if row.phase == Phase.LEARNING} & set(facts)
    for deck in (1, 2):
        phases = [row.phase for row in spaced if row.deck_id == deck]
        assert phases.count(Phase.NEW) <= new_limit
        assert phases.count(Phase.REVIEW) <= review_limit


def test_cards_asked_first_come_before_all_and_count_as_reviews_where_they_were_not_in_it():
    before = queue(review(1), review(2))
    after = asked_first(before, [7, 2])
    assert after.order == (7, 2, 1)
    assert after.counts.review == before.counts.review + 1
    assert asked_first(before, []) is before


def test_a_queue_with_a_card_asked_first_has_no_reason_to_end():
    assert queue().reason is EndReason.NOTHING_DUE
    after = asked_first(queue(), [7])
    assert (after.order, after.next_id, after.reason, after.counts.review) == ((7,), 7, None, 1)
