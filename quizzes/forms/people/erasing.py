"""The last question before somebody's account and all their data are erased."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from quizzes.forms.people.accounts import Plain


class EraseForm(Plain, allauth.ReauthenticateForm):
    """The password, where there is one, and the user name typed out. Wrong passwords count as when signing in."""

    words = {"password": (_("Your password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if not self.user.has_usable_password():
            del self.fields["password"]
        self.fields["name"] = forms.CharField(
            label=_("Your user name, typed out"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            help_text=self.user.get_username(),
        )

    def clean_name(self) -> str:
        """Exactly theirs."""
        name: str = self.cleaned_data["name"]
        if name != self.user.get_username():
            raise ValidationError(_("That is not your user name. Capitals count."))
        return name
