"""Classes (cohorts), their groups, and who belongs to them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Deck


class Cohort(models.Model):
    """One class: people who study the same decks over the same time."""

    name = models.CharField(max_length=200)
    join_code = models.CharField(max_length=16, unique=True, help_text=_("Capitals and digits, without the dash."))
    joining_closes_at = models.DateTimeField(null=True, blank=True)
    decks = models.ManyToManyField(Deck, blank=True, related_name="cohorts")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    form_id = models.UUIDField(
        null=True, unique=True, editable=False, help_text=_("Of the form that made it, so that it makes one class.")
    )

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class CohortGroup(models.Model):
    """Part of a class, such as a tutor group; a student is in one at most."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("group")
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cohort", "name"], name="group_name_once_per_class"),
        ]

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
    group = models.ForeignKey(CohortGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolments")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cohort", "user"], name="enrolled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.cohort_id} as {self.role}"


class CodeTries(models.Model):
    """How many codes of no class one person has typed since a moment; kept so that nobody guesses their way in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="code_tries"
    )
    since = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "code tries"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.wrong}"
