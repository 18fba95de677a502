import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.differences import Change, differences


def marked(pieces):
    signs = {Change.SAME: "", Change.GONE: "-", Change.NEW: "+"}
    return [signs[piece.change] + piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("to build bridges", "to build towers", ["to build ", "-bridges"], ["to build ", "+towers"]),
        ("", "to build", [], ["+to build"]),
        ("one two", "one two", ["one two"], ["one two"]),
        ("a red big house", "a green small house", ["a ", "-red big", " house"], ["a ", "+green small", " house"]),
        ("steel\niron", "steel\ncast iron", ["steel\niron"], ["steel\n", "+cast ", "iron"]),
        ("hyper", "hypo", ["-hyper"], ["+hypo"]),
    ],
)
def test_words_that_differ_are_marked_whole(before, after, left, right):
    assert tuple(map(marked, differences(before, after))) == (left, right)


@given(st.text(), st.text())
def test_the_pieces_of_each_side_are_its_text(before, after):
    left, right = differences(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert {piece.change for piece in left} <= {Change.SAME, Change.GONE}
    assert {piece.change for piece in right} <= {Change.SAME, Change.NEW}
