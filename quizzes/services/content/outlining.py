"""A text guide as a draft deck: sections with default questions, a fact for each line of its lists."""

from datetime import datetime

from django.db import transaction

from quizzes.core.outlines import LONGEST_TERM, Outline, OutlineFact, SectionDraft, drafts_of
from quizzes.models import Deck, Fact, Section, User
from quizzes.services.content.facts import bring_deck_up_to_date

NOTE_SOURCE = "The import of the outline"


class DeckExistsError(ValueError):
    """There is a deck of that slug; the message says what to do."""


@transaction.atomic
def import_outline(*, outline: Outline, slug: str, title: str, language: str, by: User | None, now: datetime) -> Deck:
    """Make a draft deck of an outline; everything or nothing.

    All facts are unchecked but those with something unclear: these are doubtful, and a caution says what and where.
    An existing deck is never touched. Raises DeckExistsError.
    """
    if Deck.objects.filter(slug=slug).exists():
        raise DeckExistsError(f"There is a deck “{slug}” already. Choose another slug, or delete that deck first.")
    drafts = drafts_of(outline, language)
    deck = Deck.objects.create(
        slug=slug,
        title=title[: _longest("title")],
        language=language,
        description=outline.introduction,
        status=Deck.Status.DRAFT,
        last_numbers={draft.slug: len(draft.facts) for draft in drafts},
    )
    for place, draft in enumerate(drafts, start=1):
        _add_section(deck, place, draft)
    bring_deck_up_to_date(deck=deck, by=by, now=now)
    return Deck.objects.get(pk=deck.pk)


def _longest(name: str) -> int:
    return getattr(Deck._meta.get_field(name), "max_length", 0)


def _add_section(deck: Deck, place: int, draft: SectionDraft) -> None:
    section = Section.objects.create(
        deck=deck,
        slug=draft.slug,
        position=place,
        noun=draft.noun,
        noun_plural=draft.noun_plural,
        wording=draft.wording,
    )
    facts = [_fact(section, number, draft, fact) for number, fact in enumerate(draft.facts, start=1)]
    Fact.objects.bulk_create(facts, batch_size=500)


def _fact(section: Section, number: int, draft: SectionDraft, fact: OutlineFact) -> Fact:
    longest = Fact._meta.get_field("locator").max_length
    place = f", {number}"
    heading = draft.heading or draft.noun_plural
    return Fact(
        deck_id=section.deck_id,
        section=section,
        code=f"{section.slug}/{number}",
        position=number,
        term=fact.term[:LONGEST_TERM],
        aliases=list(fact.aliases),
        purpose=fact.description,
        condition=fact.condition,
        examples=list(fact.examples),
        locator=(heading[: longest - len(place)] if longest else heading) + place,
        caution=_note(fact),
        caution_source=NOTE_SOURCE if fact.unclear else "",
        check_status=Fact.CheckStatus.DOUBTFUL if fact.unclear else Fact.CheckStatus.UNCHECKED,
    )


def _note(fact: OutlineFact) -> str:
    return f"{' '.join(fact.unclear)} Line {fact.line}: “{fact.text}”" if fact.unclear else ""
