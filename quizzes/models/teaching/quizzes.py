"""Quizzes of a class, the forms in which they are put, attempts at them and their responses."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.append_only import AppendOnlyQuerySet
from quizzes.models.content import Card, Deck
from quizzes.models.teaching.classes import Cohort


class Quiz(models.Model):
    """One set of questions put to a class within a window of time. Its forms are frozen when it first opens."""

    class Picking(models.TextChoices):
        DRAWN = "drawn", _("drawn from the bank")
        PICKED = "picked", _("picked by hand")

    class Forms(models.TextChoices):
        SAME = "same", _("the same questions for everybody")
        PARALLEL = "parallel", _("several parallel forms")
        FRESH = "fresh", _("a fresh draw for each attempt")

    class Counting(models.TextChoices):
        BEST = "best", _("the best attempt")
        LAST = "last", _("the last attempt")
        FIRST = "first", _("the first attempt")
        MEAN = "mean", _("the mean of all attempts")

    class Feedback(models.TextChoices):
        DURING = "during", _("after each question")
        AFTER = "after", _("after the attempt")
        CLOSING = "closing", _("after the quiz has closed")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="quizzes")
    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="quizzes")
    title = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    picking = models.CharField(max_length=10, choices=Picking, default=Picking.DRAWN)
    blueprint = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Rows of section (slug, or empty for all), direction (or empty), closeness, number."),
    )
    picks = models.JSONField(default=list, blank=True, help_text=_("By hand: rows of card (id) and item (hash)."))
    forms = models.CharField(max_length=10, choices=Forms, default=Forms.SAME)
    form_count = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(2), MaxValueValidator(26)], help_text=_("How many parallel forms.")
    )
    seed = models.CharField(max_length=64, editable=False)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    time_limit_minutes = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    attempts_allowed = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    counting = models.CharField(max_length=10, choices=Counting, default=Counting.BEST)
    feedback = models.CharField(max_length=10, choices=Feedback, default=Feedback.AFTER)
    certainty = models.BooleanField(default=False, help_text=_("Certainty marking: a score apart from the mark."))
    pass_mark = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1)])
    reminders = models.BooleanField(default=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: a draft that students do not see."))
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    form_id = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name_plural = _("quizzes")
        ordering: ClassVar[list[str]] = ["closes_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="quiz_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__gte=0, pass_mark__lte=1),
                name="quiz_pass_mark_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuizForm(models.Model):
    """One set of items in one order, frozen: the form of all, one of several parallel ones, or that of one attempt."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="question_forms")
    number = models.PositiveIntegerField(help_text=_("From 1; of a fresh draw the attempt's own."))
    items = models.JSONField(help_text=_("Rows of card (id), item (hash) and section (slug), in the order asked."))
    seed = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_form_once"),
        ]

    def __str__(self) -> str:
        return f"form {self.number} of quiz {self.quiz_id}"


class Attempt(models.Model):
    """One student takes one quiz once; `due_at` is when the server's clock ends it."""

    class Ended(models.TextChoices):
        STUDENT = "student", _("submitted")
        CLOCK = "clock", _("submitted when the time was over")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="attempts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField(help_text=_("From 1 for each student and quiz."))
    form = models.ForeignKey(QuizForm, on_delete=models.RESTRICT, related_name="attempts")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=Ended, blank=True)
    mark = models.FloatField(null=True, help_text=_("0 to 1, once submitted."))
    score = models.FloatField(null=True, help_text=_("Points, once submitted; apart from the mark if certain."))
    score_of = models.FloatField(null=True, help_text=_("The most points there were."))
    remembered_at = models.DateTimeField(null=True, help_text=_("When its answers went into the student's log."))
    set_aside_until = models.DateTimeField(
        null=True, help_text=_("The closing up to which study does not ask its cards.")
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "quiz", "number"], name="attempt_once"),
            models.UniqueConstraint(
                fields=["user", "quiz"], condition=Q(submitted_at__isnull=True), name="one_attempt_under_way"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], condition=Q(submitted_at__isnull=True), name="attempts_to_end"),
            models.Index(fields=["quiz", "submitted_at"], name="attempts_of_quiz"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.user_id} at quiz {self.quiz_id}"


class Response(models.Model):
    """One question of an attempt with what the student has done about it, saved at each step."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(help_text=_("From 1."))
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    item_hash = models.CharField(max_length=64)
    order = models.JSONField(help_text=_("Canonical option numbers in the order shown."))
    chosen = models.PositiveSmallIntegerField(null=True, help_text=_("Canonical number of the option chosen."))
    certainty = models.PositiveSmallIntegerField(null=True, help_text=_("1 to 3, where the quiz asks for it."))
    struck = models.JSONField(default=list, help_text=_("Canonical numbers of the options struck out."))
    flagged = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, help_text=_("When its feedback was shown during the attempt."))
    answered_at = models.DateTimeField(null=True, help_text=_("When the option chosen now was chosen."))
    duration_ms = models.PositiveIntegerField(null=True, help_text=_("On the question, all visits together."))
    rapid = models.BooleanField(default=False, help_text=_("Faster than anybody reads."))
    revision = models.PositiveIntegerField(default=0, help_text=_("Grows with every save."))
    correct = models.BooleanField(null=True)
    mark = models.FloatField(null=True, help_text=_("0 to 1; None before submission, and if left out of the quiz."))
    score = models.FloatField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["attempt", "position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["attempt", "position"], name="response_once"),
            models.CheckConstraint(
                condition=Q(certainty__isnull=True) | Q(certainty__gte=1, certainty__lte=3), name="certainty_of_three"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["item_hash"], name="responses_of_item")]

    def __str__(self) -> str:
        return f"question {self.position} of attempt {self.attempt_id}"


class ItemRuling(models.Model):
    """An instructor's word on one item of one quiz, after which its responses are marked anew; the latest holds."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("these answer choices are right")
        DROP = "drop", _("left out of the quiz")
        AS_KEYED = "as_keyed", _("marked by its key")

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="rulings")
    item_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    accepted = models.JSONField(default=list, help_text=_("Canonical numbers of the options that are right."))
    reason = models.TextField()
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ruled_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["quiz", "item_hash"], name="rulings_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_hash[:8]} in quiz {self.quiz_id}"
