"""Accounts and what belongs to a person whatever the deck."""

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

STUDENT, INSTRUCTOR, EDITOR, ADMIN = "student", "instructor", "editor", "admin"
ROLES = (STUDENT, INSTRUCTOR, EDITOR, ADMIN)


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a zone of the IANA database."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Use a name such as Europe/London."), params={"value": value}
        )


class User(AbstractUser):
    """One person who can sign in. Roles are groups."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")


class Invitation(models.Model):
    """One address was asked to join the site in one role, by a link that works once.

    Who accepts gets the class, its group, and, where they have none, the student number and names.
    """

    class Delivery(models.TextChoices):
        NONE = "", _("not by the worker")
        QUEUED = "queued", _("waits to be sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    token = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField()
    role = models.CharField(
        max_length=20, default="student", choices=[(name, _(name)) for name in ("student", "instructor", "editor")]
    )
    cohort = models.ForeignKey("quizzes.Cohort", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(
        "quizzes.CohortGroup", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    external_id = models.CharField(max_length=100, blank=True, editable=False)
    first_name = models.CharField(max_length=150, blank=True, editable=False)
    last_name = models.CharField(max_length=150, blank=True, editable=False)
    by_mail = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("Its link was only ever sent by e-mail: whoever has it has the address."),
    )
    base_url = models.CharField(max_length=255, blank=True, editable=False, help_text=_("Where its link leads."))
    delivery = models.CharField(max_length=10, blank=True, choices=Delivery, default="", editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False, help_text=_("Why it was not sent."))
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    form_id = models.UUIDField(
        null=True, editable=False, help_text=_("Of the form that made it, so that it invites each address once.")
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["form_id", "email"], name="form_invites_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["next_try_at"], condition=models.Q(delivery="queued"), name="invitations_to_send"),
        ]
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class Profile(models.Model):
    """What one person has set about themselves."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=100, blank=True, help_text=_("Student number of the university, if any."))
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    time_zone_chosen = models.BooleanField(default=False, help_text=_("Set by hand; the browser's is then ignored."))
    language = models.CharField(max_length=16, blank=True)
    preferences = models.JSONField(default=dict, blank=True)
    notices_seen = models.JSONField(default=dict, blank=True)
    erasure_told_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When they were told that an account not used for so long is erased.")
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="external_id_once"
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.user_id}"


class NoticeRead(models.Model):
    """One person has put away one notice of what changed; `key` says which, as `kind:number`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices_read")
    key = models.CharField(max_length=100)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "notices read"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} by {self.user_id}"
