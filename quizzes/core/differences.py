"""Two texts compared word by word, for whoever reads what was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and what became of it."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: of the first what stayed and what is gone, of the second what stayed and what is new.

    The pieces of each joined are the text itself. Words are compared whole; white space between changed words belongs
    to the change.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        left.append(Piece(Change.SAME if same else Change.GONE, "".join(old[one:two])))
        right.append(Piece(Change.SAME if same else Change.NEW, "".join(new[three:four])))
    return tuple(_joined(left)), tuple(_joined(right))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind made one; a space alone between two changes is part of them."""
    kept: list[Piece] = []
    for at, piece in enumerate(pieces):
        if not piece.text:
            continue
        between = piece.change is Change.SAME and not piece.text.strip() and 0 < at < len(pieces) - 1 and kept
        change = kept[-1].change if between else piece.change
        if kept and kept[-1].change is change:
            kept[-1] = Piece(change, kept[-1].text + piece.text)
        else:
            kept.append(Piece(change, piece.text))
    yield from kept
