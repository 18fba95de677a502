"""Expected work against a simulation that goes card by card, with the scheduler's own memory, intervals and dice."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core import workload
from quizzes.core.fuzz import fuzz_window
from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, interval_days, next_memory, retrievability
from quizzes.core.workload import (
    LearnedCard,
    after_lapse,
    after_recall,
    after_relearning,
    fuzz_windows,
    newly_learned,
    next_difficulty,
)

DAYS = 90
KNOWN, FORGOTTEN = np.array([True]), np.array([False])


def expected_work(cards, **options):
    return workload.expected_work(cards, dice=Random("work"), **options)


def averaged(cards, retention, **options):
    """Answers a day and share known, over several throws of the dice."""
    found = [
        workload.expected_work(cards, dice=Random(f"work/{run}"), retentions=[retention], **options)[0]
        for run in range(12)
    ]
    return np.mean([one.answers_per_day for one in found]), np.mean([one.known_share for one in found])


def deck(size=150):
    """Cards of all ages, some overdue."""
    dice = Random("deck")
    return [
        LearnedCard(
            Memory(2.0 + 60 * dice.random() ** 3, 2 + 6 * dice.random()),
            waited_days=int(10 * dice.random()),
            due_in_days=int(25 * dice.random()) - 5,
        )
        for _card in range(size)
    ]


def lived(card, retention, dice, longest=36_500, relearning=1):
    """Answers of one card in the days to come, and the mean of its recall."""
    memory, last, due, answers, recalls = card.memory, -card.waited_days, card.due_in_days, 0, []
    for day in range(DAYS):
        if due <= day:
            answers += 1
            known = dice.random() < retrievability(memory, max(1, day - last), DEFAULT_PARAMETERS)
            memory = next_memory(memory, 3 if known else 1, max(1, day - last), DEFAULT_PARAMETERS)
            for _step in range(0 if known else relearning):
                answers += 1
                memory = next_memory(memory, 3, 0, DEFAULT_PARAMETERS)
            window = fuzz_window(interval_days(memory.stability, retention, DEFAULT_PARAMETERS), 1, longest)
            last, due = day, day + window[int(dice.random() * len(window))]
        recalls.append(retrievability(memory, day - last, DEFAULT_PARAMETERS))
    return answers, sum(recalls) / DAYS


def simulated(cards, retention, runs=40, **options):
    dice = Random(f"lives/{retention}")
    lives = [lived(card, retention, dice, **options) for _run in range(runs) for card in cards]
    return sum(one[0] for one in lives) / runs / DAYS, sum(one[1] for one in lives) / len(lives)


@pytest.mark.parametrize("retention", [0.7, 0.8, 0.9, 0.95, 0.99])
def test_work_is_what_a_simulation_card_by_card_gives(retention):
    answers, known = averaged(deck(), retention)
    expected_answers, expected_known = simulated(deck(), retention)
    assert answers == pytest.approx(expected_answers, rel=0.04)
    assert known == pytest.approx(expected_known, abs=0.006)


@pytest.mark.parametrize("options", [{"longest": 5}, {"relearning": 3}, {"relearning": 0}])
def test_the_other_settings_count_as_in_the_simulation(options):
    names = {"longest": "maximum_interval_days", "relearning": "relearning_steps"}
    answers, _known = averaged(deck(), 0.85, **{names[name]: value for name, value in options.items()})
    assert answers == pytest.approx(simulated(deck(), 0.85, **options)[0], rel=0.04)


def test_more_retention_costs_more_answers_and_more_is_known():
    work = expected_work(deck(400))
    assert [round(one.retention, 2) for one in work] == [percent / 100 for percent in range(70, 100)]
    for lower, higher in zip(work[::4], work[4::4], strict=False):
        assert lower.answers_per_day < higher.answers_per_day
        assert lower.known_share < higher.known_share < 1


def test_twice_the_cards_are_twice_the_work():
    once, twice = expected_work(deck(100)), expected_work(deck(100) * 2)
    for one, two in zip(once, twice, strict=True):
        assert two.answers_per_day == pytest.approx(2 * one.answers_per_day, rel=0.05)


def test_no_cards_are_no_work():
    assert [(work.answers_per_day, work.known_share) for work in expected_work([], retentions=[0.9])] == [(0, 0)]


def test_one_card_counts_as_much_as_it_does_on_average():
    card = LearnedCard(Memory(5.0, 5.0), 0, 5)
    assert averaged([card], 0.9)[0] == pytest.approx(simulated([card], 0.9, runs=4_000)[0], rel=0.04)


def test_a_card_that_is_not_due_in_time_takes_no_answer():
    far = [LearnedCard(Memory(400.0, 5.0), 0, 91)]
    assert expected_work(far, retentions=[0.9])[0].answers_per_day == 0


def test_without_history_there_are_cards_just_learned():
    cards = newly_learned(100)
    assert len(cards) == 100
    assert cards[0].memory == next_memory(None, 3, 0, DEFAULT_PARAMETERS)
    assert averaged(cards, 0.9)[0] == pytest.approx(simulated(cards, 0.9)[0], rel=0.04)


@pytest.mark.parametrize("retention", [0.69, 1.0])
def test_a_retention_out_of_range_is_refused(retention):
    with pytest.raises(ValueError, match="desired retention"):
        expected_work(deck(1), retentions=[retention])


@given(st.floats(0.01, 3_000), st.floats(1, 10), st.floats(1, 400))
def test_memories_move_as_in_the_memory_model(stability, difficulty, elapsed):
    w, before = DEFAULT_PARAMETERS, Memory(stability, difficulty)
    s, d = np.array([stability]), np.array([difficulty])
    recall = np.array([retrievability(before, elapsed, w)])
    good, again = next_memory(before, 3, elapsed, w), next_memory(before, 1, elapsed, w)
    relearned = next_memory(again, 3, 0, w)
    assert after_recall(s, d, recall, w)[0] == pytest.approx(good.stability)
    assert after_lapse(s, d, recall, w)[0] == pytest.approx(again.stability)
    assert after_relearning(after_lapse(s, d, recall, w), w)[0] == pytest.approx(relearned.stability)
    assert next_difficulty(d, KNOWN, 1, w)[0] == pytest.approx(good.difficulty)
    assert next_difficulty(d, FORGOTTEN, 0, w)[0] == pytest.approx(again.difficulty)
    assert next_difficulty(d, FORGOTTEN, 1, w)[0] == pytest.approx(relearned.difficulty)


@given(st.floats(0.1, 5_000), st.integers(1, 400))
def test_intervals_spread_as_fuzz_spreads_them(exact, longest):
    window = fuzz_window(exact, 1, longest)
    lowest, highest = fuzz_windows(np.array([exact]), longest)
    assert (lowest[0], highest[0]) == (window[0], window[-1])
