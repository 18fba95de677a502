"""What a student is told of facts corrected since they learned them, and of replies to what they reported."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.core.events import Kind
from quizzes.models import Fact, FactVersion, ItemSnapshot, ProblemReport, ReviewLog, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.content.specs import CONTENT_FIELDS
from quizzes.selectors.content.versions import content_changes
from quizzes.selectors.people.told import Told, put_away, still_told

TOLD_FOR = timedelta(days=60)
MOST_TOLD = 100
UNSEEN = {"short_label", "never_accept", "noun", "tags", "locator", "caution_source"}
"""Fields that say how a fact is asked and where it comes from, not what is to be known."""
LEARNED_FIELDS = [name for name in CONTENT_FIELDS if name not in UNSEEN]


def corrections(user: User, *, now: datetime) -> list[Told]:
    """Facts that say something else than when the person last answered a card of theirs before; three queries at most.

    Of the last sixty days, the latest first. What was put back to how it was is not told.
    """
    edited = list(_edited(user, now))
    away = put_away(user, [_key(one) for one in edited])
    by_fact: dict[int, list[FactVersion]] = defaultdict(list)
    for one in edited:
        if _key(one) not in away:
            by_fact[one.fact_id].append(one)
    first = {fact_id: min(one.number for one in found) for fact_id, found in by_fact.items()}
    kept = FactVersion.objects.filter(fact__in=list(first), number__gte=min(first.values(), default=1) - 1)
    contents = {(one.fact_id, one.number): one.content for one in kept} if first else {}
    told = []
    for fact_id, found in by_fact.items():
        before, fact = contents.get((fact_id, first[fact_id] - 1)), found[0].fact
        changes = content_changes(before, contents[fact_id, fact.version], LEARNED_FIELDS) if before else ()
        if changes:
            told.append(_correction(fact, found, changes))
    return told


def _edited(user: User, now: datetime) -> Iterable[FactVersion]:
    answered = ReviewLog.objects.filter(
        user=user, kind=Kind.ANSWER, card__fact=OuterRef("fact"), answered_at__lt=OuterRef("created_at")
    )
    rows = FactVersion.objects.filter(created_at__gt=now - TOLD_FOR, fact__status=Fact.Status.ACTIVE)
    rows = rows.exclude(change=FactVersion.Change.FIRST).filter(Exists(answered), fact__deck__in=visible_decks(user))
    latest: Iterable[FactVersion] = rows.select_related("fact__deck").order_by("-created_at", "-pk")[:MOST_TOLD]
    return latest


def _key(version: FactVersion) -> str:
    return f"version:{version.pk}"


def _correction(fact: Fact, found: Sequence[FactVersion], changes: Sequence[object]) -> Told:
    meaning = any(one.change == FactVersion.Change.MEANING for one in found)
    said = _("It means something else now, so its cards come back to you for review.")
    kept = _("Only the wording changed: what you remember of it stays, and so do its dates.")
    page = reverse("browse-fact", args=[fact.deck.slug, fact.code])
    return Told(
        title=_("“%s” was corrected") % fact.term,
        text=said if meaning else kept,
        keys=[_key(one) for one in found],
        changes=changes,
        links=[(_("The fact"), page)],
    )


def replies(user: User, *, now: datetime) -> list[Told]:
    """Reports of the person that an editor has answered, the latest first; three queries at most."""
    rows = ProblemReport.objects.filter(reporter=user, handled_at__gt=now - TOLD_FOR).order_by("-handled_at", "-pk")
    found = list(rows[:MOST_TOLD])
    shown = ItemSnapshot.objects.in_bulk({row.item_hash for row in found}) if found else {}
    return still_told(user, [_reply(row, shown.get(row.item_hash)) for row in found])


def _reply(row: ProblemReport, item: ItemSnapshot | None) -> Told:
    assert row.handled_at is not None
    about = item.content["stem"] if item else _("A question that was not kept")
    fixed = row.status == ProblemReport.Status.FIXED
    return Told(
        title=_("Fixed, as you reported: %s") % about if fixed else _("Answered, as you reported: %s") % about,
        text=row.reply,
        keys=[f"report:{row.pk}:{int(row.handled_at.timestamp())}"],
        links=[(_("Your reports"), reverse("reports"))],
    )
