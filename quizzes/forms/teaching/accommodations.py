"""What is granted to one student in one place."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.teaching.fields import MomentField
from quizzes.models import Assignment
from quizzes.selectors.teaching.accommodations import Granted
from quizzes.services.teaching.accommodations import Grant

MOST_EXTRA = 400


class GrantForm(forms.Form):
    """Own dates, extra time and attempts, as far as they go with the place; empty fields leave what holds for all."""

    opens_at = MomentField(label=gettext_lazy("Opens for this student"), required=False)
    closes_at = MomentField(label=gettext_lazy("Closes for this student"), required=False)
    extra_time_percent = forms.IntegerField(
        label=gettext_lazy("Extra time, %"),
        required=False,
        min_value=0,
        max_value=MOST_EXTRA,
        help_text=gettext_lazy("Of the time limit: 25 makes 20 minutes 25."),
    )
    attempts_allowed = forms.IntegerField(label=gettext_lazy("Attempts"), required=False, min_value=1, max_value=100)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only those who teach this class see it."),
    )

    def __init__(self, *args: Any, place: Granted, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        self.place = place
        names = ("opens_at", "closes_at", "extra_time_percent", "attempts_allowed", "note")
        kwargs["initial"] = {name: getattr(place.kept, name) for name in names} if place.kept else {}
        super().__init__(*args, **{**kwargs, "prefix": place.key})
        for name in _without(place):
            del self.fields[name]
        for name in ("opens_at", "closes_at"):
            if name in self.fields:
                self.fields[name].zone = zone  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Moments that were not touched stay to the second; it closes after it opens."""
        found = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if name in found and name not in self.changed_data:
                found[name] = getattr(self.place.kept, name, None)
        thing = self.place.thing
        if thing is not None and "opens_at" in found and "closes_at" in found:
            opens_at = found["opens_at"] or thing.opens_at
            if opens_at >= (found["closes_at"] or thing.closes_at):
                self.add_error("closes_at", _("With these dates it would close before it opens."))
        return found

    def given(self) -> Grant:
        """What was filled in."""
        return Grant(**self.cleaned_data)


def _without(place: Granted) -> tuple[str, ...]:
    if place.thing is None:
        return ("opens_at", "closes_at", "attempts_allowed")
    return ("extra_time_percent", "attempts_allowed") if isinstance(place.thing, Assignment) else ()
