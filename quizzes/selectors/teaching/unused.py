"""Accounts that nobody has used for long, of people who are in no class that still runs and no staff."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.models import Attempt, Enrolment, ReviewLog, User
from quizzes.models.people import ADMIN, EDITOR, INSTRUCTOR
from quizzes.selectors.teaching.mails import absolute

TOLD_BEFORE = timedelta(days=30)


def unused_since(before: datetime) -> QuerySet[User]:
    """Whose last sign-in, answer and attempt at a quiz were before, each with the latest of them as `used_at`.

    Nobody of the staff, and nobody who is in a class that is not in the archive, as whatever.
    """
    in_class = Enrolment.objects.filter(user=OuterRef("pk"), left_at=None)
    busy = in_class.filter(Q(cohort__archived_at=None) | ~Q(role=Enrolment.Role.STUDENT))
    answers = ReviewLog.objects.filter(user=OuterRef("pk")).order_by("-seq").values("received_at")[:1]
    attempts = Attempt.objects.filter(user=OuterRef("pk")).order_by("-started_at").values("started_at")[:1]
    latest = [
        Coalesce(one, "date_joined", output_field=DateTimeField())
        for one in ("last_login", Subquery(answers), Subquery(attempts))
    ]
    plain = User.objects.filter(is_staff=False, is_superuser=False).exclude(
        groups__name__in=(INSTRUCTOR, EDITOR, ADMIN)
    )
    older = plain.filter(Q(last_login__lt=before) | Q(last_login=None), ~Exists(busy), date_joined__lt=before)
    return older.annotate(used_at=Greatest(*latest)).filter(used_at__lt=before).order_by("pk")


def keep_period() -> timedelta | None:
    """For how long what nobody uses is kept; None for ever."""
    return timedelta(days=settings.KEEP_DAYS) if settings.KEEP_DAYS else None


def notice_subject() -> str:
    """Above the notice."""
    return _("Your account is about to be erased")


def notice_body(user: User, used_at: datetime, *, now: datetime) -> str:
    """What somebody is told whose account is erased next, when, and how they keep it."""
    about = {
        "name": user.get_username(),
        "used_on": date_format(used_at, "j F Y"),
        "days": settings.KEEP_DAYS,
        "on": date_format(now + TOLD_BEFORE, "j F Y"),
        "sign_in": absolute(reverse("sign-in")),
        "data": absolute(reverse("own-data")),
    }
    return render_to_string("account/email/unused_body.txt", about)
