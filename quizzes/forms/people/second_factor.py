"""The forms of the second factor; wrong codes count like wrong passwords."""

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from quizzes.forms.people.accounts import Plain

CODE = (_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))

WRONG = _(
    "That code is not right, or has been used. Take the one that the app shows now, or a recovery code not used yet."
)


class CodeForm(Plain, base.AuthenticateForm):
    """The code at the sign-in."""

    words = {"code": CODE}
    first = "code"

    def clean_code(self) -> str:
        """The code if it is right; wrong ones are counted in the database, with wrong passwords."""
        credentials = {"username": self.user.get_username()}
        allowed = AxesProxyHandler.is_allowed(context.request, credentials)
        if not allowed:
            context.request.axes_locked_out = True
            context.request.axes_credentials = credentials
            raise ValidationError(_("Too many wrong codes."))
        try:
            return str(super().clean_code())
        except ValidationError:
            AxesProxyHandler.user_login_failed(type(self), credentials=credentials, request=context.request)
            raise ValidationError(WRONG) from None


class ConfirmingForm(Plain, base.ReauthenticateForm):
    """The code once more, before something that a stranger at an open browser should not do."""

    words = {"code": CODE}
    first = "code"


class ActivateForm(Plain, totp.ActivateTOTPForm):
    """The first code, which proves that the app has the secret."""

    words = {"code": (_("Code"), _("Six digits that the app shows now."))}
