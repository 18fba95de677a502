"""Which section of a deck a row belongs to, and the sections that a table brings along."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quizzes.core.cleaning import phrase, with_markup
from quizzes.core.columns import Columns
from quizzes.core.default_wording import wording_for
from quizzes.core.drafts import Draft
from quizzes.core.nouns import nouns_of
from quizzes.core.sheets import Row
from quizzes.core.slugs import ascii_slug
from quizzes.core.specs import Direction, SectionSpec
from quizzes.core.text import normalise, words

SECTION_COLUMNS = ("slug", "position", "noun", "noun plural")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_LONGEST = 100
_NUMBERED = re.compile(r"\d|^(?:chapter|unit|lesson|week|part|module|section|level|day|year)\b", re.IGNORECASE)
_MOST_WORDS = 3


def category_nouns(name: str, language: str) -> tuple[str, str]:
    """Singular and plural for a group of rows; the singular is empty where the name is no noun for a question.

    Such are “Chapter 3” and whole sentences.
    """
    name = name[:_LONGEST].strip()
    if _NUMBERED.search(name) or len(name.split()) > _MOST_WORDS or not words(name):
        return "", name
    return nouns_of(name, language) if name.isascii() else (name, name)


class Sections:
    """A deck's sections, found by slug, plural or singular; those that are missing are made on demand."""

    def __init__(
        self,
        known: Sequence[SectionSpec],
        *,
        title: str,
        language: str,
        columns: Columns,
        described: Sequence[SectionSpec] = (),
    ) -> None:
        self._found: dict[str, SectionSpec] = {}
        self._slugs = {section.slug for section in known}
        self._last = max((section.position for section in known), default=0)
        self._title, self._language, self._columns = title, language, columns
        self._described = {section.slug: section for section in described}
        self._known = known
        self.new: list[SectionSpec] = []
        for key in (_noun, _plural, _slug):
            self._found |= {normalise(key(section)): section for section in reversed(known)}

    def of(self, draft: Draft) -> SectionSpec:
        """The section that a row names; without a name the deck's only one, or one by the terms' header or title."""
        if not draft.section:
            return self._default()
        key = normalise(draft.section) or draft.section
        if key not in self._found:
            self._add(key, self._described.get(draft.section) or self._named(draft))
        return self._found[key]

    def add_described(self) -> None:
        """Make the sections that the table describes, those without facts included."""
        for slug, section in self._described.items():
            if (normalise(slug) or slug) not in self._found:
                self._add(normalise(slug) or slug, section)

    def _default(self) -> SectionSpec:
        if len(self._known) == 1 and "section" not in self._columns.places:
            return self._known[0]
        noun, several = category_nouns(self._columns.noun, self._language)
        if not noun:
            noun, several = self._terms()[0], self._title[:_LONGEST] or self._terms()[1]
        key = normalise(several) or several
        if key not in self._found:
            self._add(key, self._made(several, noun, several))
        return self._found[key]

    def _named(self, draft: Draft) -> SectionSpec:
        exported = bool(draft.section_plural) and _SLUG.fullmatch(draft.section) is not None
        noun, several = category_nouns(draft.section, self._language)
        fallback = category_nouns(self._columns.noun, self._language)[0] or self._terms()[0]
        noun, several = draft.section_noun or noun or fallback, draft.section_plural or several
        return self._made(draft.section, noun, several, slug=draft.section if exported else "")

    def _made(self, name: str, noun: str, several: str, slug: str = "") -> SectionSpec:
        free = slug if slug and slug not in self._slugs else self._free(ascii_slug(name))
        return SectionSpec(free, self._last + 1, noun, several)

    def worded(self, purposes: Mapping[str, Sequence[str]]) -> list[SectionSpec]:
        """The new sections with questions: those that the table describes, else the default ones.

        `purposes` are the descriptions of the facts in each section, by its slug.
        """
        return [
            one if one.slug in self._described else replace(one, wording=self._wording(one, purposes.get(one.slug, ())))
            for one in self.new
        ]

    def _wording(self, section: SectionSpec, purposes: Sequence[str]) -> dict[str, str]:
        return wording_for(
            language=self._language,
            noun=section.noun,
            noun_plural=section.noun_plural,
            description=_low(self._columns.description),
            purposes=purposes,
        )

    def _free(self, slug: str) -> str:
        base, number = slug or "section", 1 if slug else len(self._slugs) + 1
        while (found := base if slug and number == 1 else f"{base}-{number}") in self._slugs:
            number += 1
        return found

    def _add(self, key: str, section: SectionSpec) -> None:
        self._slugs.add(section.slug)
        self._last = max(self._last, section.position)
        self._found |= {normalise(_slug(section)): section, key: section}
        for known in (_plural, _noun):
            self._found.setdefault(normalise(known(section)), section)
        self.new.append(section)

    def _terms(self) -> tuple[str, str]:
        return nouns_of("", self._language)


def _low(header: str) -> str:
    return header.lower() if header.istitle() and header.isascii() else header


def _slug(section: SectionSpec) -> str:
    return section.slug


def _noun(section: SectionSpec) -> str:
    return section.noun


def _plural(section: SectionSpec) -> str:
    return section.noun_plural


def section_rows(sections: Iterable[SectionSpec]) -> list[list[str]]:
    """Sections as the rows of a sheet, with its header: slug, position, nouns, a question for each direction."""
    directions = [direction.value for direction in Direction]
    rows = [
        [one.slug, str(one.position), one.noun, one.noun_plural, *(one.wording.get(name, "") for name in directions)]
        for one in sections
    ]
    head = [*SECTION_COLUMNS, *(name.replace("_", " ") for name in directions)]
    return [head, *([with_markup(text) for text in row] for row in rows)]


def read_sections(rows: Sequence[Row]) -> list[SectionSpec]:
    """Sections from the rows of such a sheet; what has no slug, noun or plural is left out."""
    if not rows:
        return []
    names = [normalise(cell).replace(" ", "_") for cell in rows[0].cells]
    return [one for row in rows[1:] if (one := _section(dict(zip(names, row.cells, strict=False)))) is not None]


def _section(cells: Mapping[str, str]) -> SectionSpec | None:
    slug, noun, several = (phrase(cells.get(name, ""))[:_LONGEST] for name in ("slug", "noun", "noun_plural"))
    if not (_SLUG.fullmatch(slug) and noun and several):
        return None
    position = cells.get("position", "").strip()
    wording = {d.value: text for d in Direction if (text := phrase(cells.get(d.value, ""))) and len(text) <= 1000}
    number = int(position) if position.isascii() and position.isdigit() and len(position) < 10 else 0
    return SectionSpec(slug, number, noun, several, wording)
