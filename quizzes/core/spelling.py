"""Spellings of one word that mean the same: plurals, British and American, numerals, accents left out. No typos."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import reduce

from quizzes.core.text import singular

_AMERICAN = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ae(?=[a-z]{2})(?![lr])", "e"),  # anaemia, caesium; not Israel, aerobic
        (r"^oe(?=[a-z]{3})", "e"),  # oedema, oestrogen
        (r"oe(?=dem)|(?<=o)oe(?=soph|str)|(?<=rrh)oe|(?<=pn)oe|(?<=am)oe(?=b)", "e"),
        (r"(?<=^f)oe(?=t)|(?<=^c)oe(?=l)|(?<=^hom)oe|(?<=man)oe(?=uv)", "e"),
        (r"([a-z]{3}|^od)our(?!n|c|s[^h]|t)", r"\1or"),  # tumour, odour; not hour, source
        (r"(?<=[a-z]{3})iz(?=e[drs]?$|ers?$|ing$|ation(al)?$|able$)", "is"),
        (r"(?<=[a-z]{2})yz(?=e[drs]?$|ers?$|ing$)", "ys"),
        (r"(calib|cent|fib|goit|lit|lust|man[eo]+uv|meag|met|och|sab|salpet|somb|spect|theat|tit)re$", r"\1er"),
        (r"(?<=[a-z]{2}[lg])ogue$", "og"),
        (r"(?<=[a-z]{4})ll(?=ed$|ing$|ers?$|ors?$)", "l"),
        (r"^(def|off|lic|pret)ence$", r"\1ense"),
        (r"sulph", "sulf"),
        (r"^leuc(?=o)", "leuk"),
        (r"^aluminium$", "aluminum"),
        (r"^grey", "gray"),
        (r"^programme$", "program"),
        (r"^practice$", "practise"),
        (r"^artefact", "artifact"),
        (r"^(enrol|fulfil|instal|distil)(?=$|ment)", r"\1l"),
        (r"^skilful", "skillful"),
        (r"^(acknowledg|judg)ement", r"\1ment"),
        (r"^ageing$", "aging"),
        (r"^sceptic", "skeptic"),
        (r"^mould", "mold"),
        (r"^plough", "plow"),
        (r"^draught", "draft"),
        (r"^disk$", "disc"),
    )
)
_RESPELT = re.compile(
    r"[ao]e|our|[iy]z|re$|ogue|ll|ence$|sulph|^leuc|aluminium|^grey|mme$|^practice|^artefact|^(?:enrol|fulfil|instal|distil)"
    r"|^skil|gement|^ageing|^scept|^mould|^plough|^draught|^disk"
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "þ": "th"})
_STROKES = str.maketrans(
    {"ø": "o\u0338", "ł": "l\u0335", "đ": "d\u0335", "ð": "d\u0335", "ħ": "h\u0335", "ı": "i\u0307"}
)
_NUMERALS = {
    word: str(number)
    for number, words in enumerate(
        """zero|one i|two ii|three iii|four iv|five v|six vi|seven vii|eight viii|nine ix|ten|eleven xi|twelve xii|
        thirteen xiii|fourteen xiv|fifteen xv|sixteen xvi|seventeen xvii|eighteen xviii|nineteen xix|twenty xx
        """.split("|")
    )
    for word in words.split()
}
_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi
        chi psi omega""".split(),
        strict=True,
    )
)


class Accents(IntEnum):
    """How an answer's accents compare with those of the text, once the letters are the same."""

    SAME = 0
    LEFT_OUT = 1
    WRONG = 2


def folded(word: str) -> str:
    """One normalised word in the singular, in American spelling but with -ise, and without ligatures."""
    one = singular(word.translate(_LIGATURES))
    return reduce(lambda text, rule: rule[0].sub(rule[1], text), _AMERICAN, one) if _RESPELT.search(one) else one


def plain_name(word: str) -> str:
    """A number word or Roman numeral in digits, a Greek letter by its name; other words as they are."""
    return _NUMERALS.get(word) or _ORDINALS.get(word) or _GREEK.get(word) or word


def without_accents(text: str) -> str:
    """The text without the marks that a hurried writer leaves out, in normal form C.

    Accents on Latin and Greek letters, the points of Arabic and Hebrew, Russian stress and the dots of ё; marks that
    make another letter (й, ガ, Indic vowels) stay.
    """
    if text.isascii():
        return text
    kept = (base + "".join(mark for mark in marks if not _may_lack(base, mark)) for base, marks in _clusters(text))
    return unicodedata.normalize("NFC", "".join(kept))


def without_points(text: str) -> str:
    """The text without the vowel signs of Arabic and Hebrew, which everyday writing leaves out."""
    return text if text.isascii() else "".join(letter for letter in text if not _is_point(letter))


def compare_accents(answer: str, text: str) -> Accents:
    """How the answer's accents compare; WRONG also where the letters differ. Points may be left out or added freely."""
    if answer.isascii() and text.isascii():
        return Accents.SAME if answer == text else Accents.WRONG
    clusters = list(_clusters(answer)), list(_clusters(text))
    if [base for base, _ in clusters[0]] != [base for base, _ in clusters[1]]:
        return Accents.WRONG
    pairs = zip(*clusters, strict=True)
    return max((_compare(base, set(ours), set(theirs)) for (base, ours), (_, theirs) in pairs), default=Accents.SAME)


def _compare(base: str, ours: set[str], theirs: set[str]) -> Accents:
    missing, extra = theirs - ours, ours - theirs
    if (missing and extra) or not all(map(_is_point, extra)) or not all(_may_lack(base, mark) for mark in missing):
        return Accents.WRONG
    return Accents.SAME if all(map(_is_point, missing)) else Accents.LEFT_OUT


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    base, marks = "", ""
    for letter in unicodedata.normalize("NFD", text.translate(_STROKES)):
        if unicodedata.category(letter) == "Mn":
            marks += letter
            continue
        if base:
            yield base, marks
        base, marks = letter, ""
    if base:
        yield base, marks


def _may_lack(base: str, mark: str) -> bool:
    code = ord(base)
    if _is_point(mark):
        return True
    if code < 0x0400:
        return base.isalpha()
    if code < 0x0530:
        return mark == "\u0301" or (base, mark) == ("е", "\u0308")
    return 0x0590 <= code < 0x0700 or 0x1E00 <= code < 0x2000


def _is_point(mark: str) -> bool:
    return "\u0591" <= mark <= "\u05c7" or "\u064b" <= mark <= "\u0652" or mark == "\u0670"
