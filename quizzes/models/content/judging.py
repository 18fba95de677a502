"""Who judged which pair of facts, so that each step can be taken back."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from quizzes.models.content.decks import Deck, Section
from quizzes.models.content.facts import Fact


class PairJudgement(models.Model):
    """One step of an editor through the pairs of a deck: the verdicts on the pair before and after it.

    `one` is None where the question was whether `other` is a member of `section`. `before` and `after` hold the rows of
    Overlap on the pair. A step is never changed but for `undone_at`.
    """

    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="judgements")
    one = models.ForeignKey(Fact, null=True, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    judged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["deck", "judged_by", "-id"], name="judgements_by_person")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(one__isnull=False, section__isnull=True)
                | models.Q(one__isnull=True, section__isnull=False),
                name="judgement_on_a_pair_or_a_membership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} for {self.one_id or self.section_id}"
