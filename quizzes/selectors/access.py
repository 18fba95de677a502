"""The one door to every object: what a person may see. What is not in here answers 404."""

from django.db.models import QuerySet

from quizzes.models import Deck, User


def visible_decks(user: User) -> QuerySet[Deck]:
    """Published decks; drafts too for those who edit."""
    if sees_drafts(user):
        return Deck.objects.all()
    return Deck.objects.filter(status=Deck.Status.PUBLISHED)


def sees_drafts(user: User) -> bool:
    """Whether the person edits decks, and so sees those not published."""
    return user.is_staff and user.has_perm("quizzes.change_deck")
