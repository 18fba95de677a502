import itertools
from datetime import date, timedelta

import pytest

from quizzes.core.calibration import Weights
from quizzes.core.curves import Stretch, coming_curve, falls_below, past_curve, recall_on
from quizzes.core.forecasting import Forecaster
from quizzes.core.memory import DEFAULT_PARAMETERS, Memory, retrievability

TODAY = date(2026, 3, 10)
PLAIN = Forecaster()
FIRST = Stretch(TODAY - timedelta(days=20), Memory(4.0, 5.0))
LAST = Stretch(TODAY - timedelta(days=8), Memory(10.0, 5.0))


def test_the_past_falls_from_one_to_what_the_next_answer_met_and_rises_again():
    points = past_curve([FIRST, LAST], TODAY, PLAIN)
    assert points[0] == (-20.0, 1.0)
    assert points[-1] == (0.0, pytest.approx(retrievability(LAST.memory, 8, DEFAULT_PARAMETERS)))
    at_the_review = [recall for day, recall in points if day == -8.0]
    assert at_the_review == [pytest.approx(retrievability(FIRST.memory, 12, DEFAULT_PARAMETERS)), 1.0]
    assert [day for day, _recall in points] == sorted(day for day, _recall in points)


def test_what_is_to_come_goes_on_where_the_past_ends():
    ahead = coming_curve(LAST, TODAY, 30.0, PLAIN)
    assert ahead[0] == past_curve([FIRST, LAST], TODAY, PLAIN)[-1]
    assert ahead[-1] == (30.0, pytest.approx(retrievability(LAST.memory, 38, DEFAULT_PARAMETERS)))
    assert all(before[1] > after[1] for before, after in itertools.pairwise(ahead))


@pytest.mark.parametrize("target", [0.7, 0.85, 0.9, 0.97])
def test_it_falls_to_the_target_on_the_day_that_is_named(target):
    day = falls_below(LAST, target, TODAY, PLAIN)
    assert recall_on(LAST, day, TODAY, PLAIN) == pytest.approx(target)


def test_an_answer_of_today_is_one_point():
    today = Stretch(TODAY, Memory(3.0, 5.0))
    assert past_curve([today], TODAY, PLAIN) == [(0.0, 1.0)]


def test_the_day_of_the_aim_is_where_a_corrected_curve_meets_it():
    forgetful = Forecaster(weights=Weights(constant=-0.8, reps=0.2, days=-0.1))
    day = falls_below(LAST, 0.8, TODAY, forgetful)
    assert recall_on(LAST, day, TODAY, forgetful) == pytest.approx(0.8)
    assert day < falls_below(LAST, 0.8, TODAY, PLAIN)
