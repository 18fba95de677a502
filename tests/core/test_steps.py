import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.phases import Config
from quizzes.core.steps import LONGEST_DAYS, StepError, StepFault, parse_steps, show_steps


@pytest.mark.parametrize(("text", "minutes"), [
    ("1m 10m", (1, 10)),
    ("1m 10m 1h 1d", (1, 10, 60, 1440)),
    ("  1   10 ", (1, 10)),
    ("30s, 5 min, 2 hours", (0.5, 5, 120)),
    ("1M;2H", (1, 120)),
    ("1.5h", (90,)),
    ("30d", (43_200,)),
    ("", ()),
    (" ", ()),
])  # fmt: skip
def test_steps_are_read_as_minutes(text, minutes):
    assert parse_steps(text) == minutes
    assert Config(learning_steps=parse_steps(text)).learning_steps == minutes


@pytest.mark.parametrize(("text", "fault", "place", "before"), [
    ("1m soon", StepFault.UNREADABLE, "soon", ""),
    ("1m 10x", StepFault.UNREADABLE, "10x", ""),
    ("-1m", StepFault.UNREADABLE, "-1m", ""),
    ("1/2h", StepFault.UNREADABLE, "1/2h", ""),
    ("nan", StepFault.UNREADABLE, "nan", ""),
    ("²m", StepFault.UNREADABLE, "²m", ""),
    ("0m 1m", StepFault.NOTHING, "0m", ""),
    ("31d", StepFault.TOO_LONG, "31d", ""),
    ("999999h", StepFault.TOO_LONG, "999999h", ""),
    ("10m 1m", StepFault.NOT_RISING, "1m", "10m"),
    ("60m 1h", StepFault.NOT_RISING, "1h", "60m"),
    ("1 2 3 4 5 6 7 8 9 10 11", StepFault.TOO_MANY, "11", ""),
])  # fmt: skip
def test_steps_that_cannot_be_used_name_the_piece_to_blame(text, fault, place, before):
    with pytest.raises(StepError) as error:
        parse_steps(text)
    assert (error.value.fault, error.value.place, error.value.before) == (fault, place, before)


@pytest.mark.parametrize(("minutes", "text"), [
    ((1, 10, 60, 1440), "1m 10m 1h 1d"),
    ((0.5, 90), "30s 90m"),
    ((1440 * 3,), "3d"),
    ((), ""),
])  # fmt: skip
def test_steps_are_shown_in_the_largest_unit_that_fits(minutes, text):
    assert show_steps(minutes) == text


@given(st.lists(st.integers(1, LONGEST_DAYS * 1440 * 60), max_size=10, unique=True))
def test_what_is_shown_is_read_as_the_same_steps(seconds):
    steps = parse_steps(" ".join(f"{one / 60:.3f}m" for one in sorted(seconds) if one % 60 == 0))
    assert parse_steps(show_steps(steps)) == steps


@given(st.integers(1, 999_999))
def test_seconds_survive_showing_and_reading(seconds):
    steps = parse_steps(f"{seconds}s")
    assert parse_steps(show_steps(steps)) == pytest.approx(steps, rel=1e-6)
