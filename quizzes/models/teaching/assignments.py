"""What a class is to study by when, and what each student had reached when their time was over."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Deck, Section
from quizzes.models.teaching.classes import Cohort


class Assignment(models.Model):
    """One piece of a deck that a class studies between two moments. Students see it once it is published."""

    class Counts(models.TextChoices):
        DAYS = "days", _("days with due work done")
        INTRODUCED = "introduced", _("share of cards introduced")
        RECALL = "recall", _("predicted recall")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="assignments")
    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="assignments")
    sections = models.ManyToManyField(
        Section, blank=True, related_name="assignments", help_text=_("None: the whole deck.")
    )
    title = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    exam_on = models.DateField(null=True, blank=True)
    counts = models.CharField(max_length=12, choices=Counts, default=Counts.DAYS)
    days_needed = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1)], help_text=_("For days with due work done: how many are all.")
    )
    pass_mark = models.FloatField(default=0.8, validators=[MinValueValidator(0), MaxValueValidator(1)])
    reminders = models.BooleanField(default=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: a draft that students do not see."))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    form_id = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["closes_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="assignment_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=0, pass_mark__lte=1), name="assignment_pass_mark_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssignmentResult(models.Model):
    """What one student had reached when an assignment closed for them; made once, after that moment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="results")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignment_results")
    closed_at = models.DateTimeField(help_text=_("When it closed for this student."))
    mark = models.FloatField(help_text=_("0 to 1."))
    detail = models.JSONField(default=dict, help_text=_("The figures that the mark was made from."))
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "assignment"], name="assignment_result_once"),
            models.CheckConstraint(condition=Q(mark__gte=0, mark__lte=1), name="assignment_mark_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in assignment {self.assignment_id}: {self.mark:.2f}"


class AssignmentCount(models.Model):
    """On how many days one student had done the due work of an assignment when their log stood at `last_seq`.

    A cache over the log, for assignments that count days: where log, dates, limit or cards have changed since, pages
    count anew. Made by the worker, which alone writes it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="counts_kept")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    last_seq = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=64, help_text=_("What it was counted over: days, limit, cards."))
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "assignment"], name="assignment_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in assignment {self.assignment_id}: {self.days}"
