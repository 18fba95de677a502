"""Daily limits of one deck."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.services.study.joining import MOST_A_DAY


class LimitsForm(forms.Form):
    """How many cards of a deck a day may bring."""

    new_per_day = forms.IntegerField(
        label=_("New cards a day"),
        min_value=0,
        max_value=MOST_A_DAY,
        error_messages={
            "required": _("Enter how many new cards a day may bring; 0 for none."),
            "invalid": _("New cards a day must be a whole number, such as 20."),
            "min_value": _("New cards a day must be 0 or more."),
            "max_value": _("New cards a day must be %(limit_value)d or less."),
        },
    )
    reviews_per_day = forms.IntegerField(
        label=_("Reviews a day"),
        min_value=0,
        max_value=MOST_A_DAY,
        error_messages={
            "required": _("Enter how many reviews a day may bring; 0 for none."),
            "invalid": _("Reviews a day must be a whole number, such as 200."),
            "min_value": _("Reviews a day must be 0 or more."),
            "max_value": _("Reviews a day must be %(limit_value)d or less."),
        },
    )
