"""Tables of one student's memory. The hot ones are keyed by the student first and nothing points at them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.core.memory import SCHEDULER_VERSION
from quizzes.core.specs import Evidence, Format, Rating
from quizzes.models.content import Card, Deck, Fact
from quizzes.models.history import HistoryQuerySet
from quizzes.models.parameters import ParameterSet

PHASES = [("new", _("new")), ("learning", _("learning")), ("review", _("review")), ("relearning", _("relearning"))]


class StudySettings(models.Model):
    """How one student wants to be asked, in every deck."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="study_settings"
    )
    parameter_set = models.ForeignKey(ParameterSet, on_delete=models.PROTECT, related_name="+")
    desired_retention = models.FloatField(default=0.9, validators=[MinValueValidator(0.7), MaxValueValidator(0.99)])
    learning_steps = models.JSONField(default=list, help_text=_("Minutes."))
    relearning_steps = models.JSONField(default=list, help_text=_("Minutes."))
    maximum_interval_days = models.PositiveIntegerField(default=36_500, validators=[MinValueValidator(1)])
    rollover_hour = models.PositiveSmallIntegerField(default=4, validators=[MaxValueValidator(23)])
    four_buttons = models.BooleanField(default=False)
    format_preference = models.CharField(
        max_length=10, default="mixed", choices=[("mixed", _("mixed")), *((f.value, f.value) for f in Format)]
    )
    recall_first = models.BooleanField(
        default=False, help_text=_("Answer choices stay covered until the student has tried to recall.")
    )
    bury_siblings = models.BooleanField(default=True)
    shortcuts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(desired_retention__gte=0.7, desired_retention__lte=0.99), name="desired_retention_in_range"
            ),
            models.CheckConstraint(condition=Q(rollover_hour__lte=23), name="rollover_hour_of_day"),
        ]

    def __str__(self) -> str:
        return f"study settings of {self.user_id}"


class Calibration(models.Model):
    """How one student's predictions are put right where pages show them; a cache over the log, made by the worker.

    `weights` as core.calibration orders them, learned from the reviews on a later day (`reviews`) up to `through_seq`
    of the log, by the parameters then in force. `covariance` is what is not known of them yet, the lower triangle row
    by row; empty of those learned by an earlier release.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calibration"
    )
    weights = models.JSONField()
    covariance = models.JSONField(default=list)
    reviews = models.PositiveIntegerField()
    through_seq = models.PositiveBigIntegerField()
    parameter_set = models.ForeignKey(ParameterSet, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calibration of {self.user_id} by {self.reviews} reviews"


class DeckStudy(models.Model):
    """One student studies one deck."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deck_studies")
    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="studies")
    new_per_day = models.PositiveSmallIntegerField(default=20)
    reviews_per_day = models.PositiveSmallIntegerField(default=200)
    exam_on = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(
        null=True, blank=True, help_text=_("A deck left is paused too; memories, limits and exam date stay.")
    )
    content_version_seen = models.PositiveIntegerField(default=0, help_text=_("Changed facts were pulled up to here."))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "deck"], name="deck_study_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(paused_at__isnull=False), name="deck_left_is_paused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} studies {self.deck_id}"


