"""How far the worker has come with a deck's questions."""

from typing import NamedTuple

from django.db.models import Count, Q

from quizzes.models import Card, Deck

UNDER_WORK = Q(stale=True)
IN_USE = ~Q(status=Card.Status.RETIRED)


class WorkLeft(NamedTuple):
    """The cards of a deck whose questions are worked out, and all of its cards."""

    done: int
    total: int

    @property
    def left(self) -> int:
        """The cards that the worker is still to come to."""
        return self.total - self.done


def work_left(deck: Deck) -> WorkLeft:
    """How many cards are worked out, of how many; one query."""
    counts = Card.objects.filter(IN_USE, deck=deck).aggregate(total=Count("pk"), left=Count("pk", filter=UNDER_WORK))
    return WorkLeft(counts["total"] - counts["left"], counts["total"])
