"""A deck as a table that importing reads back: a header of usual names, a row for each fact."""

from collections.abc import Iterator, Mapping

from quizzes.core.cleaning import cell, with_markup
from quizzes.core.specs import DeckSpec, FactSpec, SectionSpec

HEADER = (
    "code", "section", "section singular", "section plural", "position", "term", "short label", "aliases",
    "never accept", "noun", "description", "condition", "examples", "tags", "explanation", "locator", "caution",
    "caution source",
)  # fmt: skip


def fact_rows(deck: DeckSpec) -> Iterator[tuple[str, ...]]:
    """The header, then the deck's facts in teaching order."""
    sections: Mapping[str, SectionSpec] = {section.slug: section for section in deck.sections}
    yield HEADER
    for fact in deck.facts:
        yield _row(fact, sections[fact.section])


def _row(fact: FactSpec, section: SectionSpec) -> tuple[str, ...]:
    return (
        fact.code,
        section.slug,
        with_markup(section.noun),
        with_markup(section.noun_plural),
        str(fact.position),
        with_markup(fact.term),
        with_markup(fact.short_label),
        cell(fact.aliases),
        cell(fact.never_accept),
        *(with_markup(text) for text in (fact.noun, fact.purpose, fact.condition)),
        cell(fact.examples),
        cell(fact.tags),
        *(with_markup(text) for text in (fact.explanation, fact.locator, fact.caution, fact.caution_source)),
    )
