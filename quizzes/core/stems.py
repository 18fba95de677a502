"""Questions from a section's wording and a fact's slots: the stem, what answers it, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from quizzes.core.default_wording import says_not
from quizzes.core.specs import CardSpec, Direction, FactSpec, SectionSpec
from quizzes.core.text import is_spaceless, key_form, normalise, slug, without_brackets, word_count, words

STEM_WORDS = (4, 40)
BLANK = "____"

NEEDS: Mapping[Direction, tuple[str, ...]] = {
    Direction.TERM_TO_PURPOSE: ("term", "purpose"),
    Direction.PURPOSE_TO_TERM: ("purpose", "term"),
    Direction.CONDITION_TO_TERM: ("condition", "term"),
    Direction.TERM_TO_EXAMPLE: ("term", "example"),
    Direction.EXAMPLE_TO_TERM: ("example", "term"),
    Direction.PURPOSE_TO_EXAMPLE: ("purpose", "example"),
    Direction.EXAMPLE_TO_PURPOSE: ("example", "purpose"),
    Direction.MEMBERSHIP: ("term",),
    Direction.NOT_MEMBER: ("term",),
}
"""The slots that a fact must fill for a direction: the one shown, then the one asked for."""

PER_EXAMPLE = frozenset({Direction.EXAMPLE_TO_TERM, Direction.EXAMPLE_TO_PURPOSE})
OF_SECTION = frozenset({Direction.MEMBERSHIP, Direction.NOT_MEMBER})

_FIELD = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BLANKS = re.compile(rf"{BLANK}(?:[\s\-]+{BLANK})+")
_QUESTION_MARKS = ("?", "？", "؟", "\u037e", "՞", "⸮")
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """A card without options: the stem, the answer as a flashcard shows it, its slot, and what is right when typed.

    `accepted` is empty where the answer cannot be typed.
    """

    card: CardSpec
    stem: str
    slot: str
    answer: str
    accepted: tuple[str, ...] = ()


def answer_slot(direction: Direction) -> str:
    """The slot that a direction asks for: term, purpose or example."""
    return NEEDS[direction][-1]


def examples(fact: FactSpec) -> dict[str, str]:
    """The fact's examples by their slug, repeats dropped; slugs are unique within the fact."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    if not fact.examples:
        return found
    for number, text in enumerate(fact.examples, start=1):
        form = normalise(text)
        if not key_form(text) or form in seen:
            continue
        seen.add(form)
        name = slug(text) or str(number)
        found[name if name not in found else f"{name}-{number}"] = " ".join(text.split())
    return found


def slot_text(fact: FactSpec, slot: str) -> str:
    """What an option or a stem shows of a slot (`example:...` by slug), without bracketed additions; may be empty."""
    if slot.startswith("example:"):
        return without_brackets(examples(fact).get(slot.removeprefix("example:"), ""))
    match slot:
        case "term":
            return without_brackets(fact.label)
        case "purpose":
            return without_brackets(fact.purpose)
        case "condition":
            return without_brackets(fact.condition)
    return ""


def offered_text(fact: FactSpec, slot: str) -> str:
    """What a fact puts among the answer choices for a slot; its examples joined where an example is asked for."""
    return ", ".join(examples(fact).values()) if slot == "example" else slot_text(fact, slot)


def has_slots(fact: FactSpec, slots: Iterable[str]) -> bool:
    """Whether the fact fills all these slots."""
    return all(bool(examples(fact)) if slot == "example" else bool(slot_text(fact, slot)) for slot in slots)


@lru_cache(maxsize=256)
def fields(wording: str) -> tuple[str, ...]:
    """The names in braces that a wording uses."""
    return tuple(_FIELD.findall(wording))


def cards_of(fact: FactSpec, section: SectionSpec) -> tuple[CardSpec, ...]:
    """The cards that a fact gives in its section, in teaching order; not_member is never one of them."""
    found: list[CardSpec] = []
    for direction in Direction:
        if direction is Direction.NOT_MEMBER or not _asks(fact, section, direction):
            continue
        parts: Iterable[str] = examples(fact) if direction in PER_EXAMPLE else ("",)
        found.extend(CardSpec(fact.code, direction, part) for part in parts)
    return tuple(found)


