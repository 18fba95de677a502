"""How near a typed answer comes to a phrase, and whether a misspelling is an honest one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz.distance import OSA

from quizzes.core.lookalikes import differ_in_meaning
from quizzes.core.spelling import Accents, compare_accents, without_accents, without_points
from quizzes.core.writings import Writing

LITERAL, RESPACED, RESPELT, UNACCENTED = range(4)
"""How near an answer comes to a phrase; each misspelt letter adds one to the last."""

TOLERANCES = ((4, 0), (7, 1))
"""Up to so many letters, so many misspelt; in longer phrases LONG_TOLERANCE."""

LONG_TOLERANCE = 2
SHORT_WORD = 4
"""Of a word up to so long within a phrase, only one letter may be misspelt."""

_ROMAN = re.compile(r"[ivx]{2,}")
_DENSE_SCRIPT = re.compile("[\u0590-\u06ff\u3040-\u30ff\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def nearness(ours: Writing, theirs: Writing) -> int:
    """LITERAL to UNACCENTED if the answer says the phrase, else UNACCENTED plus the letters misspelt (at least one)."""
    if ours.literal and ours.literal == theirs.literal:
        return LITERAL
    if ours.numbers == theirs.numbers:
        if ours.joined == theirs.joined:
            return RESPACED
        accents = compare_accents(ours.key, theirs.key)
        if accents is Accents.SAME:
            return RESPELT
        if accents is Accents.LEFT_OUT and len(ours.key) > 1:
            return UNACCENTED
    return UNACCENTED + max(1, min(_distances(ours, theirs)))


def _distances(ours: Writing, theirs: Writing) -> tuple[int, int]:
    """The optimal string alignment distance in one spelling, and as written: a misspelt word may be respelt in vain."""
    respelt = OSA.distance(*_equally_accented("".join(ours.spelt), "".join(theirs.spelt)))
    return respelt, OSA.distance(*_equally_accented(ours.joined, theirs.joined)) if respelt else 0


def _equally_accented(answer: str, text: str) -> tuple[str, str]:
    """Both without accents if the answer has none, and without points if the text has none."""
    if without_accents(answer) == answer:
        return answer, without_accents(text)
    return (without_points(answer), text) if without_points(text) == text else (answer, text)


def is_tolerable(ours: Writing, theirs: Writing) -> bool:
    """Whether the answer is an honest misspelling of the phrase.

    Few letters for its length, the first one right; figures, signs and single letters exact; no word turned into one of
    another meaning. Dense scripts allow one letter less, Chinese characters none.
    """
    respelt, written = _distances(ours, theirs)
    distance = min(respelt, written)
    if distance > LONG_TOLERANCE or distance > _tolerance(theirs.joined):
        return False
    answer, text = (ours.spelt, theirs.spelt) if respelt <= written else (ours.said, theirs.said)
    return (
        _fixed_words(ours) == _fixed_words(theirs)
        and without_accents(answer[0])[:1] == without_accents(text[0])[:1]
        and all(_is_misspelling(*pair) for pair in _pairs(answer, text))
    )


def _tolerance(text: str) -> int:
    if _HAN.search(text):
        return 0
    letters = sum(map(str.isalpha, text))
    allowed = next((errors for size, errors in TOLERANCES if letters <= size), LONG_TOLERANCE)
    return max(0, allowed - bool(_DENSE_SCRIPT.search(text)))


def _fixed_words(form: Writing) -> list[str]:
    """The words in which every sign counts: single letters, figures, formulas, Roman numerals."""
    return [word for word in form.said if len(word) == 1 or not _is_lettered(word) or _ROMAN.fullmatch(word)]


def _is_lettered(word: str) -> bool:
    return all(unicodedata.category(letter)[0] in "LM" for letter in word)


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words that differ, one by one if they are as many, else run together."""
    if len(ours) == len(theirs):
        return ((a, b) for a, b in zip(ours, theirs, strict=True) if a != b)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
    ours, theirs = ours[start:], theirs[start:]
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours[::-1], theirs[::-1], strict=False)))
    return iter([("".join(ours[: len(ours) - end]), "".join(theirs[: len(theirs) - end]))])


def _is_misspelling(answer: str, text: str) -> bool:
    answer, text = _equally_accented(answer, text)
    if answer == text:
        return True
    short = min(len(answer), len(text)) <= SHORT_WORD
    return not (short and OSA.distance(answer, text) > 1) and not differ_in_meaning(text, answer)
