"""What the settings page prints: what is set, what the study day is by it, and where related things are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.core.days import ONE_DAY, day_start, study_day
from quizzes.core.phases import DEFAULT_CONFIG
from quizzes.core.steps import show_steps
from quizzes.models import DeckStudy, Profile, StudySettings, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.people.reminders import wants_reminders

ACCOUNT_PAGES = (
    ("account_email", gettext_lazy("E-mail address")),
    ("account_change_password", gettext_lazy("Password")),
    ("mfa_index", gettext_lazy("Second step when signing in")),
)


@dataclass(frozen=True, slots=True)
class DeckLimits:
    """One deck's limits, and where they are changed."""

    title: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Everything on the settings page beside the forms."""

    zone: str
    zone_chosen: bool
    clock: str
    day: str
    decks: Sequence[DeckLimits]
    account_links: Sequence[tuple[str, str]]
    no_mail: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's settings, as kept or as they would begin with."""

    profile: Profile
    study: StudySettings

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the study days."""
        return ZoneInfo(self.profile.time_zone or "UTC")


def read_settings(user: User) -> Kept:
    """What is kept of a person's settings; two queries, and nothing is written for those who have none yet."""
    profile = Profile.objects.filter(user=user).first() or Profile(user=user, time_zone=settings.TIME_ZONE)
    study = StudySettings.objects.filter(user=user).first() or StudySettings(
        user=user,
        learning_steps=list(DEFAULT_CONFIG.learning_steps),
        relearning_steps=list(DEFAULT_CONFIG.relearning_steps),
    )
    return Kept(profile, study)


def initial_values(user: User, kept: Kept) -> dict[str, dict[str, Any]]:
    """The forms' values by section."""
    study, chosen = kept.study, kept.profile.time_zone_chosen
    return {
        "name": {"first_name": user.first_name, "last_name": user.last_name},
        "day": {
            "zone_from": "chosen" if chosen else "browser",
            "time_zone": kept.profile.time_zone if chosen else "",
            "rollover_hour": study.rollover_hour,
        },
        "memory": {
            "retention": round(100 * study.desired_retention),
            "learning_steps": show_steps(study.learning_steps),
            "relearning_steps": show_steps(study.relearning_steps),
            "maximum_interval_days": study.maximum_interval_days,
        },
        "questions": {
            "format_preference": study.format_preference,
            "recall_first": study.recall_first,
            "buttons": "four" if study.four_buttons else "two",
            "bury_siblings": study.bury_siblings,
        },
        "mail": {"reminders": wants_reminders(kept.profile.preferences)},
        "looks": {
            "theme": kept.profile.preferences.get("theme", ""),
            "reduced_motion": kept.profile.preferences.get("motion") == "reduced",
            "shortcuts": study.shortcuts,
        },
    }


def settings_page(user: User, kept: Kept, *, now: datetime) -> SettingsPage:
    """The rest of the page; one query, for the decks' limits."""
    local = now.astimezone(kept.zone)
    return SettingsPage(
        zone=kept.zone.key,
        zone_chosen=kept.profile.time_zone_chosen,
        clock=date_format(local, "H:i"),
        day=_day_words(kept, now),
        decks=_deck_limits(user),
        account_links=_account_links(),
        no_mail=_why_no_mail(user),
    )


def _day_words(kept: Kept, now: datetime) -> str:
    hour = kept.study.rollover_hour
    today = study_day(now, kept.zone, hour)
    ends = timezone.localtime(day_start(today + ONE_DAY, kept.zone, hour), kept.zone)
    return _("By these settings it is %(day)s for you, until %(end_day)s at %(end)s.") % {
        "day": date_format(today, "l j F"),
        "end_day": date_format(ends, "l"),
        "end": date_format(ends, "H:i"),
    }


def _deck_limits(user: User) -> list[DeckLimits]:
    rows = DeckStudy.objects.filter(user=user, left_at=None, deck__in=visible_decks(user)).select_related("deck")
    sentence = _("%(new)d new cards and %(reviews)d reviews a day")
    return [
        DeckLimits(
            row.deck.title,
            sentence % {"new": row.new_per_day, "reviews": row.reviews_per_day},
            reverse("library-deck", args=[row.deck.slug]) + "#limits",
        )
        for row in rows.order_by("deck__title", "deck_id")
    ]


def _why_no_mail(user: User) -> str:
    """Why no e-mail can reach the person; empty if one can."""
    if not settings.SENDS_MAIL:
        return _("This site sends no e-mail, so no reminders either; an admin can change that.")
    return "" if user.email else _("You have no e-mail address here, so no reminder can reach you.")


def _account_links() -> list[tuple[str, str]]:
    """The pages of the account that this site has."""
    found = []
    for name, label in ACCOUNT_PAGES:
        try:
            found.append((str(label), reverse(name)))
        except NoReverseMatch:
            continue
    return found
