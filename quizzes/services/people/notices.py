"""Notices that everybody reads once: those of decks, and what they are told of changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from quizzes.models import NoticeRead, Profile, User
from quizzes.services.people.profiles import note_time_zone


@transaction.atomic
def see_notice(*, user: User, slug: str, now: datetime) -> None:
    """Keep that the person has read the notice of the deck of that slug; the first time counts."""
    note_time_zone(user=user, time_zone="")
    profile = Profile.objects.select_for_update().get(user=user)
    if slug not in profile.notices_seen:
        profile.notices_seen = {**profile.notices_seen, slug: now.isoformat()}
        profile.save(update_fields=["notices_seen"])


@transaction.atomic
def read_notices(*, user: User, keys: Iterable[str], now: datetime) -> None:
    """Keep that the person has put these notices away; each once."""
    rows = [NoticeRead(user=user, key=key, read_at=now) for key in sorted(set(keys))]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
