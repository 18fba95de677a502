"""Tables of classes (cohorts) and who belongs to them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Deck


class Cohort(models.Model):
    """One class: people who study the same decks over the same time."""

    name = models.CharField(max_length=200)
    join_code = models.CharField(max_length=16, unique=True)
    joining_closes_at = models.DateTimeField(null=True, blank=True)
    decks = models.ManyToManyField(Deck, blank=True, related_name="cohorts")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """One person belongs to one class in one role."""

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        ASSISTANT = "assistant", _("instructor without editing")
        INSTRUCTOR = "instructor", _("instructor")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cohort", "user"], name="enrolled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.cohort_id} as {self.role}"
