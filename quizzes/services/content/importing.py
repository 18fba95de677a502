"""Tables of facts written into decks, as a plan says; nothing half done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from quizzes.core.drafts import Content
from quizzes.core.outcomes import FactPlan, Plan
from quizzes.models import Deck, Fact, FactVersion, Section, User
from quizzes.services.content.facts import bring_deck_up_to_date

CHUNK = 500
T = TypeVar("T")

Tell = Callable[[str, int, int], None]
"""Is told how far it is: what is being done, how much of it, of how much."""


class StalePlanError(ValueError):
    """The deck has changed since the plan was made: make it again and look at it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: how many facts were made, changed and retired, how many sections made."""

    deck: Deck
    created: int
    updated: int
    retired: int
    sections: int


def _silent(_step: str, _done: int, _all: int) -> None:
    """Tells nobody."""


@transaction.atomic
def import_table(
    *, deck: Deck, plan: Plan, by: User | None, now: datetime, meaning: bool = False, tell: Tell = _silent
) -> Imported:
    """Write what a plan says: sections, facts, versions, cards. A deck that is not saved yet is made, as a draft.

    Changes are of wording, which leaves memories alone, or with `meaning` bring the facts back to those who learned
    them. Raises StalePlanError if the deck is not the one that the plan was made for.
    """
    if not plan.writes:
        return Imported(deck, 0, 0, 0, 0)
    deck = _locked(deck, plan)
    sections = _sections(deck, plan)
    _create(deck, plan.new, sections, tell)
    _change(deck, plan.changed, sections, tell)
    for codes in _chunks(plan.retired):
        Fact.objects.filter(deck=deck, code__in=codes).update(status=Fact.Status.RETIRED)
    Deck.objects.filter(pk=deck.pk).update(last_numbers=plan.numbers)
    deck.last_numbers = dict(plan.numbers)
    tell("working out questions", 0, 1)
    change = FactVersion.Change.MEANING if meaning else FactVersion.Change.WORDING
    bring_deck_up_to_date(deck=deck, by=by, now=now, change=change)
    tell("working out questions", 1, 1)
    return Imported(deck, len(plan.new), len(plan.changed), len(plan.retired), len(plan.sections))


def _locked(deck: Deck, plan: Plan) -> Deck:
    if deck.pk is None:
        deck.status = Deck.Status.DRAFT
        deck.save(force_insert=True)
        return deck
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    if deck.content_version != plan.version:
        raise StalePlanError(f"“{deck}” has changed since: look at what the import would do now")
    return deck


def _sections(deck: Deck, plan: Plan) -> dict[str, int]:
    """Ids of the deck's sections by slug, the new ones made."""
    Section.objects.bulk_create(
        Section(
            deck=deck, slug=s.slug, position=s.position, noun=s.noun, noun_plural=s.noun_plural, wording=dict(s.wording)
        )
        for s in plan.sections
    )
    return dict(Section.objects.filter(deck=deck).values_list("slug", "pk"))


def _create(deck: Deck, new: Sequence[FactPlan], sections: dict[str, int], tell: Tell) -> None:
    for done, facts in enumerate(_chunks(new)):
        tell("writing facts", done * CHUNK, len(new))
        Fact.objects.bulk_create(
            Fact(
                deck=deck,
                section_id=sections[fact.section],
                code=fact.code,
                position=fact.position,
                **_columns(fact.content),
            )
            for fact in facts
        )


def _change(deck: Deck, changed: Sequence[FactPlan], sections: dict[str, int], tell: Tell) -> None:
    for done, plans in enumerate(_chunks(changed)):
        tell("changing facts", done * CHUNK, len(changed))
        rows = {row.code: row for row in Fact.objects.filter(deck=deck, code__in=[fact.code for fact in plans])}
        fields = {"section", "position", "status"}
        for fact in plans:
            values = {"section_id": sections[fact.section], "position": fact.position, "status": Fact.Status.ACTIVE}
            values |= _columns(fact.content)
            fields |= fact.content.keys()
            for name, value in values.items():
                setattr(rows[fact.code], name, value)
        Fact.objects.bulk_update(rows.values(), sorted(fields), batch_size=200)


def _columns(content: Content) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK))
