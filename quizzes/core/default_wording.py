"""The questions of a section nobody tuned, from its nouns and the name of the column of descriptions.

Where the language is known, the questions are sentences that no phrase can break: nothing in them inflects what they
are filled with or agrees with it. Where it is not, they are no sentences at all, since a question in English would be
out of place in a deck in Welsh: signs, the section's own noun and a question mark say the same in any language, in the
four words that a question needs ("Elements → 1 element: Na = ?"). An editor's own wording always wins: what is given
here only fills a new section.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from quizzes.core.specs import Direction
from quizzes.core.text import STOP_WORDS, normalise, singular, without_brackets, words
from quizzes.core.wordings import LATIN
from quizzes.core.wordings_other import OTHER_SCRIPTS

NEGATIONS = frozenset("NOT NICHT PAS NO NON NÃO NIET INTE IKKE NIE NEPATŘÍ ALMAZ BUKAN НЕ ΔΕΝ ليس לא نیست".split())
"""The words with which the questions for an outsider say not; in capitals where the script has them."""
_JOINED_NEGATIONS = ("不", "ない", "않", "नहीं")

GENERIC_HEADERS = frozenset(
    """
    answer back definition description detail details explanation fact meaning note notes purpose text value
    antwort beschreibung definition erklärung rückseite bedeutung zweck
    définition description réponse verso descripción definición respuesta reverso descrizione definizione risposta retro
    descrição definição resposta verso beschrijving definitie antwoord achterkant
    """.split()
)
"""Names of a column of descriptions that say nothing about it."""

_NEUTRAL = {
    Direction.TERM_TO_PURPOSE: "{noun_plural} → 1 {noun}: {term} = ?",
    Direction.PURPOSE_TO_TERM: "{noun_plural} → 1 {noun}: {purpose} = ?",
    Direction.CONDITION_TO_TERM: "{noun_plural} → 1 {noun}: {condition} = ?",
    Direction.TERM_TO_EXAMPLE: "{noun_plural} → 1 {noun}: {term} ∋ ?",
    Direction.EXAMPLE_TO_TERM: "{noun_plural} → 1 {noun}: {example} ∈ ?",
    Direction.PURPOSE_TO_EXAMPLE: "{noun_plural} → 1 {noun}: {purpose} ∋ ?",
    Direction.EXAMPLE_TO_PURPOSE: "{noun_plural} → 1 {noun}: {example} = ?",
    Direction.MEMBERSHIP: "A, B, C, D: {noun_plural} ∋ ?",
}
_LINES = (
    Direction.TERM_TO_PURPOSE,
    Direction.PURPOSE_TO_TERM,
    Direction.CONDITION_TO_TERM,
    Direction.TERM_TO_EXAMPLE,
    Direction.EXAMPLE_TO_TERM,
    Direction.PURPOSE_TO_EXAMPLE,
    Direction.MEMBERSHIP,
    Direction.NOT_MEMBER,
)
_USED = {
    Direction.TERM_TO_PURPOSE: "What is the purpose of {term}?",
    Direction.PURPOSE_TO_TERM: "Which {noun} is used {purpose}?",
    Direction.PURPOSE_TO_EXAMPLE: "Which example belongs to the {noun} that is used {purpose}?",
    Direction.EXAMPLE_TO_PURPOSE: "What is the purpose of {example}?",
}
_UNCOUNTED = {
    Direction.MEMBERSHIP: "Which of these belongs under “{noun_plural}”?",
    Direction.NOT_MEMBER: "Which of these does NOT belong under “{noun_plural}”?",
}
_SAME_AS = {"no": "nb", "nn": "nb", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "in": "id", "iw": "he"}
_RIGHT_TO_LEFT = frozenset("ckb ks ps sd ug ur".split())
_WORD = re.compile(r"[^\W_]+")
_FIELD = re.compile(r"\{\w+\}")
_SINGULAR_IN_S = frozenset({"atlas", "bias", "canvas", "gas", "lens", "series", "species"})
_HEADER_WORDS = 3
_PROPER = frozenset("arabic chinese english french german greek hebrew italian japanese latin roman spanish".split())


def wording_for(
    *, language: str, noun: str, noun_plural: str, description: str = "", purposes: Iterable[str] = ()
) -> dict[str, str]:
    """Direction -> question, for every direction that the language has words for.

    Nouns stay placeholders, so that they can change later; `noun` and `noun_plural` tell whether it can be counted.
    `description` names the column of the descriptions where that says something ("symbol"), else it is empty.
    `purposes` are the section's descriptions where they are known: English asks "Which drug is used to ..." where all
    of them begin with to or for.
    """
    lines = _lines(language)
    if not lines:
        return {key.value: text for key, text in _in_script(_NEUTRAL, language).items()}
    found = dict(zip(_LINES, lines, strict=False))
    if header := _header(description, language):
        asked, given = lines[len(_LINES) :]
        found[Direction.TERM_TO_PURPOSE] = _counted(asked, header, language).replace("{header}", header)
        found[Direction.PURPOSE_TO_TERM] = given.replace("{header}", header)
    found[Direction.EXAMPLE_TO_PURPOSE] = found[Direction.TERM_TO_PURPOSE].replace("{term}", "{example}")
    if language_base(language) == "en":
        found |= _USED if not header and _are_uses(purposes) else {}
        found |= _UNCOUNTED if normalise(noun) == normalise(noun_plural) else {}
    return {direction.value: found[direction] for direction in Direction if direction in found}


def suited(wording: Mapping[str, str], *, described: bool) -> dict[str, str]:
    """What suits a section: where nothing is described, which one belongs, and there alone."""
    of_list = (Direction.MEMBERSHIP, Direction.NOT_MEMBER)
    if described:
        return {direction: text for direction, text in wording.items() if direction not in of_list}
    asked = (*of_list, Direction.TERM_TO_EXAMPLE, Direction.EXAMPLE_TO_TERM)
    return {direction: text for direction, text in wording.items() if direction in asked}


def frame_words(language: str, wording: Mapping[str, str]) -> frozenset[str]:
    """Words of the questions themselves, in the singular too: they stand in every stem alike and give no answer away.

    Those of the language's default questions that these questions use, and the column's name where they show it.
    """
    return _frame_words(language, tuple(wording.values()))


def says_not(text: str) -> bool:
    """Whether a question says not in capitals, in any of the languages; scripts without capitals say it as they do."""
    return any(word in NEGATIONS for word in _WORD.findall(text)) or any(mark in text for mark in _JOINED_NEGATIONS)


def has_wording(language: str) -> bool:
    """Whether there are sentences for the language, rather than signs."""
    return bool(_lines(language))


def is_proper(word: str) -> bool:
    """Whether an English word keeps its capital wherever it stands."""
    return word.casefold() in _PROPER


def language_base(language: str) -> str:
    """The language of a tag such as pt-BR, in small letters."""
    code = language.strip().casefold().replace("_", "-")
    code = _SAME_AS.get(code, code)
    if code.startswith("zh-hant"):
        return "zh-hant"
    base = code.partition("-")[0]
    return _SAME_AS.get(base, base)


@lru_cache(maxsize=256)
def _lines(language: str) -> tuple[str, ...]:
    base = language_base(language)
    written = OTHER_SCRIPTS.get(base) or LATIN.get(base) or ""
    return tuple(line.strip() for line in written.strip().splitlines())


def _in_script(found: Mapping[Direction, str], language: str) -> dict[Direction, str]:
    mark = "؟" if language_base(language) in _RIGHT_TO_LEFT else "?"
    return {direction: text.replace("?", mark) for direction, text in found.items()}


def _header(description: str, language: str) -> str:
    """The column's name as a question shows it; empty if it is none that a question can show."""
    header = " ".join(re.sub(r"[{}?:]", " ", without_brackets(description)).split())
    said = words(header)
    if not said or len(said) > _HEADER_WORDS or " ".join(said) in GENERIC_HEADERS or said[0].isdigit():
        return ""
    if language_base(language) == "en":
        if STOP_WORDS.intersection((said[0], said[-1])):
            return ""
        return " ".join(map(_small, header.split()))
    return header


