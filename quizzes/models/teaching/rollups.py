"""Figures made by the worker from the log, of cards over many students and of days: no answer ever writes them."""

from typing import Any, ClassVar

from django.conf import settings
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


class DueWork(models.Model):
    """What was due, overdue and done of one student in one deck on each of the study days before `day`.

    A cache over the log, made by the worker once in a student's day. `days` are core.effort.DueDay as plain lists, the
    day before `day` last.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    days = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "due work"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "deck"], name="due_work_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in deck {self.deck_id} before {self.day}"
