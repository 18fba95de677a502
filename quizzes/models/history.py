"""The log as it is read: which of its events stand. The one place that says so for queries."""

from typing import Self

from django.db.models import Exists, OuterRef

from quizzes.core.events import Kind
from quizzes.core.specs import Evidence
from quizzes.models.append_only import AppendOnlyQuerySet


class HistoryQuerySet(AppendOnlyQuerySet):
    """Rows of the log; what was taken back is still a row, but does not stand."""

    def that_stand(self) -> Self:
        """Events that no undo points back at; an undo itself cannot be taken back."""
        undone = self.model.objects.filter(
            user_id=OuterRef("user_id"), kind=Kind.UNDO.value, target_seq=OuterRef("seq")
        )
        return self.exclude(Exists(undone))

    def answers_that_stand(self, *, uncounted: bool = False) -> Self:
        """Answers not taken back that are study, as core.daily says; with `uncounted` the others too.

        Days studied, answers a day, shares right, pace and facts missed count study alone.
        """
        answers = self.filter(kind=Kind.ANSWER.value).that_stand()
        return answers if uncounted else answers.exclude(evidence=Evidence.NONE.value)
