"""Facts as answer choices: the text shown, what is measured on it, what is told to whoever picks it."""

import re
from dataclasses import dataclass

from quizzes.core import stems
from quizzes.core.clang import Bag, bag
from quizzes.core.specs import FactSpec, Option, SectionSpec
from quizzes.core.text import ABSOLUTE_WORDS, STOP_WORDS, key_form, normalise, singular_words, word_count, words

ITEM_WORDS = 90
LONG_KEY_WORDS = 5
_CATCH_ALL = re.compile(r"(all|none|both|neither|any|some) of (the )?(above|these|those)|both [a-e] and [a-e]")
_LETTERED = re.compile(r"[A-E]( and | or |, | & )[A-E]")
_OPENINGS = frozenset({"to", "for", "by", "with", "when", "if", "because", "in", "that", "which", "used"})
_AUTHORED = frozenset({"purpose", "condition"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One slot of one fact as it would stand among the options; `problem` says why it cannot."""

    fact: FactSpec
    slot: str
    text: str
    form: tuple[str, ...]
    squeezed: str
    idea: tuple[str, ...]
    bag: Bag
    letters: int
    words: int
    opening: str
    problem: str

    @property
    def kind(self) -> str:
        """The slot without the example's name."""
        return self.slot.partition(":")[0]


def offers_of(fact: FactSpec, kind: str, language: str) -> tuple[Offer, ...]:
    """What the fact can put among the options for a kind of slot: one offer, or one per example; empty slots none."""
    slots = [f"example:{name}" for name in stems.examples(fact)] if kind == "example" else [kind]
    return tuple(make(fact, slot, language) for slot in slots if stems.slot_text(fact, slot))


def make(fact: FactSpec, slot: str, language: str) -> Offer:
    """The measured option text of one slot."""
    text = stems.slot_text(fact, slot)
    form = tuple(key_form(text).split())
    return Offer(
        fact=fact,
        slot=slot,
        text=text,
        form=form,
        squeezed="".join(form),
        idea=idea(text),
        bag=bag(text),
        letters=len("".join(text.split())),
        words=word_count(text),
        opening=opening(text, language) if slot in _AUTHORED else "",
        problem=_problem(text, slot),
    )


def idea(text: str) -> tuple[str, ...]:
    """The content words in the singular, sorted: two texts with the same ones are two wordings of one idea."""
    return tuple(sorted(word for word in singular_words(text) if word not in STOP_WORDS))


def opening(text: str, language: str) -> str:
    """The grammatical form by the first word, for English: its function word, "-ing", or "" for any other."""
    first = (words(text) or ("",))[0]
    if not _is_english(language):
        return ""
    if first in _OPENINGS:
        return first
    return "-ing" if len(first) > 5 and first.endswith("ing") else ""


def _is_english(language: str) -> bool:
    return language.casefold().startswith("en")


def _problem(text: str, slot: str) -> str:
    normal = normalise(text)
    if not words(text):
        return "has neither letters nor digits"
    if _CATCH_ALL.search(normal) or _LETTERED.fullmatch(text):
        return "reads like a catch-all"
    if slot in _AUTHORED and not ABSOLUTE_WORDS.isdisjoint(words(text)):
        return "uses an absolute or vague word"
    if word_count(text) > ITEM_WORDS // 2:
        return "is too long for an option"
    return ""


def describe(fact: FactSpec, section: SectionSpec, language: str) -> str:
    """What the fact is, in one line with hardly any grammar: term, then purpose, condition and examples."""
    purpose, condition = " ".join(fact.purpose.split()), " ".join(fact.condition.split())
    if condition and _is_english(language) and (words(condition) or ("",))[0] not in _OPENINGS:
        condition = f"for {condition}"
    names = ", ".join(stems.examples(fact).values())
    said = "; ".join(filter(None, (purpose, condition))) or fact.noun or section.noun
    return f"{' '.join(fact.term.split())}: {said}" + (f" ({names})" if names else "")


def option(offer: Offer, section: SectionSpec, language: str, *, is_key: bool) -> Option:
    """The offer as an option with its feedback: what it is, and for the key why, for others their own caution."""
    fact = offer.fact
    told = _sentence(describe(fact, section, language))
    if offer.kind == "example" and offer.text not in told:
        told = f"{offer.text} – {told}"
    more = fact.explanation if is_key else caution(fact)
    feedback = " ".join(f"{stems.capitalised(told)} {more}".split())
    return Option(fact.code, fact.section, offer.slot, offer.text, fact.version, is_key, feedback)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。", "？", "！", "؟")) else text + "."


def caution(fact: FactSpec) -> str:
    """The fact's caution note with its source; empty if it has none."""
    note, source = " ".join(fact.caution.split()), " ".join(fact.caution_source.split())
    return f"{note} ({source})" if note and source else note
