"""What importing a table into a deck would do, worked out from the deck as it is."""

from collections.abc import Mapping

from quizzes.core import importing
from quizzes.core.outcomes import KnownDeck, KnownFact, Plan
from quizzes.core.sheets import Table
from quizzes.core.specs import SectionSpec
from quizzes.models import Deck, Fact, Section
from quizzes.selectors.content.specs import CONTENT_FIELDS


def plan_import(
    deck: Deck, table: Table, mapping: Mapping[str, str] | None = None, *, retire_missing: bool = False
) -> Plan:
    """The plan of an import; three queries, none for a deck that is not saved yet. Raises MappingError.

    `mapping` takes fields to headers or to numbers of columns from 1: {"term": "Element", "description": "2"}.
    """
    return importing.plan(_known(deck), table, mapping, retire_missing=retire_missing)


def _known(deck: Deck) -> KnownDeck:
    if deck.pk is None:
        return KnownDeck(deck.title, deck.language)
    deck = Deck.objects.get(pk=deck.pk)
    sections = Section.objects.filter(deck=deck).order_by("position", "slug")
    rows = Fact.objects.filter(deck=deck).order_by("section__position", "position", "id")
    return KnownDeck(
        title=deck.title,
        language=deck.language,
        sections=tuple(SectionSpec(s.slug, s.position, s.noun, s.noun_plural, s.wording) for s in sections),
        facts=tuple(
            KnownFact(
                code=row["code"],
                section=row["section__slug"],
                position=row["position"],
                retired=row["status"] == Fact.Status.RETIRED,
                content={name: row[name] for name in CONTENT_FIELDS},
            )
            for row in rows.values("code", "section__slug", "position", "status", *CONTENT_FIELDS)
        ),
        numbers=deck.last_numbers,
        version=deck.content_version,
    )
