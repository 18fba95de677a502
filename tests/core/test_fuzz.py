from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.core.fuzz import choose_days, fuzz_window, roll

TODAY = date(2026, 3, 2)
WEEK = fuzz_window(7, 1, 36_500)
THROWS = [(i + 0.5) / 1_000 for i in range(1_000)]


@pytest.mark.parametrize(
    ("interval", "first", "last"),
    [(1, 1, 1), (2.4, 2, 2), (2.5, 2, 4), (7, 5, 9), (20, 17, 23), (30, 27, 33), (100, 93, 107)],
)
def test_the_window_widens_with_the_interval(interval, first, last):
    window = fuzz_window(interval, 1, 36_500)
    assert (window[0], window[-1]) == (first, last)


@pytest.mark.parametrize(
    ("interval", "lowest", "highest", "first", "last"),
    [(0.01, 1, 36_500, 1, 1), (30, 31, 36_500, 31, 35), (30, 1, 28, 25, 28), (3, 10, 36_500, 10, 12), (7, 9, 5, 5, 5)],
)
def test_the_window_stays_within_its_limits(interval, lowest, highest, first, last):
    window = fuzz_window(interval, lowest, highest)
    assert (window[0], window[-1]) == (first, last)


@given(st.floats(0.001, 40_000), st.integers(1, 40_000), st.integers(1, 36_500))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_window_is_never_empty_nor_below_a_day_nor_above_the_maximum(interval, lowest, highest):
    window = fuzz_window(interval, lowest, highest)
    assert len(window) > 0
    assert 1 <= window[0] <= window[-1] <= highest


def test_all_days_of_a_window_are_equally_likely_without_load():
    chosen = [choose_days(WEEK, throw, TODAY, {}, ()) for throw in THROWS]
    assert [chosen.count(days) for days in WEEK] == [200] * 5


def test_an_even_load_changes_nothing():
    load = {TODAY + timedelta(days=days): 7 for days in WEEK}
    chosen = [choose_days(WEEK, throw, TODAY, load, ()) for throw in THROWS]
    assert chosen == [choose_days(WEEK, throw, TODAY, {}, ()) for throw in THROWS]


def test_light_days_are_preferred():
    load = {TODAY + timedelta(days=days): 30 for days in WEEK if days != 8}
    chosen = [choose_days(WEEK, throw, TODAY, load, ()) for throw in THROWS]
    assert chosen.count(8) > 900


def test_days_on_and_beside_a_siblings_are_avoided():
    siblings = {TODAY + timedelta(days=6)}
    chosen = [choose_days(WEEK, throw, TODAY, {}, siblings) for throw in THROWS]
    assert chosen.count(6) <= 1
    assert chosen.count(5) + chosen.count(7) < 100


def test_a_window_full_of_siblings_still_gives_a_day():
    siblings = [TODAY + timedelta(days=days) for days in range(30)]
    assert choose_days(WEEK, 0.999999, TODAY, {}, siblings) == 9


def test_a_throw_at_the_very_end_gives_the_last_day():
    assert choose_days(WEEK, 1.0, TODAY, {TODAY: 3}, ()) == 9


def test_a_seed_gives_the_same_throw_on_every_machine():
    assert roll("drugs/8/purpose_to_term/3") == 0.3753043023797399
