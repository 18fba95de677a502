"""The rules on an item's words: stem and options as texts, whatever they mean."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

from quizzes.core.default_wording import frame_words, says_not
from quizzes.core.specs import Direction
from quizzes.core.subjects import Checker, Subject
from quizzes.core.text import ABSOLUTE_WORDS, STOP_WORDS, is_spaceless, key_form, normalise, singular, words

_BRACKETS = re.compile(r"[()\[\]{}（）［］【】]")
_CATCH_ALL = re.compile(r"\b(all|none|both|neither|any|some) of (the )?(above|these|those)\b|^both [a-e] and [a-e]$")
_LETTERED = re.compile(r"^[A-E]( and | or |, | & )[A-E]$")
_QUESTION = ("?", "？", "؟", "\u037e", "՞", "⸮")


def _unique(it: Subject) -> Iterator[str]:
    for one, other in combinations(it.item.options, 2):
        if key_form(one.text).replace(" ", "") == key_form(other.text).replace(" ", ""):
            yield f"“{one.text}” and “{other.text}”"


def _contained(it: Subject) -> Iterator[str]:
    for one, other in permutations(it.item.options, 2):
        if f" {key_form(one.text)} " in f" {key_form(other.text)} ":
            yield f"“{one.text}” in “{other.text}”"


def _reworded(it: Subject) -> Iterator[str]:
    ideas = [Counter(w for w in key_form(option.text).split() if w not in STOP_WORDS) for option in it.item.options]
    for one, other in combinations(range(len(ideas)), 2):
        if ideas[one] and ideas[one] == ideas[other]:
            yield f"“{it.item.options[one].text}” and “{it.item.options[other].text}” say the same"


def _brackets(it: Subject) -> Iterator[str]:
    yield from (option.text for option in it.item.options if _BRACKETS.search(option.text))


def _form(it: Subject) -> Iterator[str]:
    if not it.deck.language.casefold().startswith("en"):
        return
    authored = [option.text for option in it.item.options if option.slot == "purpose"]
    infinitives = [normalise(text).startswith("to ") for text in authored]
    if any(infinitives) and not all(infinitives):
        yield "some options begin with “to” and some do not"


def _stem_words(it: Subject) -> Iterator[str]:
    stem, said = it.item.stem, words(it.item.stem)
    if len(stem.split()) < 4 and not any(map(is_spaceless, stem)):
        yield f"{len(stem.split())} words in the stem"
    if len(said) > 40:
        yield f"{len(said)} words in the stem"
    total = len(said) + sum(len(words(option.text)) for option in it.item.options)
    if total > 90:
        yield f"{total} words in the item"


def _stem_end(it: Subject) -> Iterator[str]:
    stem = it.item.stem.rstrip()
    if not stem.endswith(_QUESTION) and not any(map(is_spaceless, stem)):
        yield "the stem is no question"
    if (words(stem) or ("",))[-1] in {"a", "an", "the"}:
        yield "the stem ends with an article"
    if re.search(r"\{\w*\}", stem):
        yield "the stem has an unfilled field"


def _negation(it: Subject) -> Iterator[str]:
    if it.item.card.direction is Direction.NOT_MEMBER:
        if not says_not(it.item.stem):
            yield "no NOT in the stem"
    elif re.search(r"\bNOT\b", it.item.stem):
        yield "NOT in the stem"


def _catch_all(it: Subject) -> Iterator[str]:
    for option in it.item.options:
        if _CATCH_ALL.search(normalise(option.text)) or _LETTERED.search(option.text):
            yield option.text


def _absolute(it: Subject) -> Iterator[str]:
    for option in it.item.options:
        if option.slot == "purpose":
            yield from (f"“{word}”" for word in words(option.text) if word in ABSOLUTE_WORDS)


def _clang(it: Subject) -> Iterator[str]:
    home = it.sections.get(it.item.asked_section or it.asked.section)
    own = words(f"{it.deck.title} {home.noun} {home.noun_plural}" if home else it.deck.title)
    frame = frame_words(it.deck.language, home.wording) if home else frozenset()
    stop = {singular(word) for word in own} | STOP_WORDS | frame
    stem = [word for word in words(it.item.stem) if word not in stop and singular(word) not in stop]
    key = [word for word in words(it.key.text) if word not in STOP_WORDS]
    others = [words(option.text) for option in it.distractors]
    for asked in stem:
        for given in key:
            for shared in _shared(asked, given):
                if not any(_shares(shared, other) for other in others):
                    yield f"“{shared.strip('=^')}” in stem and key alone"


def _shared(asked: str, given: str) -> Iterator[str]:
    if singular(asked) == singular(given):
        yield "=" + singular(asked)
    starts = [size for size in range(5, min(len(asked), len(given)) + 1) if asked[:size] == given[:size]]
    if starts:
        yield "^" + asked[: starts[-1]]
    pieces = [given[at : at + size] for size in range(len(given), 5, -1) for at in range(len(given) - size + 1)]
    yield from [piece for piece in pieces if piece in asked][:1]


def _shares(shared: str, option: Sequence[str]) -> bool:
    if shared.startswith("="):
        return shared[1:] in map(singular, option)
    if shared.startswith("^"):
        return any(word.startswith(shared[1:]) for word in option)
    return any(shared in word for word in option)


def _length(it: Subject) -> Iterator[str]:
    text = it.key.text
    for measure in (len, lambda text: len("".join(text.split()))):
        longest = max(measure(option.text) for option in it.distractors)
        counts = {len(text.split()), len(words(text))}
        if max(counts) >= 5 and 10 * measure(text) > 13 * longest:
            yield f"the key is {measure(text)} long, the next option {longest}"
        elif min(counts) < 5 and measure(text) > longest + 10:
            yield f"the key exceeds the next option by {measure(text) - longest} letters"


WORD_CHECKERS: Mapping[str, Checker] = {
    "unique options": _unique,
    "options apart": _contained,
    "one idea once": _reworded,
    "no brackets": _brackets,
    "one grammatical form": _form,
    "words": _stem_words,
    "one question": _stem_end,
    "negation": _negation,
    "no catch-all": _catch_all,
    "no absolute words": _absolute,
    "no clang": _clang,
    "length is no cue": _length,
}
"""The rules by name; each yields what breaks it."""
