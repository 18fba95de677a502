"""The name that others see."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 150


class NameForm(forms.Form):
    """Both parts may be left empty: then the user name stands for them."""

    first_name = forms.CharField(
        label=_("First name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"max_length": _("The first name can have %(limit_value)d letters at most. Shorten it.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"max_length": _("The last name can have %(limit_value)d letters at most. Shorten it.")},
    )
