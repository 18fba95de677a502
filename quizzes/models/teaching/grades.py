"""Exceptions for single students, and changes of their grades by hand."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.append_only import AppendOnlyQuerySet
from quizzes.models.teaching.assignments import Assignment
from quizzes.models.teaching.classes import Cohort
from quizzes.models.teaching.quizzes import Quiz


class Accommodation(models.Model):
    """What holds for one student instead of for all: in the whole class, in one assignment, or in one quiz.

    Empty fields leave what holds for all. In the whole class only the extra time can be set.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="accommodations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="accommodations"
    )
    quiz = models.ForeignKey(Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="accommodations")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_time_percent = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(400)])
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text=_("Seen by those who teach the class only."))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "cohort"],
                condition=Q(assignment__isnull=True, quiz__isnull=True),
                name="accommodation_once_per_class",
            ),
            models.UniqueConstraint(
                fields=["user", "assignment"],
                condition=Q(assignment__isnull=False),
                name="accommodation_once_per_assignment",
            ),
            models.UniqueConstraint(
                fields=["user", "quiz"], condition=Q(quiz__isnull=False), name="accommodation_once_per_quiz"
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(quiz__isnull=True), name="accommodation_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"accommodation of {self.user_id} in class {self.cohort_id}"


class GradeChange(models.Model):
    """One change of a student's grade by hand or by a regrade, kept for ever; the latest by hand holds."""

    class Kind(models.TextChoices):
        OVERRIDE = "override", _("mark set by hand")
        EXCUSE = "excuse", _("excused")
        CLEAR = "clear", _("as earned")
        REGRADE = "regrade", _("marked anew")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grade_changes")
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.CASCADE, related_name="grade_changes")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="grade_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    mark_before = models.FloatField(null=True)
    mark = models.FloatField(null=True, help_text=_("0 to 1; None if excused."))
    reason = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=True, quiz__isnull=False)
                | Q(assignment__isnull=False, quiz__isnull=True),
                name="grade_change_of_one_thing",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["quiz", "user"], name="grade_changes_of_quiz"),
            models.Index(fields=["assignment", "user"], name="grade_changes_of_assignment"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