def _asks(fact: FactSpec, section: SectionSpec, direction: Direction) -> bool:
    wording = section.wording.get(direction, "")
    if not wording.strip():
        return False
    shown = [name for name in fields(wording) if name in {"term", "purpose", "condition", "example"}]
    return has_slots(fact, (*NEEDS[direction], *shown))


def stem(card: CardSpec, fact: FactSpec, section: SectionSpec, hidden: frozenset[str] = frozenset()) -> str:
    """The question of a card; `hidden` are normalised words of its purpose or condition that become blanks."""
    values = {
        "term": without_brackets(fact.term),
        "purpose": blanked(slot_text(fact, "purpose"), hidden),
        "condition": blanked(slot_text(fact, "condition"), hidden),
        "example": slot_text(fact, f"example:{card.part}") or "",
        "noun": _noun(card, fact, section),
        "noun_plural": _noun_plural(card, fact, section),
    }
    wording = " ".join(section.wording.get(card.direction, "").split())
    return capitalised(_FIELD.sub(lambda match: values.get(match[1], match[0]), wording))


def _noun(card: CardSpec, fact: FactSpec, section: SectionSpec) -> str:
    return section.noun if card.direction in OF_SECTION else fact.noun or section.noun


def _noun_plural(card: CardSpec, fact: FactSpec, section: SectionSpec) -> str:
    """The section's plural, or a fact's own noun with an ending."""
    noun = _noun(card, fact, section)
    ending = "es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return section.noun_plural if noun == section.noun else noun + ending


def capitalised(text: str) -> str:
    """The text with a capital at its head, unless its first word has capitals of its own, as pH or mRNA."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def blanked(phrase: str, hidden: frozenset[str]) -> str:
    """The phrase with each hidden word replaced by a blank, neighbouring blanks made one."""
    if not hidden:
        return phrase
    bare = _WORD.sub(lambda match: BLANK if normalise(match[0]) in hidden else match[0], phrase)
    return _BLANKS.sub(BLANK, bare)


def stem_problem(text: str, direction: Direction) -> str:
    """Why a text cannot be an item's stem; empty if it can."""
    spaceless = any(map(is_spaceless, text))
    few = sum(any(map(str.isalnum, word)) for word in text.split())
    if few < STEM_WORDS[0] and not spaceless:
        return f"the question has {few} words, fewer than {STEM_WORDS[0]}"
    if word_count(text) > STEM_WORDS[1]:
        return f"the question has {word_count(text)} words, more than {STEM_WORDS[1]}"
    if _FIELD.search(text):
        return "the wording names a field that does not exist, or the text holds braces"
    if not spaceless and not text.rstrip().endswith(_QUESTION_MARKS):
        return "the wording does not end as a question"
    if words(text)[-1:] and words(text)[-1] in _ARTICLES:
        return "the question ends with an article"
    negative = says_not(text) if direction is Direction.NOT_MEMBER else "NOT" in _WORD.findall(text)
    if negative != (direction is Direction.NOT_MEMBER):
        return "NOT belongs in not_member questions, and there alone"
    return ""


def prompt(card: CardSpec, fact: FactSpec, text: str) -> Prompt:
    """The card as flashcard and typed question under the given stem."""
    slot = answer_slot(card.direction)
    if slot == "example":
        shown = tuple(examples(fact).values())
        return Prompt(card, text, slot, ", ".join(shown), shown)
    if slot == "purpose":
        return Prompt(card, text, slot, " ".join(fact.purpose.split()))
    return Prompt(card, text, slot, " ".join(fact.term.split()), _names(fact))


def _names(fact: FactSpec) -> tuple[str, ...]:
    written = (fact.term, without_brackets(fact.term), fact.short_label, *fact.aliases)
    return tuple(dict.fromkeys(" ".join(name.split()) for name in written if normalise(name)))
