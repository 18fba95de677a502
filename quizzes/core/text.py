"""Normal forms of text in any script: what counts as the same word, phrase or option. Nothing about facts."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

STOP_WORDS = frozenset(
    """
    a an the
    about above after against along among around as at before behind below beneath beside between beyond by despite
    down during except for from in inside into like near of off on onto out outside over per since than through
    throughout till to toward towards under until up upon via versus vs with within without
    and but if nor or so that though unless when where while because
    i you he she it its they them their we us our this these those such some any each both either neither other one
    who whom whose which what why how
    am is are was were be been being do does did done has have had having can could may might must shall should will
    would not no eg ie etc
    """.split()
)
"""Function words that carry no content: articles, prepositions, conjunctions, pronouns, auxiliaries, question words."""

ABSOLUTE_WORDS = frozenset("always never only all every none must cannot often usually may".split())
"""Words that test-takers read as signs of a wrong (or a right) option."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|（[^（）]*）|［[^［］]*］|【[^【】]*】|〔[^〔〕]*〕")
_BRACKET = re.compile(r"[()\[\]{}（）［］｛｝【】〔〕]")
_BRACKETS = str.maketrans("", "", "()[]{}（）［］｛｝【】〔〕")
_SPACED_PUNCTUATION = frozenset("/\\,;:|·•_~…!?¿¡،؛؟、。，；：！？・")
_KEPT_PUNCTUATION = frozenset("#%&@*")
_DECIMAL_MARKS = frozenset(".,:")
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x0F00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_LETTERS_PER_SPACELESS_WORD = 2
_REMEMBERED = 4096
"""How many texts' forms are kept: those of the facts that meet in a few sections are asked for again and again."""


@lru_cache(maxsize=_REMEMBERED)
def normalise(text: str) -> str:
    """The form in which typed answers are compared.

    NFKC and casefold; hyphens, slashes and runs of white space become one space; brackets (not what they hold) and
    punctuation go, except decimal marks between digits and # % & @ *; symbols such as + and ° stay. Idempotent.
    May be empty.
    """
    if text.isascii():
        folded = text.casefold()
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if folded.isascii() and not (_DECIMAL_MARKS.intersection(folded) and _DIGIT.search(folded)):
        return " ".join(folded.translate(_ASCII).split())
    return " ".join("".join(_plain(folded, at) for at in range(len(folded))).split())


def _plain(text: str, at: int) -> str:
    character = text[at]
    category = unicodedata.category(character)
    if category[0] in "LNMS":
        return " " if character in _SPACED_PUNCTUATION else character
    if category == "Pd" or category[0] == "Z" or character.isspace():
        return " "
    if category[0] != "P" or character in _KEPT_PUNCTUATION:
        return character if category[0] == "P" else ""
    if character in _DECIMAL_MARKS and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
        return character
    return " " if character in _SPACED_PUNCTUATION else ""


_ASCII = {code: _plain(chr(code), 0) for code in range(128)}
_ACHES = re.compile(r"[^eo]aches$")
_DIGIT = re.compile(r"\d")
_GAP = re.compile(r"[\s\-‐-―/]+")


def without_brackets(text: str) -> str:
    """The text without bracketed additions ("MRI (magnetic resonance imaging)": "MRI"), white space collapsed.

    Text that stands wholly in brackets keeps its words and loses the brackets.
    """
    if not _BRACKET.search(text):
        return " ".join(text.split())
    bare, before = text, ""
    while bare != before:
        bare, before = _BRACKETED.sub(" ", bare), bare
    bare = re.sub(r"\s+([,;.:?!])", r"\1", bare)
    kept = " ".join(bare.translate(_BRACKETS).split())
    return kept if normalise(kept) else " ".join(text.translate(_BRACKETS).split())


@lru_cache(maxsize=_REMEMBERED)
def singular(word: str) -> str:
    """The singular of one normalised English word, by ending alone; other words come back as they are."""
    if len(word) < 4 or not word.endswith(("s", "ae")) or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ae"):
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("yses", "gnoses")):
        return word[:-2] + "is"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")) and not _ACHES.search(word):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The Unicode words of the text in normal form, plurals kept; a run of a script without spaces is one word."""
    return tuple(word for word in _bare(normalise(text)).split() if word)


@lru_cache(maxsize=_REMEMBERED)
def singular_words(text: str) -> tuple[str, ...]:
    """The words of the text, each in the singular."""
    return tuple(singular(word) for word in words(text))


@lru_cache(maxsize=_REMEMBERED)
def key_form(text: str) -> str:
    """The form in which options must differ: no brackets and what they hold, no punctuation or symbols, singular.

    Text without letters and digits falls back to its normal form, then to itself.
    """
    bare = without_brackets(text)
    return " ".join(singular_words(bare)) or normalise(bare) or bare


def _bare(normal: str) -> str:
    """Normal text with decimal marks and symbols dropped."""
    if normal.isascii() and normal.replace(" ", "").isalnum():
        return normal
    return "".join(c for c in normal if c == " " or unicodedata.category(c)[0] in "LNM")


@lru_cache(maxsize=_REMEMBERED)
def word_count(text: str) -> int:
    """How many words a reader meets; a script without spaces counts two letters as one word."""
    return sum(_weight(word) for word in _GAP.split(text) if any(map(str.isalnum, word)))


def _weight(word: str) -> int:
    if word.isascii():
        return 1
    spaceless = sum(is_spaceless(character) for character in word)
    return max(1, -(-spaceless // _LETTERS_PER_SPACELESS_WORD))


def is_spaceless(character: str) -> bool:
    """Whether the character belongs to a script written without spaces between words."""
    code = ord(character)
    return code >= _SPACELESS[0][0] and any(first <= code <= last for first, last in _SPACELESS)


def holds_words(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Whether the inner words stand together, in order, within the outer ones; nothing stands in anything."""
    size = len(inner)
    if not 0 < size <= len(outer) or inner[0] not in outer:
        return False
    wanted, within = tuple(inner), tuple(outer)
    return any(within[at : at + size] == wanted for at in range(len(within) - size + 1))


def slug(text: str) -> str:
    """The text as part of a card's key: normal words joined by hyphens; letters of any script stay."""
    return "-".join(words(text))
