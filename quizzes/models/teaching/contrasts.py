"""Which facts a class takes for each other, and the pairs that its instructors have it asked."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Fact
from quizzes.models.teaching.classes import Cohort


class ClassContrast(models.Model):
    """One pair of facts of one deck that each student of a class is asked to tell apart once, until a day.

    `asked` is the fact that was taken for `taken_for`; either of them may be asked.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="contrasts")
    asked = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    taken_for = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    ends_on = models.DateField(help_text=_("The last study day on which it is asked."))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(asked=F("taken_for")), name="contrast_of_two_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} or {self.taken_for}, for {self.cohort}"


class ContrastAnswer(models.Model):
    """One student has answered one pair of their class; a cache over the log, written with the answer and its undo."""

    pk = models.CompositePrimaryKey("user_id", "contrast_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    contrast = models.ForeignKey(ClassContrast, on_delete=models.CASCADE, related_name="answers")
    seq = models.PositiveBigIntegerField(help_text=_("Of the answer in the student's log."))
    correct = models.BooleanField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} on pair {self.contrast_id}"


class StudentConfusions(models.Model):
    """How often one student was shown each fact beside each asked one, and took it; a cache over the log up to a seq.

    `pairs` by the asked fact's id, then by the other's code: [times shown, times taken].
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="confusions_counted"
    )
    through_seq = models.PositiveBigIntegerField(default=0)
    pairs = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "student confusions"

    def __str__(self) -> str:
        return f"confusions of {self.user_id} up to {self.through_seq}"


class ClassConfusionCount(models.Model):
    """When the confusions of one class were summed up last, and over which students' counts (`basis`)."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, primary_key=True, related_name="confusion_count")
    basis = models.CharField(max_length=100)
    students = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"confusions of class {self.cohort_id}"


class ClassConfusion(models.Model):
    """How often a class's students took one fact for another: `times` of `shown`, by so many of them."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="confusions")
    asked = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    taken_for = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    shown = models.PositiveIntegerField()
    times = models.PositiveIntegerField()
    students = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cohort", "asked", "taken_for"], name="class_confusion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id} for {self.taken_for_id}: {self.times} of {self.shown}"
