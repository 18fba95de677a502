"""Lists of students that an instructor has sent, between the upload and a day later."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.teaching.classes import Cohort


class RosterUpload(models.Model):
    """One list of students for one class, seen by whoever sent it alone.

    Once it is confirmed its content is forgotten and what became of its rows is kept; a day later it is gone.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text=_("Of the file; empty for pasted lines."))
    data = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, help_text=_("Counts by outcome, and the rows that were refused."))

    def __str__(self) -> str:
        return self.name or f"roster {self.pk}"
