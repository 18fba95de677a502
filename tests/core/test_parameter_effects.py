from dataclasses import replace

import pytest

from quizzes.core.memory import DEFAULT_PARAMETERS, interval_days, next_memory, retrievability
from quizzes.core.parameter_effects import course, differs, forgetting
from quizzes.core.phases import DEFAULT_CONFIG


def with_parameter(place, value, config=DEFAULT_CONFIG):
    return replace(config, parameters=(*DEFAULT_PARAMETERS[:place], value, *DEFAULT_PARAMETERS[place + 1 :]))


def test_a_card_answered_right_on_time_waits_as_the_formulas_say():
    memory = next_memory(next_memory(None, 3, 0, DEFAULT_PARAMETERS), 3, 0, DEFAULT_PARAMETERS)
    found = course(DEFAULT_CONFIG)
    assert found.learned == memory
    waits = []
    for _answer in range(4):
        waits.append(round(interval_days(memory.stability, 0.9, DEFAULT_PARAMETERS)))
        memory = next_memory(memory, 3, waits[-1], DEFAULT_PARAMETERS)
    assert (found.first_days, *found.right_days) == tuple(waits)
    assert sorted(waits) == waits


def test_a_card_forgotten_comes_back_sooner_than_after_the_answer_before():
    found = course(DEFAULT_CONFIG)
    assert 1 <= found.lapse_days < found.right_days[1]
    assert found.days == (found.first_days, *found.right_days, found.lapse_days)


def test_without_steps_one_answer_is_the_first_day():
    config = replace(DEFAULT_CONFIG, learning_steps=(), relearning_steps=())
    assert course(config).learned == next_memory(None, 3, 0, DEFAULT_PARAMETERS)


def test_a_higher_aim_and_a_maximum_bring_cards_back_sooner():
    low, high = (course(replace(DEFAULT_CONFIG, desired_retention=aim)) for aim in (0.8, 0.97))
    assert all(one > other for one, other in zip(low.days, high.days, strict=True))
    assert max(course(replace(DEFAULT_CONFIG, maximum_interval_days=20)).days) == 20
    assert min(course(replace(DEFAULT_CONFIG, desired_retention=0.99)).days) >= 1


def test_parameters_that_no_date_shows_do_not_differ():
    now = course(DEFAULT_CONFIG)
    assert not differs(now, course(with_parameter(16, 1.9)))
    assert differs(now, course(with_parameter(2, 5.0)))


def test_forgetting_is_the_model_s_curve():
    memory = course(DEFAULT_CONFIG).learned
    points = forgetting(memory, [0, 7, 30], DEFAULT_PARAMETERS)
    assert points == [(day, pytest.approx(retrievability(memory, day, DEFAULT_PARAMETERS))) for day in (0, 7, 30)]
    assert points[0][1] == 1
