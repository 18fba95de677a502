from random import Random

import pytest

from quizzes.core.join_codes import LENGTH, LETTERS, make_code, show_code, tidy_code


def below(seed):
    dice = Random(seed)
    return lambda n: int(dice.random() * n)


def test_no_letter_of_a_code_looks_like_another_or_spells_a_word():
    assert not set("0O1IL2Z5S8B6G") & set(LETTERS) - set("LZSBG")
    assert not set("AEIOU") & set(LETTERS)
    assert len(set(LETTERS)) == len(LETTERS) == 25


def test_a_code_is_drawn_letter_by_letter():
    assert make_code(lambda n: n - 1) == LETTERS[-1] * LENGTH
    codes = {make_code(below(seed)) for seed in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(LETTERS)


@pytest.mark.parametrize("typed", ["KQ7MPX", "kq7-mpx", " kq7 mpx\n", "K.Q.7–M.P.X", "ＫＱ７ｍｐｘ"])
def test_a_code_is_read_however_it_is_written(typed):
    assert tidy_code(typed) == "KQ7MPX"


def test_digits_that_no_code_has_are_read_as_the_letters_they_look_like():
    assert tidy_code("8652") == "BGSZ"
    assert not set("8652") & set(LETTERS)


def test_what_was_made_comes_back_from_what_was_shown():
    code = make_code(below("here"))
    assert tidy_code(show_code(code)) == code


def test_a_code_is_shown_in_two_groups():
    assert show_code("KQ7MPX") == "KQ7-MPX"
