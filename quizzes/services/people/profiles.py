"""What a person has set, or their browser has told."""

import zoneinfo

from django.conf import settings
from django.db import transaction

from quizzes.models import Profile, User


@transaction.atomic
def note_time_zone(*, user: User, time_zone: str) -> Profile:
    """Keep the zone that the browser names, unless it is no zone or the person has chosen one."""
    profile, _made = Profile.objects.get_or_create(user=user, defaults={"time_zone": settings.TIME_ZONE})
    known = time_zone in zoneinfo.available_timezones()
    if known and not profile.time_zone_chosen and profile.time_zone != time_zone:
        profile.time_zone = time_zone
        profile.save(update_fields=["time_zone"])
    return profile
