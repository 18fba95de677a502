"""E-mail to students, and what became of each copy."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.teaching.classes import Cohort


class Message(models.Model):
    """One text sent to one, several or all students of a class; reminders and notices of the site have no sender."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("message")
        REMINDER = "reminder", _("reminder")
        NOTICE = "notice", _("notice of the site")

    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MESSAGE)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    form_id = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject


class MessageCopy(models.Model):
    """One message to one person, sent by the worker.

    While it is queued, `next_try_at` says from when on it may be sent; while a worker has it in hand, until when that
    worker must have come back.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="message_copies")
    address = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True, help_text=_("Why it was not sent."))

    class Meta:
        verbose_name_plural = "message copies"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "message"], name="message_copy_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued"), name="messages_to_send"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="sending"), name="messages_in_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.user_id}: {self.state}"
