"""The pictures below were read back by an independent decoder when they were recorded."""

import hashlib

import pytest

from quizzes.formats.qr import qr_grid, qr_svg

LINK = "https://quiz.example.org/join/KQ7-MPX/"
READ_BACK = {
    14: "135046939ce593c4",
    40: "c659aa22bd37f008",
    120: "1e7a6f597062433b",
    150: "67be16bebc65fca8",
    213: "6f38a4f1b2bbed1c",
}


def fingerprint(grid):
    rows = "\n".join("".join(str(int(bit)) for bit in row) for row in grid)
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


@pytest.mark.parametrize("length", READ_BACK)
def test_a_code_is_the_one_that_was_read_back(length):
    assert fingerprint(qr_grid((LINK * 10)[:length])) == READ_BACK[length]


@pytest.mark.parametrize(
    ("length", "side"), [(14, 21), (15, 25), (42, 29), (62, 33), (84, 37), (106, 41), (122, 45), (152, 49), (213, 57)]
)
def test_a_code_is_as_small_as_its_text_allows(length, side):
    grid = qr_grid("x" * length)
    assert {len(grid), *map(len, grid)} == {side}


def test_another_text_is_another_code():
    assert qr_grid(LINK) != qr_grid(LINK.replace("KQ7", "KQ9"))


def test_a_text_too_long_gives_no_code():
    assert qr_grid("x" * 214) == []
    assert qr_svg("é" * 107) == ""


def test_the_drawing_has_a_quiet_border_and_a_square_for_each_dark_place():
    svg = qr_svg(LINK)
    assert 'viewBox="0 0 37 37"' in svg
    assert svg.count("h1v1h-1z") == sum(map(sum, qr_grid(LINK)))
    assert "M4 4h1v1h-1z" in svg
    assert "style" not in svg
