"""The forms of signing in and up, in our words and without placeholders that repeat the labels."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import assess_unique_email
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quizzes.services.people.addresses import keep_address
from quizzes.views.people.invitations import held_invitation


class Plain(forms.Form):
    """Our labels and help in place of placeholders; `first` gets the focus."""

    words: dict[str, tuple[Any, Any]] = {}
    first = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
        if self.first:
            self.fields[self.first].widget.attrs["autofocus"] = True


class SignInForm(Plain, allauth.LoginForm):
    """User name or e-mail, and password."""

    words = {"login": (_("User name or e-mail"), ""), "password": (_("Password"), "")}
    first = "login"

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


NEW_PASSWORD = (_("Password"), _("At least 8 characters; not only digits, nothing that many people use."))
REPEATED = (_("Password once more"), "")


class SignUpForm(Plain, allauth.SignupForm):
    """A new account; which addresses may have one depends on how the site is set."""

    words = {
        "email": (_("E-mail"), ""),
        "username": (_("User name"), _("What your class sees, and what you sign in with.")),
        "password1": NEW_PASSWORD,
        "password2": REPEATED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        invited = held_invitation(context.request)
        if invited:
            email = self.fields["email"]
            email.initial, email.disabled = invited.email, settings.SENDS_MAIL
            email.help_text = _("The invitation came to it. You can change it later.") if settings.SENDS_MAIL else ""

    def clean_email(self) -> str:
        """An address of one of the domains, where only they may sign up; the invited may use any."""
        email: str = super().clean_email()
        adapter = get_adapter()
        if adapter.takes_address(email):
            return email
        known = ", ".join(f"@{name}" for name in settings.SIGN_UP_DOMAINS)
        raise ValidationError(_("Use an address that ends in %(domains)s."), params={"domains": known})


class EmailForm(Plain, allauth.AddEmailForm):
    """Another address; where the site sends no e-mail it counts at once."""

    words = {"email": (_("New e-mail address"), "")}

    def clean_email(self) -> str:
        """Without e-mail nobody is asked, so an address that somebody has is refused here."""
        email: str = super().clean_email()
        if not settings.SENDS_MAIL and not assess_unique_email(email, user=self.user):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """The address, which waits to be confirmed where the site sends e-mail."""
        if settings.SENDS_MAIL:
            return super().save(request)
        keep_address(user=self.user, email=self.cleaned_data["email"], verified=False)
        return EmailAddress.objects.get(user=self.user)


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):
    """The old password and the new one twice."""

    words = {
        "oldpassword": (_("Password until now"), ""),
        "password1": (_("New password"), NEW_PASSWORD[1]),
        "password2": (_("New password once more"), ""),
    }


class SetPasswordForm(Plain, allauth.SetPasswordForm):
    """A password for somebody who has none."""

    words = {"password1": NEW_PASSWORD, "password2": REPEATED}


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    """Where to send the link."""

    words = {"email": (_("E-mail"), _("The address of your account."))}
    first = "email"


class ResetPasswordKeyForm(Plain, allauth.ResetPasswordKeyForm):
    """The new password, for whoever holds the link."""

    words = ChangePasswordForm.words


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    """The password once more, before something that a stranger at an open browser should not do."""

    words = {"password": (_("Password"), "")}
    first = "password"
