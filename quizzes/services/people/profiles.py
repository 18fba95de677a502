"""What a person has set, or their browser has told."""

import zoneinfo
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction

from quizzes.models import Profile, User
from quizzes.models.people import validate_time_zone

THEMES, MOTIONS = ("", "light", "dark"), ("", "reduced")


@transaction.atomic
def note_time_zone(*, user: User, time_zone: str) -> Profile:
    """Keep the zone that the browser names, unless it is no zone or the person has chosen one."""
    profile, _made = Profile.objects.get_or_create(user=user, defaults={"time_zone": settings.TIME_ZONE})
    known = time_zone in zoneinfo.available_timezones()
    if known and not profile.time_zone_chosen and profile.time_zone != time_zone:
        profile.time_zone = time_zone
        profile.save(update_fields=["time_zone"])
    return profile


@transaction.atomic
def give_profiles(*, user_ids: Collection[int]) -> None:
    """Make the profiles of those who have none yet, as before their first sign-in."""
    rows = [Profile(user_id=pk, time_zone=settings.TIME_ZONE) for pk in user_ids]
    Profile.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def follow_browser(*, user: User, time_zone: str) -> Profile:
    """Take the time zone from the browser from now on; at once, if it names one."""
    _own(user, time_zone_chosen=False)
    return note_time_zone(user=user, time_zone=time_zone)


@transaction.atomic
def choose_time_zone(*, user: User, time_zone: str) -> Profile:
    """Keep a zone set by hand, whatever the browser says. Raises ValidationError if it is none."""
    validate_time_zone(time_zone)
    return _own(user, time_zone=time_zone, time_zone_chosen=True)


@transaction.atomic
def change_name(*, user: User, first_name: str, last_name: str) -> None:
    """Set the name that others see; both parts may be empty. Raises ValidationError if one is too long."""
    user.first_name, user.last_name = first_name.strip(), last_name.strip()
    user.full_clean(exclude={field.name for field in User._meta.fields} - {"first_name", "last_name"})
    user.save(update_fields=["first_name", "last_name"])


@transaction.atomic
def change_looks(*, user: User, theme: str, motion: str) -> Profile:
    """Set how pages look: `theme` of THEMES, `motion` of MOTIONS, each empty for what the device says.

    Raises ValueError for others.
    """
    if theme not in THEMES or motion not in MOTIONS:
        raise ValueError(f"no such theme or motion: {theme!r}, {motion!r}")
    kept = note_time_zone(user=user, time_zone="").preferences
    others = {key: value for key, value in kept.items() if key not in ("theme", "motion")}
    chosen = {key: value for key, value in (("theme", theme), ("motion", motion)) if value}
    return _own(user, preferences={**others, **chosen})


@transaction.atomic
def change_reminders(*, user: User, wanted: bool) -> Profile:
    """Let the person be reminded by e-mail of what is open, or not; they are unless they have said otherwise."""
    kept = note_time_zone(user=user, time_zone="").preferences
    others = {key: value for key, value in kept.items() if key != "reminders"}
    return _own(user, preferences=others if wanted else {**others, "reminders": False})


def _own(user: User, **columns: Any) -> Profile:  # noqa: ANN401
    """The person's profile, made if absent, with these columns set."""
    profile, _made = Profile.objects.select_for_update().get_or_create(
        user=user, defaults={"time_zone": settings.TIME_ZONE}
    )
    for name, value in columns.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(columns))
    return profile
