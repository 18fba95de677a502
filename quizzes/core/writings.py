"""A phrase in the forms in which a typed answer is compared with it: signs and figures count, articles do not."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizzes.core.spelling import folded, plain_name
from quizzes.core.text import normalise

_SUPERSCRIPT = re.compile(r"(?<!\w)(\d+)(?=[⁻⁰¹²³⁴-⁹])")
_SIGNS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ـ", ""),  # Arabic tatweel only stretches a word
        (r"⁄", "/"),
        (r"!=", "≠"),
        (r"(?<![\w)])[-‐–](?=\.?\d)", "−"),
        (r"(?<=[^\W\d_])(\d*)\^", r"\1"),  # x^2 is x², but 10^2 is not 102
        (r"(?<!\w)([A-Za-z]{1,2}\d?)/(?=[A-Za-z]{1,2}\d?(?!\w))", r"\1÷"),  # m/s is not ms
        (r"(?<![\w.,])\.(?=\d)", "0."),
        (r"(?<=\d),(?=\d)", "."),
        (r"[(\[](\d+|[ivxIVX]+)[)\]]", r" \1 "),  # iron(III) oxide
    )
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,'’]\d{3})+(?!\d)")
_CHARGE = re.compile(r"(?<![^\s(\[])([A-Za-z]{1,3}|\S*\d\S*)[-‐](?=[\s)\]]*$)")
_GLOSS = re.compile(r"(?:(?<!\S)|(?<=[^\x00-\x7f]))[(\[]([^()\[\]]*)[)\]](?!\S)")
_PARTICLE = re.compile(r"\A\s*(?:the|an|to|a)\s+(?=\S)", re.IGNORECASE)
_AUTHORED_PARTICLE = re.compile(r"\A\s*(?:[Tt]he|[Aa]n|[Tt]o|a)\s+(?=\S)")  # the A of "A band" is its name
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_NUMBER = re.compile(r"\d+(?:[.:]\d+)*")
_ABBREVIATION_LETTERS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Writing:
    """One form of a phrase.

    `literal` is the phrase in normal form, empty for a form that it only allows, such as one without its article.
    `said` are the words, `spelt` the same in one spelling; `joined` and `key` are these two without spaces, the key
    with its numerals in digits, and `numbers` are all the figures.
    """

    literal: str
    said: tuple[str, ...]
    spelt: tuple[str, ...]
    joined: str
    key: str
    numbers: tuple[str, ...]


def forms_of_answer(answer: str) -> tuple[Writing, ...]:
    """The forms of what a student typed: as it stands, and without a leading article; none for white space."""
    text = _legible(answer)
    if not text.strip():
        return ()
    bare = _PARTICLE.sub("", text)
    whole = _writing(text, text)
    return (whole, _writing(bare)) if bare != text else (whole,)


@lru_cache(maxsize=16384)
def forms_of(phrase: str) -> tuple[Writing, ...]:
    """The forms in which an authored phrase is right: with and without gloss, abbreviated or written out.

    Remembered, since all names of a deck are compared with every answer.
    """
    text = _legible(phrase, authored=True)
    if not text.strip():
        return ()
    head, _ = split_gloss(text)
    said = (text, head, _legible(phrase)) if _is_prefix(text) else (text, head)
    found = [_writing(_AUTHORED_PARTICLE.sub("", part), part) for part in dict.fromkeys(said)]
    found += [_writing(_AUTHORED_PARTICLE.sub("", part)) for part in _allowed(text, head)]
    return tuple(dict.fromkeys(found))


def split_gloss(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without bracketed additions, and what they say; brackets inside a word or formula are no additions."""
    if not _GLOSS.search(text):
        return text, ()
    head = " ".join(_GLOSS.sub(" ", text).split())
    return (head, tuple(_GLOSS.findall(text))) if normalise(head) else (text, ())


def _legible(text: str, *, authored: bool = False) -> str:
    """The text with its signs and figures in one form, ready to be normalised."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text
    text = unicodedata.normalize("NFKC", _SUPERSCRIPT.sub(r"\1^", text))
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    for pattern, replacement in _SIGNS:
        text = pattern.sub(replacement, text)
    return text if authored and _is_prefix(text) else _CHARGE.sub(r"\1−", text)


def _is_prefix(text: str) -> bool:
    """Whether a hyphen at the end is a prefix's (re-) and no charge (Cl-)."""
    return text.endswith(("-", "‐")) and text[0].islower() and not any(map(str.isdigit, text))


def _writing(text: str, phrase: str = "") -> Writing:
    normal = _normal(text)
    literal = normal if phrase == text else _normal(phrase)
    words = normal.replace("&", " and ").split()
    said = tuple(word for word in words if word != "the") or tuple(words)
    spelt = tuple(map(folded, said))
    named = tuple(map(plain_name, spelt)) if len(spelt) > 1 else spelt
    numbers = tuple(_NUMBER.findall(" ".join(named)))
    return Writing(literal, said, spelt, "".join(said), "".join(named), numbers)


def _normal(text: str) -> str:
    """The normal form; text without letters and figures stands for its signs."""
    return normalise(text) if any(map(str.isalnum, text)) else "".join(text.casefold().split())


def _allowed(text: str, head: str) -> Iterator[str]:
    for gloss in split_gloss(text)[1]:
        if _abbreviates(gloss, head):
            yield gloss
        for word in head.split():
            if _abbreviates(word, gloss):
                yield from (gloss, word, head.replace(word, gloss))
    for part in (text, head):
        if part.translate(_UMLAUTS) != part:
            yield part.translate(_UMLAUTS)


def _abbreviates(short: str, long: str) -> bool:
    letters, source = ("".join(filter(str.isalnum, part)) for part in (short.removesuffix("s"), long))
    if len(letters) not in _ABBREVIATION_LETTERS or sum(map(str.isupper, letters)) < 2:
        return False
    rest = iter(source.casefold())
    return source[:1].casefold() == letters[0].casefold() and all(letter in rest for letter in letters.casefold())
