"""Facts made, changed, retired: their codes, versions and cards stay in step."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from quizzes.models import Card, Deck, Fact, FactVersion, Section, User
from quizzes.selectors.content.facts import used_facts
from quizzes.selectors.content.specs import CONTENT_FIELDS, fact_content
from quizzes.services.content.cards import sync_cards

_CHUNK = 500


class OtherDeckError(ValueError):
    """A fact stays in its deck."""


@transaction.atomic
def give_code(*, section: Section) -> str:
    """The next `section/number` of a section; the number is used up even if the fact is deleted again."""
    deck = Deck.objects.select_for_update().get(pk=section.deck_id)
    taken = set(Fact.objects.filter(deck=deck, code__startswith=f"{section.slug}/").values_list("code", flat=True))
    number = deck.last_numbers.get(section.slug, 0) + 1
    while f"{section.slug}/{number}" in taken:
        number += 1
    deck.last_numbers[section.slug] = number
    deck.save(update_fields=["last_numbers"])
    return f"{section.slug}/{number}"


@transaction.atomic
def keep_versions(
    *,
    deck: Deck,
    by: User | None,
    now: datetime,
    change: str = FactVersion.Change.WORDING,
    facts: Collection[Fact] | None = None,
) -> int:
    """Write a version for each fact of the deck whose row says something new; returns how many.

    `change` says whether those facts mean something else now; then they come back to those who learned them. `facts`
    are the only ones that may have changed, where the caller knows them.
    """
    return len(_keep_versions(deck, by, now, change, facts))


def _keep_versions(
    deck: Deck, by: User | None, now: datetime, change: str, facts: Collection[Fact] | None
) -> list[Fact]:
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    rows = Fact.objects.filter(deck=deck).order_by("pk")
    if facts is not None:
        rows = rows.filter(pk__in=[fact.pk for fact in facts])
    return [fact for some in _in_chunks(rows) for fact in _keep_some(some, by, now, change)]


def _in_chunks(rows: QuerySet[Fact]) -> Iterator[list[Fact]]:
    """Few at a time, since each is compared with what it said before."""
    chunk = list(rows[:_CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:_CHUNK]) if len(chunk) == _CHUNK else []


def _keep_some(facts: Sequence[Fact], by: User | None, now: datetime, change: str) -> list[Fact]:
    later = FactVersion.objects.filter(fact=OuterRef("fact"), number__gt=OuterRef("number"))
    latest = {v.fact_id: v for v in FactVersion.objects.filter(fact__in=facts).exclude(Exists(later))}
    stale = [fact for fact in facts if fact.pk not in latest or latest[fact.pk].content != fact_content(fact)]
    versions = [_next_version(fact, latest.get(fact.pk), by, now, change) for fact in stale]
    FactVersion.objects.bulk_create(versions, batch_size=_CHUNK)
    renewed = [fact for fact in stale if fact.pk in latest]
    Fact.objects.bulk_update(renewed, ["version", "meaning_version"], batch_size=_CHUNK)
    return stale


def _next_version(fact: Fact, last: FactVersion | None, by: User | None, now: datetime, change: str) -> FactVersion:
    if last:
        fact.version = last.number + 1
        fact.meaning_version = last.meaning_version + (change == FactVersion.Change.MEANING)
    return FactVersion(
        fact=fact,
        number=fact.version,
        meaning_version=fact.meaning_version,
        change=change if last else FactVersion.Change.FIRST,
        content=fact_content(fact),
        created_at=now,
        created_by=by,
    )


@transaction.atomic
def bring_deck_up_to_date(
    *,
    deck: Deck,
    by: User | None,
    now: datetime,
    change: str = FactVersion.Change.WORDING,
    facts: Collection[Fact] | None = None,
) -> None:
    """After any edit of a deck's sections, facts or overlaps: versions kept, cards made, retired, refused.

    Who knows which `facts` were edited says so: then no others are looked through for something new, and in a large
    deck the cards of these are worked out at once (see `sync_cards`).
    """
    changed = _keep_versions(deck, by, now, change, facts)
    sync_cards(deck=deck, changed=changed if facts is None else facts)


@transaction.atomic
def set_status(*, facts: Collection[Fact], status: str) -> None:
    """Retire facts or bring them back, with their cards: a card that comes back is the same one as before."""
    Fact.objects.filter(pk__in=[fact.pk for fact in facts]).update(status=status)
    _sync_decks(facts)


@transaction.atomic
def move_facts(*, facts: Collection[Fact], section: Section, by: User | None, now: datetime) -> int:
    """Put facts last into another section of their deck, in their order; returns how many were moved.

    Codes and memories stay; questions that only the old section asks are retired, and come back with the fact. Raises
    OtherDeckError.
    """
    if any(fact.deck_id != section.deck_id for fact in facts):
        raise OtherDeckError(f"“{section}” is a section of another deck")
    moved = [fact for fact in facts if fact.section_id != section.pk]
    last = Fact.objects.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    for place, fact in enumerate(moved, start=last + 1):
        Fact.objects.filter(pk=fact.pk).update(section=section, position=place)
    if moved:
        bring_deck_up_to_date(deck=section.deck, by=by, now=now, facts=moved)
    return len(moved)


@transaction.atomic
def check_facts(*, facts: Collection[Fact], by: User, on: date) -> None:
    """Note that somebody has checked these facts on that day; a recheck that was due by then is done."""
    rows = Fact.objects.filter(pk__in=[fact.pk for fact in facts])
    rows.update(check_status=Fact.CheckStatus.CHECKED, checker=by, checked_on=on)
    rows.filter(recheck_on__lte=on).update(recheck_on=None)


@transaction.atomic
def restore_version(
    *, fact: Fact, number: int, by: User | None, now: datetime, change: str = FactVersion.Change.WORDING
) -> bool:
    """Let a fact say again what it said in a version, as a new version; False if it says so already.

    No version is rewritten. Raises FactVersion.DoesNotExist.
    """
    fact = Fact.objects.select_for_update().get(pk=fact.pk)
    content = FactVersion.objects.get(fact=fact, number=number).content
    known = {name: content[name] for name in CONTENT_FIELDS if name in content}
    Fact.objects.filter(pk=fact.pk).update(**known)
    before = fact.version
    bring_deck_up_to_date(deck=fact.deck, by=by, now=now, change=change, facts=[fact])
    fact.refresh_from_db()
    return fact.version > before


@transaction.atomic
def remove_facts(*, facts: Collection[Fact]) -> int:
    """Delete the facts that nobody has studied or been shown and retire the others; returns how many were retired.

    The codes of deleted facts are not given again.
    """
    used = used_facts(facts)
    unused = [fact.pk for fact in facts if fact.pk not in used]
    Fact.objects.filter(pk__in=used).update(status=Fact.Status.RETIRED)
    Card.objects.filter(fact__in=unused).delete()
    Fact.objects.filter(pk__in=unused).delete()
    _sync_decks(facts)
    return len(used)


def remove_fact(*, fact: Fact) -> bool:
    """Delete a fact that nobody has studied or been shown, or retire it; True if it was deleted."""
    return remove_facts(facts=[fact]) == 0


def _sync_decks(facts: Collection[Fact]) -> None:
    for deck in Deck.objects.filter(pk__in={fact.deck_id for fact in facts}).order_by("pk"):
        sync_cards(deck=deck, changed=facts)
