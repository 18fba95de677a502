"""The settings page, one form for each of its sections."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.core.steps import LONGEST_DAYS, MOST_STEPS, StepError, StepFault, parse_steps
from quizzes.core.zones import find_zone, similar_zones

LONGEST_INTERVAL_DAYS = 36_500


class DayForm(forms.Form):
    """Where the student's clock is read, and when their day begins; `browser_zone` is what a script fills in."""

    zone_from = forms.ChoiceField(
        label=_("Time zone"),
        choices=[
            ("browser", _("Follow my browser, also when I travel")),
            ("chosen", _("Always use this one:")),
        ],
        widget=forms.RadioSelect,
    )
    time_zone = forms.CharField(
        label=_("Time zone to use"),
        required=False,
        max_length=100,
        help_text=_("Type a city, such as London, or a name such as Europe/London."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    browser_zone = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    rollover_hour = forms.TypedChoiceField(
        label=_("A new day begins at"),
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        coerce=int,
        help_text=_(
            "With 04:00, what you answer at half past one at night still belongs to the evening before. Choose an hour "
            "at which you sleep."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Find the zone that is meant, where one is to be set by hand."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("zone_from") == "chosen" and "time_zone" in cleaned:
            zone = find_zone(cleaned["time_zone"], available_timezones())
            if zone is None:
                self.add_error("time_zone", _no_zone(cleaned["time_zone"]))
            cleaned["zone"] = zone
        return cleaned


class StepsField(forms.CharField):
    """Steps as “1m 10m”, cleaned to minutes."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"})
        super().__init__(required=False, max_length=200, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        """The minutes of each step."""
        try:
            return parse_steps(super().clean(value))
        except StepError as error:
            raise forms.ValidationError(step_words(error)) from error


class MemoryForm(forms.Form):
    """How well cards are to be remembered, and how they are learned."""

    retention = forms.IntegerField(
        label=_("Desired retention, in percent"),
        min_value=70,
        max_value=99,
        help_text=_(
            "How likely you are to know a card when it comes back. More means that cards come more often. From 70 to "
            "99; 90 suits most."
        ),
        error_messages={
            "required": _("Enter the retention you want: a whole number from 70 to 99, such as 90."),
            "invalid": _("The retention must be a whole number from 70 to 99, such as 90."),
            "min_value": _("The retention must be 70 or more. Below that, forgetting costs more work than it saves."),
            "max_value": _("The retention must be 99 or less: no schedule can promise more."),
        },
    )
    learning_steps = StepsField(
        label=_("Steps of a new card"),
        help_text=_("Waits between the first answers: 1m 10m 1h 1d are a minute, ten minutes, an hour, a day."),
    )
    relearning_steps = StepsField(
        label=_("Steps of a forgotten card"),
        help_text=_("The same for a card you knew before. Empty: it comes back on another day at once."),
    )
    maximum_interval_days = forms.IntegerField(
        label=_("Longest wait for a card, in days"),
        min_value=1,
        max_value=LONGEST_INTERVAL_DAYS,
        help_text=_("No card stays away longer than this. 36500 days, a hundred years, means no limit."),
        error_messages={
            "required": _("Enter the longest wait in days, from 1 to 36500."),
            "invalid": _("The longest wait must be a whole number of days, such as 365."),
            "min_value": _("The longest wait must be one day or more."),
            "max_value": _("The longest wait must be 36500 days or less."),
        },
    )


class QuestionsForm(forms.Form):
    """How cards are asked and answered."""

    format_preference = forms.ChoiceField(
        label=_("Cards are asked"),
        choices=[
            ("mixed", _("Mixed: new cards with answer choices, later mostly from memory")),
            ("flashcard", _("As flashcards: I recall the answer and grade myself")),
            ("choice", _("With answer choices")),
            ("typed", _("Typed: I write the answer")),
        ],
        widget=forms.RadioSelect,
        help_text=_("A card that cannot be asked that way is asked another way."),
    )
    recall_first = forms.BooleanField(
        label=_("Keep answer choices covered until I have tried to recall"),
        required=False,
    )
    buttons = forms.ChoiceField(
        label=_("Buttons under a flashcard"),
        choices=[("two", _("Two: Again, Good")), ("four", _("Four: Again, Hard, Good, Easy"))],
        widget=forms.RadioSelect,
        help_text=_("Two are quicker, and as good for most. Never press Hard for a card you forgot."),
    )
    bury_siblings = forms.BooleanField(
        label=_("Keep cards about the same fact apart, on different days"),
        required=False,
    )


class LooksForm(forms.Form):
    """How this site looks, and whether single keys do something."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=[("", _("As my device says")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    reduced_motion = forms.BooleanField(
        label=_("No movement on pages"),
        required=False,
        help_text=_("If your device already asks for less movement, there is none either way."),
    )
    shortcuts = forms.BooleanField(
        label=_("Single keys on the study page: Space, 1 to 4, U and others"),
        required=False,
        help_text=_("Switch them off if you speak to your computer or press keys by accident."),
    )


def step_words(error: StepError) -> str:
    """What is wrong with written steps, where, and what to do."""
    words = {
        StepFault.UNREADABLE: gettext("“%(place)s” is not a step. Write a number with s, m, h or d, such as 10m."),
        StepFault.NOTHING: gettext("“%(place)s” is no time at all. Leave it out, or write a longer step."),
        StepFault.TOO_LONG: gettext("“%(place)s” is longer than %(days)d days. Leave it out: longer waits come later."),
        StepFault.NOT_RISING: gettext(
            "“%(place)s” is not longer than “%(before)s” before it. Write the steps from short to long."
        ),
        StepFault.TOO_MANY: gettext("These are %(place)s steps. Write %(most)d at most."),
    }
    return words[error.fault] % {
        "place": error.place,
        "before": error.before,
        "days": LONGEST_DAYS,
        "most": MOST_STEPS,
    }


def _no_zone(text: str) -> str:
    if not text:
        return gettext("Enter a time zone, such as Europe/London, or follow your browser.")
    similar = similar_zones(text, available_timezones())
    if similar:
        return gettext("There is no time zone “%(text)s”. Did you mean %(zones)s?") % {
            "text": text,
            "zones": gettext(" or ").join(similar),
        }
    return gettext("There is no time zone “%(text)s”. Enter the name of a big city near you, such as London.") % {
        "text": text
    }
