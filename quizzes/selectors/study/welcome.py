"""What stands before a deck's first question: its notice, where its facts come from, who has checked them."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Deck, Fact, Profile


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """The page of one deck."""

    title: str
    slug: str
    description: str
    disclaimer: str
    source: str
    review: str


def welcome_page(deck: Deck) -> WelcomePage:
    """One query."""
    return WelcomePage(deck.title, deck.slug, deck.description, deck.disclaimer, deck.source, review_state(deck))


def review_state(deck: Deck) -> str:
    """How many of the facts that are asked somebody has checked, as a sentence."""
    checked = Q(check_status=Fact.CheckStatus.CHECKED)
    active = Fact.objects.filter(deck=deck, status=Fact.Status.ACTIVE)
    counts = active.aggregate(all=Count("pk"), checked=Count("pk", filter=checked))
    if not counts["checked"]:
        return _("None of the facts has been checked yet.")
    if counts["checked"] == counts["all"]:
        return _("All facts have been checked.")
    words = ngettext(
        "%(checked)d of %(all)d fact has been checked.",
        "%(checked)d of %(all)d facts have been checked.",
        counts["all"],
    )
    return words % counts


def notices_seen(user_id: int) -> frozenset[str]:
    """The slugs of the decks whose notice the person has read."""
    found = Profile.objects.filter(user_id=user_id).values_list("notices_seen", flat=True).first()
    return frozenset(found or ())