class StudySession(models.Model):
    """What is on one student's study page now, and the counter of their log; its row is the lock of every answer."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="study_session"
    )
    last_seq = models.PositiveBigIntegerField(default=0)
    prompt = models.JSONField(null=True, blank=True, help_text=_("The question on the page, as issued."))
    scheduler_version = models.CharField(
        max_length=20, default=SCHEDULER_VERSION, help_text=_("By which the memories were folded.")
    )

    def __str__(self) -> str:
        return f"study session of {self.user_id}"


class CardProgress(models.Model):
    """One student's memory of one card: a cache of the fold over the card's log."""

    pk = models.CompositePrimaryKey("user_id", "card_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+", db_index=False)
    revision = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=10, choices=PHASES, default="new")
    step = models.PositiveSmallIntegerField(default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    interval_days = models.FloatField(null=True)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    first_study_day = models.DateField(null=True)
    last_study_day = models.DateField(null=True)
    last_answered_at = models.DateTimeField(null=True)
    suspended = models.BooleanField(default=False)
    buried_until = models.DateField(null=True)
    flag = models.PositiveSmallIntegerField(default=0)
    meaning_version = models.PositiveIntegerField(default=0)
    confusions = models.JSONField(default=dict, help_text=_("Fact code to [times taken for it, told apart since]."))

    class Meta:
        verbose_name_plural = "card progress"
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "due_on"], name="progress_due")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(phase="new", stability__isnull=True) | Q(stability__isnull=False, stability__gt=0),
                name="studied_card_has_stability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.card_id}: {self.phase}"


class ReviewLog(models.Model):
    """One event of one student's history, never changed. Memory is a fold over these rows; due is copied from them."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        UNDO = "undo"
        BURY = "bury"
        UNBURY = "unbury"
        SUSPEND = "suspend"
        UNSUSPEND = "unsuspend"
        FLAG = "flag"
        RETURN = "return"
        RESET = "reset"
        RESCHEDULE = "reschedule"
        ADOPT_PARAMETERS = "adopt_parameters"

    class Source(models.TextChoices):
        STUDY = "study"
        PRACTICE = "practice"
        QUIZ = "quiz"
        API = "api"
        DEMO = "demo"

    pk = models.CompositePrimaryKey("user_id", "seq")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    target_seq = models.PositiveBigIntegerField(null=True)
    client_id = models.UUIDField()
    part = models.PositiveSmallIntegerField(default=0)
    card = models.ForeignKey(Card, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField()
    study_day = models.DateField()
    time_zone = models.CharField(max_length=64)
    rollover_hour = models.PositiveSmallIntegerField()
    revision_before = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=10, blank=True, choices=[(f.value, f.value) for f in Format])
    item_hash = models.CharField(max_length=64, blank=True)
    order = models.JSONField(default=list, help_text=_("Canonical option numbers in the order shown."))
    chosen = models.PositiveSmallIntegerField(null=True, help_text=_("Canonical number of the option chosen."))
    taken_for = models.ForeignKey(Fact, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    typed = models.TextField(blank=True)
    correct = models.BooleanField(null=True)
    k = models.PositiveSmallIntegerField(null=True)
    evidence = models.CharField(max_length=10, blank=True, choices=[(e.value, e.value) for e in Evidence])
    rating = models.PositiveSmallIntegerField(null=True, choices=[(r.value, r.name.lower()) for r in Rating])
    predicted_recall = models.FloatField(null=True)
    known_before = models.FloatField(
        null=True, help_text=_("Share of first answers in the deck known beyond guessing.")
    )
    chance_known = models.FloatField(null=True)
    parameter_set = models.ForeignKey(
        ParameterSet, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    prior_shift = models.JSONField(null=True)
    desired_retention = models.FloatField(null=True)
    learning_steps = models.JSONField(null=True, help_text=_("Minutes, in force when answered."))
    relearning_steps = models.JSONField(null=True, help_text=_("Minutes, in force when answered."))
    interval_days = models.FloatField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    due_reason = models.CharField(max_length=20, blank=True)
    scheduler_version = models.CharField(max_length=20, blank=True)
    meaning_version = models.PositiveIntegerField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.STUDY)
    detail = models.JSONField(default=dict, help_text=_("What a kind of event needs besides."))

    objects = HistoryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "card", "seq"], name="log_by_card"),
            # Reports over many students' days find their rows by this index; of the wide rows they read the evidence.
            models.Index(
                fields=["user", "study_day", "kind", "card", "correct", "predicted_recall", "seq"], name="log_by_day"
            ),
            models.Index(fields=["user", "target_seq"], name="log_undone", condition=Q(target_seq__isnull=False)),
            # Practice and rapid guesses: few among many.
            models.Index(
                fields=["user", "study_day"],
                name="log_unrated",
                condition=Q(rating__isnull=True, correct__isnull=False),
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "client_id", "part"], name="answer_counts_once"),
            models.CheckConstraint(condition=Q(rating__isnull=True) | Q(rating__range=(1, 4)), name="rating_1_to_4"),
            models.CheckConstraint(
                condition=~Q(kind="answer") | Q(card__isnull=False, parameter_set__isnull=False),
                name="answer_has_a_card",
            ),
            models.CheckConstraint(condition=~Q(kind="undo") | Q(target_seq__isnull=False), name="undo_has_a_target"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.seq} {self.kind}"


class DailyStudy(models.Model):
    """What one student did on one study day; a cache over the log, per deck in `decks` as core.daily orders it."""

    pk = models.CompositePrimaryKey("user_id", "day")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    answers = models.PositiveIntegerField(default=0)
    correct = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveBigIntegerField(default=0)
    decks = models.JSONField(
        default=dict, help_text=_("Deck id to [new cards, reviews] that count against its limits.")
    )

    class Meta:
        verbose_name_plural = "daily study"

    def __str__(self) -> str:
        return f"{self.user_id} on {self.day}: {self.answers}"
