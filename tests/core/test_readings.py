import pytest

from quizzes.core.readings import (
    FacilityReading,
    Fit,
    Reading,
    is_near_chance,
    read_deviation,
    read_discrimination,
    read_efficiency,
    read_facility,
    read_mean,
    read_reliability,
    read_upper_lower,
)


@pytest.mark.parametrize(
    ("read", "steps"),
    [
        (read_discrimination, {-0.01: "alarm", 0.0: "weak", 0.19: "weak", 0.2: "fair", 0.29: "fair", 0.3: "good"}),
        (
            read_efficiency,
            {-1: "alarm", 0: "weak", 14.9: "weak", 15: "fair", 30: "good", 49.9: "good", 50: "very_good"},
        ),
        (read_upper_lower, {-0.1: "alarm", 0.1: "weak", 0.2: "fair", 0.3: "good", 0.39: "good", 0.4: "very_good"}),
        (read_reliability, {-0.2: "alarm", 0.69: "weak", 0.7: "good", 0.79: "good", 0.8: "very_good"}),
    ],
)
def test_figures_read_as_the_table_says(read, steps):
    assert {value: read(value) for value in steps} == {value: Reading(word) for value, word in steps.items()}


def test_facility_is_aimed_at_in_the_middle():
    steps = {0.29: "check_key", 0.3: "hard", 0.39: "hard", 0.4: "aim", 0.85: "aim", 0.86: "easy", 0.95: "easy"}
    assert {value: read_facility(value) for value in steps} == {k: FacilityReading(v) for k, v in steps.items()}
    assert read_facility(0.951) is FacilityReading.SAYS_LITTLE


def test_what_is_right_as_often_as_by_guessing_may_have_a_wrong_key():
    assert [read_facility(0.54, options) for options in (2, 3, 0)] == ["check_key", "aim", "aim"]
    assert [is_near_chance(value, 3) for value in (0.1, 0.38, 0.39)] == [True, True, False]
    assert not is_near_chance(0.0, 0)


def test_means_and_spreads_have_an_aim_between_two_ends():
    assert [read_mean(value) for value in (0.49, 0.5, 0.75, 0.76)] == [Fit.LOW, Fit.AIM, Fit.AIM, Fit.HIGH]
    assert [read_deviation(value) for value in (0.11, 0.12, 0.18, 0.19)] == [Fit.LOW, Fit.AIM, Fit.AIM, Fit.HIGH]
