"""What an editor wants to know of facts: whether they have been studied or shown, and by how many learned."""

from collections.abc import Collection

from quizzes.models import CardProgress, Deck, Fact, ItemSnapshot, ReviewLog


def studied_facts(facts: Collection[Fact]) -> set[int]:
    """The ids of those facts that are part of somebody's memory or history, and so must stay."""
    return {
        *CardProgress.objects.filter(card__fact__in=facts).values_list("card__fact_id", flat=True).distinct(),
        *ReviewLog.objects.filter(card__fact__in=facts).values_list("card__fact_id", flat=True).distinct(),
        *ReviewLog.objects.filter(taken_for__in=facts).values_list("taken_for_id", flat=True).distinct(),
    }


def used_facts(facts: Collection[Fact]) -> set[int]:
    """The ids of those facts that are part of a memory, a history or a question that somebody was shown.

    They are retired instead of deleted, since what was shown can be shown again: the versions of all its options stay.
    """
    return studied_facts(facts) | _shown_facts(facts)


def _shown_facts(facts: Collection[Fact]) -> set[int]:
    """Those among the options of a question that was kept; reads the kept questions of their decks."""
    shown: set[int] = set()
    for deck in Deck.objects.filter(pk__in={fact.deck_id for fact in facts}):
        left = {fact.code: fact.pk for fact in facts if fact.deck_id == deck.pk}
        kept = ItemSnapshot.objects.filter(content__deck=deck.slug).values_list("content", flat=True)
        for content in kept.iterator(chunk_size=500):
            shown |= {left.pop(option["code"]) for option in content["options"] if option["code"] in left}
            if not left:
                break
    return shown


def learners(fact: Fact) -> int:
    """How many people have learned a card of this fact: a change of its meaning brings it back to them."""
    rows = CardProgress.objects.filter(card__fact=fact).exclude(phase="new")
    return rows.values("user_id").distinct().count()
