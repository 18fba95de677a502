"""Versions of memory parameters, and every try to fit new ones."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ParameterSet(models.Model):
    """One version of a memory model's parameters, and on what and how well it was fitted.

    `fitted_on`: answers, reviews (those that cross days), first_day, last_day, through_seq (of a person's log).
    `quality`: held_out reviews, and log losses on them: by parent, by those in use then, by those fitted to the others.
    """

    class Scope(models.TextChoices):
        DEFAULT = "default", _("published defaults")
        CLASS = "class", _("class")
        PERSON = "person", _("person")

    scope = models.CharField(max_length=10, choices=Scope)
    model = models.CharField(max_length=20, default="fsrs6")
    version = models.PositiveIntegerField(default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    cohort = models.ForeignKey(
        "quizzes.Cohort", null=True, blank=True, on_delete=models.SET_NULL, related_name="parameter_sets"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()
    fitted_on = models.JSONField(default=dict, blank=True)
    quality = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["model", "version"], condition=Q(scope="default"), name="default_parameters_once"
            ),
            models.UniqueConstraint(
                fields=["user", "model", "version"], condition=Q(scope="person"), name="person_parameters_once"
            ),
            models.UniqueConstraint(
                fields=["cohort", "model", "version"], condition=Q(scope="class"), name="class_parameters_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.scope} v{self.version}"


class MemoryFit(models.Model):
    """One try to fit parameters to the answers of a person or of a class, whatever came of it."""

    class Verdict(models.TextChoices):
        """As core.guarded_fit has it."""

        FITTED = "fitted"
        IN_USE = "in_use"
        TOO_FEW = "too_few"
        PARENT = "parent"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="memory_fits"
    )
    cohort = models.ForeignKey(
        "quizzes.Cohort", null=True, blank=True, on_delete=models.CASCADE, related_name="memory_fits"
    )
    tried_at = models.DateTimeField()
    answers = models.PositiveIntegerField(help_text=_("Given by then, in all decks: many more call for a new try."))
    verdict = models.CharField(max_length=10, choices=Verdict)
    fitted_on = models.JSONField(default=dict, help_text=_("As of a parameter set."))
    quality = models.JSONField(default=dict, help_text=_("As of a parameter set."))
    parameter_set = models.ForeignKey(
        ParameterSet, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text=_("Used since.")
    )

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "-id"], name="fits_of_person"),
            models.Index(fields=["cohort", "-id"], name="fits_of_class"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, cohort__isnull=False) | Q(user__isnull=False, cohort__isnull=True),
                name="fit_of_person_or_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} at {self.tried_at:%Y-%m-%d}"
