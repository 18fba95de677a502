"""Which e-mails somebody gets that they have not asked for one by one."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    """Reminders, on unless switched off."""

    reminders = forms.BooleanField(
        label=_("Remind me of assignments and quizzes that close soon"),
        required=False,
        help_text=_(
            "Once a day at most, in the afternoon where you are (in the morning of what closes before six), of what is "
            "open in your classes and not done. What instructors write to their class reaches you either way."
        ),
    )
