"""Figures of cards over many students, made by the worker from the log: no answer ever writes them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Card, Deck
from quizzes.models.teaching.classes import Cohort


class Rollup(models.Model):
    """The figures of one deck's cards over the students of a class, or over all students (no class), as made once.

    `fingerprint` says of which students, each up to which event of their log, and by which way of reckoning.
    """

    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="rollups")
    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="rollups")
    fingerprint = models.CharField(max_length=64)
    students = models.PositiveIntegerField(help_text=_("How many have answered in the deck."))
    answers = models.PositiveBigIntegerField()
    values = models.JSONField(
        default=dict, help_text=_("Right at first and later, of all and by section (id), and the curve of all cards.")
    )
    made_at = models.DateTimeField()
    took_seconds = models.FloatField(default=0.0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["cohort", "deck"], condition=Q(cohort__isnull=False), name="class_rolled_up_once"
            ),
            models.UniqueConstraint(fields=["deck"], condition=Q(cohort__isnull=True), name="deck_rolled_up_once"),
        ]

    def __str__(self) -> str:
        return f"deck {self.deck_id} of {f'class {self.cohort_id}' if self.cohort_id else 'all students'}"


class CardStatistics(models.Model):
    """One card that some of a rollup's students have answered. What lists sort and filter by stands in columns.

    `values` holds the figures as core.kept_figures writes them, the curve's sums and the options' counts; `shown` is
    the question that most met first, found by its hash. Figures are null where there are too few answers.
    """

    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="cards")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="statistics")
    stem = models.TextField(blank=True)
    shown = models.CharField(max_length=64, blank=True)
    n = models.PositiveIntegerField(help_text=_("First answers."))
    facility = models.FloatField(null=True)
    discrimination = models.FloatField(null=True)
    later = models.FloatField(null=True)
    weight = models.PositiveSmallIntegerField(help_text=_("core.card_flags.Weight of the heaviest flag."))
    gravity = models.PositiveSmallIntegerField(default=0, help_text=_("Place of its reason in core.item_flags.Why."))
    flags = models.JSONField(default=list, help_text=_("Pairs of weight and reason, the heaviest first."))
    values = models.JSONField()

    class Meta:
        verbose_name = _("question that may be broken")
        verbose_name_plural = _("questions that may be broken")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["rollup", "card"], name="card_rolled_up_once"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["rollup", "weight", "gravity"], name="cards_by_weight")]

    def __str__(self) -> str:
        return self.stem or f"card {self.card_id}"
