"""Fields that the forms of a class share."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

TYPED = "%Y-%m-%dT%H:%M"


def usual_window(zone: ZoneInfo, now: datetime, *, days: int) -> dict[str, datetime]:
    """What a form for something new proposes: from the next full hour to the end of a day so many days on."""
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    last = now.astimezone(zone).date() + timedelta(days=days)
    return {"opens_at": hour, "closes_at": datetime.combine(last, time(23, 59), zone)}


class MomentField(forms.DateTimeField):
    """A moment on the clock of the person's own `zone`, which the form has to set; aware when cleaned.

    Of an hour that exists twice, the first.
    """

    zone = ZoneInfo("UTC")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED)
        super().__init__(**{"widget": widget, "input_formats": [TYPED, f"{TYPED}:%S", "%Y-%m-%d %H:%M"], **kwargs})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """As the clock of that zone shows it."""
        return value.astimezone(self.zone).replace(tzinfo=None) if _is_aware(value) else value

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401
        """The moment typed."""
        if value in self.empty_values:
            return None
        for pattern in self.input_formats:
            try:
                local = datetime.strptime(str(value).strip(), str(pattern)).replace(tzinfo=self.zone)
            except ValueError:
                continue
            return self._existing(local)
        raise forms.ValidationError(_("Give a date and a time, such as 2026-03-10 18:00."))

    def _existing(self, local: datetime) -> datetime:
        there = local.astimezone(UTC).astimezone(self.zone)
        if there.replace(tzinfo=None) != local.replace(tzinfo=None):
            raise forms.ValidationError(_("This time does not exist on that day: the clock leaps over it."))
        return local.astimezone(UTC)

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401
        """Whether another minute was typed than the one shown."""
        try:
            typed = self.to_python(data)
        except forms.ValidationError:
            return True
        shown = initial.replace(second=0, microsecond=0) if _is_aware(initial) else None
        return typed != shown


def _is_aware(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


class PercentField(forms.IntegerField):
    """A share from 0 to 1, typed as whole percent."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**{"min_value": 0, "max_value": 100, **kwargs})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """Whole percent."""
        return round(100 * value) if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:  # noqa: ANN401
        """The share."""
        whole = super().clean(value)
        return None if whole is None else whole / 100
