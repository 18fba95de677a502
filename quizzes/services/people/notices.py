"""Notices of decks, which everybody reads once."""

from datetime import datetime

from django.db import transaction

from quizzes.models import Profile, User
from quizzes.services.people.profiles import note_time_zone


@transaction.atomic
def see_notice(*, user: User, slug: str, now: datetime) -> None:
    """Keep that the person has read the notice of the deck of that slug; the first time counts."""
    note_time_zone(user=user, time_zone="")
    profile = Profile.objects.select_for_update().get(user=user)
    if slug not in profile.notices_seen:
        profile.notices_seen = {**profile.notices_seen, slug: now.isoformat()}
        profile.save(update_fields=["notices_seen"])
