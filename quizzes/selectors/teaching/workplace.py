"""What waits for an editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizzes.models import Deck, Fact, FactVersion
from quizzes.selectors.content.reviewing import DeckReview, at_work, review_decks
from quizzes.selectors.teaching.editor_figures import open_questions
from quizzes.selectors.teaching.reports import open_reports

RECHECKS_SHOWN, CHANGES_SHOWN = 5, 5


@dataclass(frozen=True, slots=True)
class Workplace:
    """An editor's first page: what is to do (reports, broken questions, rechecks), all decks, what was changed last."""

    reports: int
    questions: int
    recheck: int
    doubtful: int
    rechecks: Sequence[Fact]
    decks: Sequence[DeckReview]
    changes: Sequence[FactVersion]

    @property
    def nothing_to_do(self) -> bool:
        """Whether nothing waits."""
        return not (self.reports or self.questions or self.recheck)

    @property
    def at_work(self) -> bool:
        """Whether the worker is still to come to cards of some deck."""
        return at_work(self.decks)


def read_workplace(*, today: date) -> Workplace:
    """Seven queries, however many decks there are."""
    decks = review_decks(Deck.objects.all(), today=today)
    due = Fact.objects.filter(status=Fact.Status.ACTIVE, recheck_on__lte=today).order_by("recheck_on", "pk")
    edited = FactVersion.objects.exclude(change=FactVersion.Change.FIRST).order_by("-created_at", "-pk")
    return Workplace(
        reports=open_reports().count(),
        questions=open_questions().count(),
        recheck=sum(deck.recheck for deck in decks),
        doubtful=sum(deck.doubtful for deck in decks),
        rechecks=list(due.select_related("deck")[:RECHECKS_SHOWN]),
        decks=decks,
        changes=list(edited.select_related("fact", "created_by")[:CHANGES_SHOWN]),
    )
