"""What students, and instructors with the figures of their class, report of questions that look wrong."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Card


class ProblemReport(models.Model):
    """Somebody says that one question looks wrong; what was shown is found by its hash and order.

    An instructor's report carries the card's figures in their class as they were then, as CardStatistics keeps them.
    """

    class Kind(models.TextChoices):
        WRONG_KEY = "wrong_key", _("The answer marked right is wrong")
        ALSO_RIGHT = "also_right", _("Another answer is right too")
        UNCLEAR = "unclear", _("The question is unclear")
        MARKING = "marking", _("My typed answer should have counted")
        WORDING = "wording", _("Spelling or wording")
        OTHER = "other", _("Something else")
        STATISTICS = "statistics", _("An instructor sends its figures")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        FIXED = "fixed", _("fixed")
        DISMISSED = "dismissed", _("no change needed")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    message = models.TextField(blank=True)
    item_hash = models.CharField(max_length=64)
    order = models.JSONField(default=list, help_text=_("Canonical option numbers in the order shown."))
    format = models.CharField(max_length=10)
    figures = models.JSONField(null=True, blank=True, editable=False)
    answer = models.TextField(blank=True, help_text=_("What the student chose or typed, if they had answered."))
    client_id = models.UUIDField(help_text=_("Issued with the form, so that a report counts once."))
    created_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handled_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True, help_text=_("What the student is told."))

    class Meta:
        ordering: ClassVar[list[str]] = ["status", "-created_at"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["status", "created_at"], name="reports_to_do")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["reporter", "client_id"], name="report_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.card}"
