"""Whole quizzes by `manage.py bank`, with and without a blueprint."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import elements


@pytest.fixture(autouse=True)
def deck(db):
    return elements()


def bank(*arguments):
    """What the command prints, line by line as data, and what it says beside."""
    out, err = StringIO(), StringIO()
    call_command("bank", "elements", *arguments, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_quizzes_by_a_blueprint_have_what_it_asks_for():
    lines, said = bank("--quiz", "3", "--blueprint", "gases:any:mixed:2,uses:purpose_to_term:near:3", "--check")
    assert lines == []
    assert "No rule is broken." in said
    lines, _said = bank("--quiz", "3", "--blueprint", "gases:any:mixed:2,uses:purpose_to_term:near:3")
    for number in (1, 2, 3):
        asked = sorted((line["section"], line["direction"]) for line in lines if line["quiz"] == number)
        assert asked == [("gases", "membership")] * 2 + [("uses", "purpose_to_term")] * 3


def test_quizzes_without_one_come_from_anywhere():
    lines, _said = bank("--quiz", "1")
    assert {line["section"] for line in lines} == {"gases", "uses"}


def test_a_row_that_cannot_be_filled_fails_the_check():
    with pytest.raises(CommandError, match="2 broken rules"):
        bank("--quiz", "2", "--blueprint", "gases:any:mixed:5", "--check")


@pytest.mark.parametrize(
    "row", ["gases", "nowhere:any:mixed:2", "all:sideways:mixed:2", "all:any:warm:2", "all:any:far:0"]
)
def test_what_is_no_row_is_refused_with_what_there_is(row):
    with pytest.raises(CommandError, match="Sections: all, uses, gases"):
        bank("--quiz", "1", "--blueprint", row)
