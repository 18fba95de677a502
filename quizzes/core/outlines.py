"""A text guide as it was understood, and the draft of a deck that comes of it. No reading of text: see formats."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quizzes.core.default_wording import language_base, suited, wording_for
from quizzes.core.nouns import nouns_of
from quizzes.core.offers import opening
from quizzes.core.text import singular_words, slug, words

LONGEST_TERM = 300
_LONGEST_SLUG = 60
_ASCII_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_TAIL = re.compile(r"\s(?:of|for|in|against|about|used in|used for|used to|to)\s.*", re.IGNORECASE | re.DOTALL)
_OF = re.compile(r"\s(of\s.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class OutlineFact:
    """One line of a list, taken apart. `unclear` says in whole sentences what an editor has to look at."""

    term: str
    line: int
    text: str
    description: str = ""
    condition: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading with the lines of its list."""

    heading: str
    line: int
    facts: tuple[OutlineFact, ...]


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line that is in no list."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A text guide: its title and introduction, its lists, what is in none of them."""

    title: str
    introduction: str
    sections: tuple[OutlineSection, ...]
    skipped: tuple[SkippedLine, ...]

    @property
    def facts(self) -> tuple[OutlineFact, ...]:
        """All facts, in the order of the text."""
        return tuple(fact for section in self.sections for fact in section.facts)


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """What a section becomes; `forms` are the ways its descriptions begin, where there are several."""

    slug: str
    heading: str
    noun: str
    noun_plural: str
    wording: dict[str, str]
    facts: tuple[OutlineFact, ...]
    forms: tuple[str, ...] = ()


def drafts_of(outline: Outline, language: str) -> tuple[SectionDraft, ...]:
    """The sections of the deck that an outline becomes, with slugs of their own and the default questions."""
    small = _small_words(outline)
    taken: set[str] = set()
    found = []
    for place, section in enumerate(outline.sections, start=1):
        head = _TAIL.sub("", section.heading) if language_base(language) == "en" else section.heading
        noun, plural = nouns_of(head, language)
        name = _slug(plural, head, taken, place)
        taken.add(name)
        wording = _wording(section, language, noun, plural, small)
        found.append(
            SectionDraft(name, section.heading, noun, plural, wording, section.facts, forms(section, language))
        )
    return tuple(found)


def forms(section: OutlineSection, language: str) -> tuple[str, ...]:
    """How the section's descriptions begin, by their first words; empty where all begin alike."""
    found: dict[str, str] = {}
    for fact in section.facts:
        if fact.description and language_base(language) == "en":
            found.setdefault(_form(fact.description, language), _first(fact.description))
    return tuple(found.values()) if len(found) > 1 else ()


def _form(text: str, language: str) -> str:
    """The grammatical form that a description seems to have."""
    first = _first(text).casefold().strip(",;:")
    known = opening(text, language) or ("this" if first in {"it", "these", "they", "this"} else "")
    return known or next((end for end in ("ly", "ed", "s") if len(first) > 4 and first.endswith(end)), "")


def _first(text: str) -> str:
    return text.split(maxsplit=1)[0]


def _slug(plural: str, head: str, taken: Collection[str], place: int) -> str:
    """The last word of the plural, or all of it, or the section's place, whichever is free."""
    last = words(plural)[-1:] if words(plural) else ()
    for name in (*last, slug(plural), slug(head), f"section-{place}"):
        short = name[:_LONGEST_SLUG].strip("-")
        if _ASCII_SLUG.fullmatch(short) and short not in taken:
            return short
    return next(name for n in range(place, place + len(taken) + 2) if (name := f"section-{n}") not in taken)


def _wording(section: OutlineSection, language: str, noun: str, plural: str, small: Collection[str]) -> dict[str, str]:
    purposes = [fact.description for fact in section.facts]
    asked = wording_for(language=language, noun=noun, noun_plural=plural, purposes=purposes)
    described = any(fact.description or fact.condition for fact in section.facts)
    found = suited(asked, described=described)
    tail = _OF.search(section.heading) if language_base(language) == "en" and noun != plural else None
    if described or not tail:
        return found
    rest = " ".join(word.lower() if word.casefold() in small else word for word in tail[1].split())
    rest = rest.translate(str.maketrans("", "", "{}"))
    among = "one of the {noun_plural}"
    return {direction: text.replace(among, f"{among} {rest}") for direction, text in found.items()}


def _small_words(outline: Outline) -> frozenset[str]:
    """The words that the text writes in small letters somewhere, so that a heading's capitals say nothing of them."""
    texts = [outline.introduction, *(fact.text for fact in outline.facts), *(line.text for line in outline.skipped)]
    return frozenset(word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower())


def repeated(facts: Sequence[OutlineFact]) -> dict[int, int]:
    """The line of each fact whose term an earlier one of the list has -> that one's line."""
    first: dict[tuple[str, ...], int] = {}
    found: dict[int, int] = {}
    for fact in facts:
        form = singular_words(fact.term)
        if form in first:
            found[fact.line] = first[form]
        first.setdefault(form, fact.line)
    return found
