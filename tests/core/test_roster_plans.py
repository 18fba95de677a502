from dataclasses import replace

import pytest

from quizzes.core.roster_plans import Account, Known, Outcome, Place, Reason, plan_roster
from quizzes.core.rosters import Entry

ADA = Account(1, "Ada", number="A1", addresses=frozenset({"ada@example.org"}))
BEN = Account(2, "Ben", addresses=frozenset({"ben@example.org"}))


def known(*accounts, invited=()):
    return Known(
        {email: one for one in accounts for email in one.addresses},
        {one.number: one for one in accounts if one.number},
        invited,
    )


def plan(*entries, accounts=(ADA, BEN), invited=()):
    numbered = [replace(entry, line=line) for line, entry in enumerate(entries, start=2)]
    return plan_roster(numbered, known(*accounts, invited=invited))


def decided(*entries, **about):
    return [(line.outcome, line.reason) for line in plan(*entries, **about).lines]


def entry(email="", number="", **about):
    return Entry(0, email, number, **about)


def test_an_account_is_enrolled_by_address_or_by_number():
    lines = plan(entry("ben@example.org"), entry(number="A1")).lines
    assert [(line.outcome, line.account) for line in lines] == [(Outcome.ENROLLED, BEN), (Outcome.ENROLLED, ADA)]
    assert not any(line.sets_number or line.by_number for line in lines)


def test_a_number_is_set_where_there_is_none():
    assert [
        line.sets_number for line in plan(entry("ben@example.org", "B2"), entry("ada@example.org", "A1")).lines
    ] == [
        True,
        False,
    ]


def test_an_address_that_nobody_surely_has_is_invited_and_one_that_waits_stays_so():
    found = plan(entry("kim@example.org"), entry("lu@example.org"), invited={"lu@example.org"})
    assert [line.outcome for line in found.lines] == [Outcome.INVITED, Outcome.WAITING]


def test_a_number_beside_an_address_that_is_not_known_finds_its_owner_and_says_so():
    line = plan(entry("ada@home.example", "A1")).lines[0]
    assert (line.outcome, line.account, line.by_number) == (Outcome.ENROLLED, ADA, True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (entry(first_name="Kim"), Reason.NO_ADDRESS),
        (entry(number="X9"), Reason.UNKNOWN_NUMBER),
        (entry("kim@", is_address=False), Reason.MALFORMED),
        (entry("ben@example.org", "A1"), Reason.NUMBER_OF_ANOTHER),
        (entry("ada@example.org", "A2"), Reason.OTHER_NUMBER),
        (entry("kim@example.org", "1" * 101), Reason.NUMBER_TOO_LONG),
        (entry("kim@example.org", group="g" * 101), Reason.GROUP_TOO_LONG),
    ],
)
def test_a_faulty_row_is_refused_with_its_reason(row, reason):
    assert decided(row) == [(Outcome.REFUSED, reason)]


@pytest.mark.parametrize(
    ("account", "outcome", "reason"),
    [
        (replace(BEN, place=Place.STUDENT), Outcome.PRESENT, None),
        (replace(BEN, place=Place.LEFT), Outcome.ENROLLED, None),
        (replace(BEN, place=Place.TEACHES), Outcome.REFUSED, Reason.TEACHES),
        (replace(BEN, active=False), Outcome.REFUSED, Reason.CLOSED),
    ],
)
def test_it_matters_how_somebody_stands_to_the_class(account, outcome, reason):
    assert decided(entry("ben@example.org"), accounts=[account]) == [(outcome, reason)]


def test_of_rows_that_mean_the_same_person_the_first_counts():
    found = plan(
        entry("kim@example.org"), entry("kim@example.org"), entry("ada@example.org"), entry(number="A1"),
        entry("lu@example.org", "L1"), entry("mo@example.org", "L1"),
    )  # fmt: skip
    assert [line.outcome.value[:3] for line in found.lines] == ["inv", "ref", "enr", "ref", "inv", "ref"]
    refused = found.of(Outcome.REFUSED)
    assert [(line.reason, line.other_line) for line in refused] == [
        (Reason.REPEATED, 2),
        (Reason.REPEATED, 4),
        (Reason.NUMBER_REPEATED, 6),
    ]


def test_a_refused_row_does_not_bar_a_later_one():
    assert decided(entry("ada@example.org", "A2"), entry("ada@example.org"))[1] == (Outcome.ENROLLED, None)


def test_a_group_moves_only_those_who_are_not_in_it():
    there = replace(BEN, place=Place.STUDENT, group="monday")
    lines = plan(
        entry("ben@example.org", group="MONDAY"), entry("ada@example.org", group="Monday"), accounts=[there, ADA]
    )
    assert [line.moves for line in lines.lines] == [False, True]
    assert not plan(entry("ben@example.org", group="monday"), accounts=[there]).writes


def test_a_plan_that_changes_nobody_writes_nothing():
    there = replace(BEN, place=Place.STUDENT)
    assert not plan(entry("ben@example.org"), entry("x@", is_address=False), accounts=[there]).writes
    assert not plan(entry("kim@example.org"), invited={"kim@example.org"}).writes
    assert plan(entry("kim@example.org", group="B"), invited={"kim@example.org"}).writes
    assert plan(entry("ben@example.org", "B2"), accounts=[there]).writes


def test_the_version_changes_with_any_decision_and_with_nothing_else():
    rows = [entry("ben@example.org", "B2"), entry("kim@example.org")]
    first = plan(*rows).version
    assert plan(*rows).version == first
    assert plan(*rows, invited={"kim@example.org"}).version != first
    assert plan(*rows, accounts=[replace(BEN, number="B2"), ADA]).version != first
    assert plan(*rows, accounts=[replace(BEN, id=3), ADA]).version != first
    assert plan(*rows, accounts=[replace(BEN, name="Benjamin"), ADA]).version == first
