"""Cards, and items as they were shown."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.core.specs import Direction
from quizzes.core.tables import MOST_OPTIONS
from quizzes.models.append_only import AppendOnlyQuerySet
from quizzes.models.content.decks import Deck
from quizzes.models.content.facts import Fact


class CardManager(models.Manager["Card"]):
    """Finds cards by deck and key, for fixtures."""

    def get_by_natural_key(self, deck_id: int, key: str) -> "Card":
        """The card of that key in that deck; raises Card.DoesNotExist."""
        return self.get(deck_id=deck_id, key=key)


class Card(models.Model):
    """One prompt-answer direction of one fact; memories hang on its id, so a used card is retired, never deleted.

    A stale card's refusals and answer choices are to be worked out again by the worker. Until then it is asked as
    before; a pending one, whose refusals were never worked out, is not asked of anybody.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("questions not worked out yet")
        ACTIVE = "active", _("active")
        REFUSED = "refused", _("refused")
        RETIRED = "retired", _("retired")

    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="cards")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="cards")
    direction = models.CharField(max_length=20, choices=[(d.value, d.value.replace("_", " ")) for d in Direction])
    part = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=260)
    order = models.PositiveIntegerField(default=0, help_text=_("Place in the teaching order of the deck."))
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    choice_refusal = models.TextField(blank=True, help_text=_("Why it gives no good multiple-choice question."))
    recall_refusal = models.TextField(blank=True, help_text=_("Why it cannot be asked without answer choices."))
    choices = models.PositiveSmallIntegerField(
        default=MOST_OPTIONS, help_text=_("How many answer choices its questions have; 0 if it is asked without.")
    )
    stale = models.BooleanField(
        default=False, help_text=_("Whether its refusals and choices are to be worked out again.")
    )

    objects = CardManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["deck", "order", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["deck", "key"], name="card_key_once_per_deck"),
            models.UniqueConstraint(fields=["fact", "direction", "part"], name="card_once_per_fact"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["deck"], condition=Q(stale=True), name="card_stale")]

    def __str__(self) -> str:
        return self.key

    def natural_key(self) -> tuple[int, str]:
        """Deck and key; no fixture refers to a card by it, so ids serve and spare its queries."""
        return (self.deck_id, self.key)

    natural_key.dependencies = ["quizzes.fact"]  # type: ignore[attr-defined]


class CardTally(models.Model):
    """Counts over all students of one card's multiple-choice answers, made by `manage.py tally`, never by an answer."""

    card = models.OneToOneField(Card, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    answers = models.PositiveIntegerField(default=0)
    median_ms = models.PositiveIntegerField(help_text=_("Median time of an answer, in milliseconds."))

    def __str__(self) -> str:
        return f"tally of card {self.card_id}"


class CardShift(models.Model):
    """One version of what all students of a card showed of its first memory, as `core.memory.Shift` has it.

    Made by the worker, never by an answer. Of a card's rows the newest counts; none is ever changed, since students'
    memories started from it. `answers` are those on a later day, `students` those who gave them.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="shifts", db_index=False)
    version = models.PositiveIntegerField(help_text=_("Counted by deck: a version has the cards that it changed."))
    ln_stability = models.FloatField()
    difficulty = models.FloatField()
    students = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["card", "version"], name="card_shift_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"shift of {self.card_id} v{self.version}"


class ItemSnapshot(models.Model):
    """One question exactly as it was shown, options in canonical order; found by the hash of its content."""

    hash = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()
    created_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.hash