def _small(word: str) -> str:
    return word.lower() if word.istitle() and not is_proper(word) and len(word) > 1 else word


def _counted(text: str, header: str, language: str) -> str:
    last = words(header)[-1]
    several = singular(last) != last and last not in _SINGULAR_IN_S and language_base(language) == "en"
    return text.replace("What is the", "What are the") if several else text


def _are_uses(purposes: Iterable[str]) -> bool:
    said = [purpose for purpose in purposes if purpose.strip()]
    return bool(said) and all(purpose.startswith(("to ", "for ")) for purpose in said)


@lru_cache(maxsize=256)
def _frame(language: str) -> frozenset[str]:
    english = [*_USED.values(), *_UNCOUNTED.values()] if language_base(language) == "en" else []
    return _bare(" ".join([*(_lines(language) or _NEUTRAL.values()), *english]))


@lru_cache(maxsize=4096)
def _frame_words(language: str, questions: tuple[str, ...]) -> frozenset[str]:
    return (_frame(language) & _bare(" ".join(questions))) | _shown_header(language, questions)


def _shown_header(language: str, questions: tuple[str, ...]) -> frozenset[str]:
    patterns = [re.escape(line).replace(r"\{header\}", "(.+?)") for line in _lines(language)[len(_LINES) :]]
    patterns += [patterns[0].replace(r"What\ is", r"What\ are")] if patterns else []
    found = [re.fullmatch(pattern, text) for pattern in patterns for text in questions]
    return _bare(" ".join(match[1] for match in found if match))


def _bare(text: str) -> frozenset[str]:
    said = [word for word in words(_FIELD.sub(" ", text)) if word not in STOP_WORDS]
    return frozenset(said) | frozenset(map(singular, said))
