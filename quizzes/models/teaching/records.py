"""Who of the staff has opened what is kept of a person."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.teaching.classes import Cohort


class AccessRecord(models.Model):
    """Somebody opened a page about one person, or a file or list about those of a class; within an hour, one row.

    Without a person it is about all who were students of the class then. Rows are read by those they are about, and
    changed by nobody: the same opening again counts up. Of who opened it the role stays when their account goes.
    """

    class What(models.TextChoices):
        STUDENT = "student", _("your page in the class")
        ATTEMPT = "attempt", _("your attempt at a quiz")
        GRADE = "grade", _("one of your grades")
        ACCOMMODATIONS = "accommodations", _("what is granted to you")
        ACCOUNT = "account", _("your account")
        LIST = "list", _("a file about all students of the class")
        BEHIND = "behind", _("the list of who falls behind in the class")
        EXPORT = "export", _("a file of all your data")

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("instructor")
        ASSISTANT = "assistant", _("instructor without editing")
        ADMIN = "admin", _("admin")
        OPERATOR = "operator", _("whoever runs the site")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="access_records"
    )
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.CASCADE, related_name="access_records")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    what = models.CharField(max_length=20, choices=What)
    about = models.CharField(max_length=200, blank=True, help_text=_("Title of the quiz or assignment, or file."))
    opened_at = models.DateTimeField()
    last_opened_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_opened_at", "-id"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-last_opened_at"], name="openings_of_person"),
            models.Index(
                fields=["cohort", "-last_opened_at"], condition=Q(person__isnull=True), name="openings_of_class"
            ),
            models.Index(fields=["last_opened_at"], name="openings_by_age"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(cohort__isnull=False), name="opening_is_about_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.person_id or 'all'} by {self.opened_by_id}"
