"""Whether somebody wants reminders by e-mail, and the link in each by which they switch them off."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.urls import reverse

from quizzes.models import User

SALT = "quizzes.reminders"


def wants_reminders(preferences: Mapping[str, Any]) -> bool:
    """They do unless they have said otherwise; `preferences` are those of a profile."""
    return preferences.get("reminders") is not False


def reminders_path(user_id: int) -> str:
    """Where that person switches reminders off and on, without signing in; the link does nothing else, for ever."""
    return reverse("reminders-off", args=[signing.Signer(salt=SALT).sign(str(user_id))])


def find_reminded(token: str) -> User | None:
    """The person of such a link; None if it is none of ours, or they are gone."""
    try:
        user_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=int(user_id)).first()
