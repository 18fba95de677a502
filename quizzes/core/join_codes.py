"""Codes by which students join a class: short, never a word, and no letter that is easily taken for another."""

import unicodedata
from collections.abc import Callable

LETTERS = "BCDFGHJKLMNPQRSTVWXYZ3479"
LENGTH, GROUP = 6, 3
_TAKEN_FOR = str.maketrans({"8": "B", "6": "G", "5": "S", "2": "Z"})


def make_code(below: Callable[[int], int]) -> str:
    """A code as it is kept; `below(n)` draws a whole number from 0 to n - 1 that nobody can foretell."""
    return "".join(LETTERS[below(len(LETTERS))] for _place in range(LENGTH))


def tidy_code(typed: str) -> str:
    """What was typed as it would be kept: capitals without spaces and dashes, look-alikes put right."""
    wide = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in wide if letter.isalnum()).translate(_TAKEN_FOR)


def show_code(code: str) -> str:
    """The code in groups, as people read it aloud: KQ7-MPX."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
