"""The log as it is read: which of its events stand. The one place that says so for queries."""

from typing import Self

from django.db.models import Exists, OuterRef

from quizzes.core.events import Kind
from quizzes.models.append_only import AppendOnlyQuerySet

PRACTICE = "practice"


class HistoryQuerySet(AppendOnlyQuerySet):
    """Rows of the log; what was taken back is still a row, but does not stand."""

    def that_stand(self) -> Self:
        """Events that no undo points back at; an undo itself cannot be taken back."""
        undone = self.model.objects.filter(
            user_id=OuterRef("user_id"), kind=Kind.UNDO.value, target_seq=OuterRef("seq")
        )
        return self.exclude(Exists(undone))

    def answers_that_stand(self, *, practice: bool = False) -> Self:
        """Answers not taken back: those that the schedule asked for, and with `practice` those given in practice too.

        Only scheduled answers are study: days studied, answers a day, shares right and facts missed count them alone.
        """
        answers = self.filter(kind=Kind.ANSWER.value).that_stand()
        return answers if practice else answers.exclude(source=PRACTICE)
