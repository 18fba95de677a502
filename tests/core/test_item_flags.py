"""What is flagged, and in which order."""

import pytest

from quizzes.core.distractor_table import OptionRow, Role
from quizzes.core.estimates import Estimate, Untold
from quizzes.core.item_flags import KINDS, Kind, Why, flags_of
from quizzes.core.item_statistics import ItemStatistics

FEW = Untold(20, 50)


def figures(facility=0.6, *, near=0.1, r=None, r_near=0.2):
    def around(value, half):
        return Estimate(value, 80, value - half, value + half)

    discrimination = FEW if r is None else around(r, r_near)
    return ItemStatistics(around(facility, near), discrimination, FEW, FEW)


def row(option, role, *, share=0.2, rest=0.5):
    return OptionRow(option, role, 80, 16, Estimate(share, 80, 0.0, 0.3), Estimate(rest, 16, 0.4, 0.6), 0.5)


def whys(*args, options=4, table=()):
    return [flag.why for flag in flags_of(*args, options=options, table=table)]


def test_a_good_item_has_no_flag():
    assert whys(figures(0.6, r=0.35), table=[row(0, Role.KEY), row(1, Role.FUNCTIONAL), row(2, Role.RARE)]) == []


def test_nothing_is_flagged_of_too_few_answers():
    untold = ItemStatistics(Untold(9, 10), FEW, FEW, FEW)
    assert whys(untold, table=[row(0, Role.KEY), row(1, Role.UNTOLD)]) == []


@pytest.mark.parametrize(
    ("facility", "options", "expected"),
    [
        (0.29, 4, [Why.LOW_FACILITY]),
        (0.30, 4, [Why.NEAR_CHANCE]),
        (0.31, 4, []),
        (0.38, 3, [Why.NEAR_CHANCE]),
        (0.52, 2, [Why.NEAR_CHANCE]),
        (0.52, 0, []),
        (0.29, 0, [Why.LOW_FACILITY]),
    ],
)
def test_hard_or_near_to_guessing_asks_for_a_look_at_the_key(facility, options, expected):
    assert whys(figures(facility), options=options) == expected


def test_too_easy_is_what_is_surely_very_easy():
    assert whys(figures(0.96, near=0.05)) == [Why.ALL_RIGHT]
    assert whys(figures(0.96, near=0.06)) == []
    assert whys(figures(0.95, near=0.01)) == []


def test_negative_discrimination_asks_for_the_key_only_where_it_is_sure():
    (sure,) = flags_of(figures(r=-0.25), options=4)
    assert (sure.why, sure.kind, sure.figure.value) == (Why.SURELY_NEGATIVE, Kind.CHECK_KEY, -0.25)
    (perhaps,) = flags_of(figures(r=-0.15), options=4)
    assert (perhaps.why, perhaps.kind) == (Why.NEGATIVE, Kind.NEGATIVE_DISCRIMINATION)
    assert whys(figures(r=0.0)) == []


def test_a_distractor_of_strong_students_accuses_the_key_and_a_dead_one_itself():
    table = [row(0, Role.KEY, rest=0.5), row(1, Role.DEAD, share=0.01), row(2, Role.STRONGER, rest=0.7)]
    strong, dead = flags_of(figures(), options=4, table=table)
    assert (strong.kind, strong.option, strong.figure.value, strong.against.value) == (Kind.CHECK_KEY, 2, 0.7, 0.5)
    assert (dead.kind, dead.option, dead.figure.value) == (Kind.DEAD_DISTRACTOR, 1, 0.01)


def test_the_gravest_stand_first():
    table = [row(0, Role.KEY), row(1, Role.DEAD, share=0.02), row(2, Role.STRONGER), row(3, Role.DEAD, share=0.0)]
    assert [(flag.why, flag.option) for flag in flags_of(figures(0.2, r=-0.3), options=4, table=table)] == [
        (Why.STRONGER_CHOOSERS, 2),
        (Why.SURELY_NEGATIVE, None),
        (Why.LOW_FACILITY, None),
        (Why.NEVER_CHOSEN, 3),
        (Why.NEVER_CHOSEN, 1),
    ]
    assert [KINDS[why] for why in Why] == sorted((KINDS[why] for why in Why), key=list(Kind).index)
    assert set(KINDS) == set(Why)
