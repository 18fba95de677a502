from datetime import date, timedelta
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.forecasting import Forecaster
from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, retrievability
from quizzes.core.standing import (
    Age,
    CardRow,
    by_group,
    count_ages,
    expected_recalled,
    forecast,
    hardest,
    standing,
)

TODAY = date(2026, 3, 10)


def day(ahead):
    return None if ahead is None else TODAY + timedelta(days=ahead)


def row(card_id=1, group=0, phase="review", **fields):
    plain = {
        "stability": 10.0,
        "last": -5,
        "due": 0,
        "interval": 5.0,
        "reps": 4,
        "lapses": 0,
        "suspended": False,
        "buried": None,
    }
    f = {**plain, "suspended": False, "buried": None, "flag": 0, **fields}
    if phase == "new":
        f |= {"stability": None, "last": None, "due": None, "interval": None}
    return CardRow(
        card_id, group, phase, f["stability"], day(f["last"]), day(f["due"]), f["interval"],
        f["reps"], f["lapses"], f["suspended"], day(f["buried"]), f["flag"],
    )  # fmt: skip


def stand(*rows):
    return standing(rows, today=TODAY, forecaster=Forecaster())


rows = st.lists(
    st.builds(
        row,
        card_id=st.integers(1, 99),
        group=st.integers(0, 3),
        phase=st.sampled_from(["new", "learning", "review", "relearning"]),
        stability=st.floats(0.1, 1000),
        last=st.integers(-300, 0),
        due=st.integers(-20, 40),
        interval=st.sampled_from([0.0, 1.0, 20.0, 21.0, 90.0]),
        lapses=st.integers(0, 9),
        suspended=st.booleans(),
        buried=st.sampled_from([None, -3, 0, 1]),
        flag=st.integers(0, 1),
    ),
    max_size=30,
    unique_by=lambda found: found.card_id,
)


@given(rows)
def test_recall_is_what_the_memory_model_predicts_today_or_tomorrow_where_answered_today(found):
    for one, recall in zip(found, stand(*found).recall.tolist(), strict=True):
        if one.phase != "review":
            assert isnan(recall)
        else:
            elapsed = max(1, (TODAY - one.last_study_day).days)
            assert recall == pytest.approx(retrievability(Memory(one.stability, 5.0), elapsed, DEFAULT_PARAMETERS))


@given(rows)
def test_the_forecast_is_what_counting_by_hand_gives(found):
    ahead, over = [0] * 14, 0
    for one in found:
        if one.suspended or one.due_on is None:
            continue
        comes = max(one.due_on, one.buried_until) if one.buried_until and one.buried_until > TODAY else one.due_on
        over += comes < TODAY
        if 0 <= (comes - TODAY).days < 14:
            ahead[(comes - TODAY).days] += 1
    plan = forecast(stand(*found), today=TODAY, days=14)
    assert (plan.overdue, plan.due) == (over, tuple(ahead))
    assert plan.today == over + ahead[0]


def test_what_is_buried_waits_until_its_day_and_what_is_suspended_never_comes():
    cards = stand(row(1, due=-3, buried=1), row(2, suspended=True), row(3, phase="new"))
    assert forecast(cards, today=TODAY, days=3).due == (0, 1, 0)
    assert cards.buried.tolist() == [True, False, False]


def test_ages_go_by_phase_and_by_an_interval_of_21_days():
    found = [row(1, phase="new"), row(2, phase="learning"), row(3, phase="relearning"), row(4, interval=20.9)]
    cards = stand(*found, row(5, interval=21.0), row(6, interval=90.0, suspended=True))
    assert count_ages(cards) == {Age.UNMET: 1, Age.LEARNING: 2, Age.YOUNG: 1, Age.MATURE: 1}


def test_groups_tell_of_the_cards_that_have_been_met():
    cards = stand(row(1, 7, stability=2.0), row(2, 7, stability=8.0), row(3, 7, phase="new"), row(4, 8, phase="new"))
    (group,) = by_group(cards)
    assert (group.group, group.learned, group.learning, group.stability_days) == (7, 2, 0, 5.0)
    assert group.recall == pytest.approx(cards.recall[:2].mean())
    assert expected_recalled(cards) == pytest.approx(cards.recall[:2].sum())


def test_cards_in_learning_are_told_apart_and_predict_nothing():
    cards = stand(row(1, 7, last=0), row(2, 7, phase="learning", last=0), row(3, 8, phase="relearning", last=-3))
    first, second = by_group(cards)
    assert (first.learned, first.learning) == (1, 1)
    assert first.recall == pytest.approx(retrievability(Memory(10.0, 5.0), 1, DEFAULT_PARAMETERS))
    assert (second.learned, second.learning, second.recall, second.stability_days) == (0, 1, None, None)
    assert expected_recalled(cards) == pytest.approx(first.recall)
    assert cards.answered_today.tolist() == [True, True, False]


def test_the_hardest_are_those_forgotten_most_then_those_fading_most():
    cards = stand(row(1, lapses=2), row(2, lapses=5), row(3, lapses=2, last=-50), row(4), row(5, phase="new", lapses=9))
    assert cards.card_id[hardest(cards, most=9)].tolist() == [2, 3, 1]
    assert cards.card_id[hardest(cards, most=1)].tolist() == [2]


def test_a_leech_has_been_forgotten_eight_times():
    assert stand(row(1, lapses=7), row(2, lapses=8)).leech.tolist() == [False, True]


def test_nobody_has_cards_at_first():
    cards = stand()
    assert forecast(cards, today=TODAY, days=2).due == (0, 0)
    assert (by_group(cards), expected_recalled(cards), hardest(cards, most=3).tolist()) == ([], 0.0, [])
