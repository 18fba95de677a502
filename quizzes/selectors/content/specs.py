"""Rows of a deck as the values that the core works on."""

from collections.abc import Mapping
from typing import Any

from quizzes.core.specs import DeckSpec, FactSpec, SectionSpec, Verdict
from quizzes.models import Deck, Fact, Overlap, Section

CONTENT_FIELDS = (
    "term", "short_label", "aliases", "never_accept", "noun", "purpose", "condition", "examples", "tags",
    "explanation", "locator", "caution", "caution_source",
)  # fmt: skip
LIST_FIELDS = ("aliases", "never_accept", "examples", "tags")


def fact_content(fact: Fact) -> dict[str, Any]:
    """What the fact says now, as its version keeps it."""
    return {name: getattr(fact, name) for name in CONTENT_FIELDS}


def fact_spec(row: Mapping[str, Any]) -> FactSpec:
    """A fact's row, with `section__slug`, as a value."""
    content: dict[str, Any] = {name: tuple(row[name]) if name in LIST_FIELDS else row[name] for name in CONTENT_FIELDS}
    place: dict[str, Any] = {name: row[name] for name in ("code", "position", "version", "meaning_version")}
    return FactSpec(section=row["section__slug"], **content, **place)


def spec_of(fact: Fact) -> FactSpec:
    """One fact as a value."""
    place = {name: getattr(fact, name) for name in ("code", "position", "version", "meaning_version")}
    return fact_spec({**fact_content(fact), **place, "section__slug": fact.section.slug})


def deck_spec(deck: Deck) -> DeckSpec:
    """The deck's sections, active facts and verdicts as one value; three queries."""
    sections = Section.objects.filter(deck=deck).order_by("position", "slug")
    facts = Fact.objects.filter(deck=deck, status=Fact.Status.ACTIVE).order_by("section__position", "position", "id")
    names = (*CONTENT_FIELDS, "section__slug", "code", "position", "version", "meaning_version")
    return DeckSpec(
        slug=deck.slug,
        title=deck.title,
        language=deck.language,
        sections=tuple(SectionSpec(s.slug, s.position, s.noun, s.noun_plural, s.wording) for s in sections),
        facts=tuple(fact_spec(row) for row in facts.values(*names)),
        overlaps=_verdicts(deck),
    )


def _verdicts(deck: Deck) -> dict[tuple[str, str, str], Verdict]:
    rows = Overlap.objects.filter(offered__deck=deck).values_list(
        "asked__code", "asked_section__slug", "offered__code", "direction", "verdict"
    )
    return {
        (code or section, offered, direction): Verdict(verdict) for code, section, offered, direction, verdict in rows
    }
