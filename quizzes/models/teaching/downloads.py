"""Files of a class that the worker makes for those who teach it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.teaching.classes import Cohort


class Download(models.Model):
    """One file that somebody has asked for, seen by them alone, from the asking until a day after it was made.

    The file is called by `token`. `done` of `whole` events of the students' logs have been looked at, which came to
    `rows` rows so far. `touched_at` is when its worker last said so; one that says nothing for long has died.
    """

    class What(models.TextChoices):
        REVIEWS = "reviews", _("Review log")
        SECTIONS = "sections", _("Progress by student and section")
        STUDENTS = "students", _("Progress by student")

    class Ending(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=What)
    ending = models.CharField(max_length=4, choices=Ending)
    pseudonymous = models.BooleanField(default=False)
    everything = models.BooleanField(default=False, help_text=_("Every event, not only the answers that stand."))
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    whole = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes of the finished file."))
    touched_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["asked_by"], condition=Q(state__in=["waiting", "making"]), name="one_download_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}.{self.ending} of class {self.cohort_id}: {self.state}"
