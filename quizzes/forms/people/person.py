"""The admin's forms of a person: roles as checkboxes that say what they give."""

from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import User
from quizzes.models.people import ADMIN, EDITOR, INSTRUCTOR, ROLES, STUDENT
from quizzes.selectors.people.account import ROLE_NAMES
from quizzes.selectors.people.roles import is_last_admin, roles_of

GIVES = {
    STUDENT: gettext_lazy("studies published decks and joins classes by their code"),
    INSTRUCTOR: gettext_lazy("makes classes, and sees what their own students remember"),
    EDITOR: gettext_lazy("writes decks, sections and facts here, drafts included; sees no people"),
    ADMIN: gettext_lazy("everything here: people, roles, invitations and all decks"),
}


LABELS = {
    "username": gettext_lazy("User name"),
    "email": gettext_lazy("E-mail"),
    "is_active": gettext_lazy("May sign in"),
}
HELP = {
    "username": gettext_lazy("Letters, digits and @ . + - _ with no space; at most 150."),
    "is_active": gettext_lazy("Untick this instead of deleting: what the person has learned and made stays."),
}


def role_choices() -> list[tuple[str, SafeString]]:
    """Each role with what it gives."""
    return [(role, format_html("<strong>{}</strong>: {}", ROLE_NAMES[role], GIVES[role])) for role in ROLES]


class RolesForm(forms.ModelForm):
    """What both forms of a person have."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Nobody needs one to study. Instructors, editors and admins need a second factor."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["roles"].initial = roles_of(self.instance)

    def clean_email(self) -> str:
        """In small letters, and nobody else's."""
        email: str = self.cleaned_data["email"].strip().lower()
        others = [user for user in filter_users_by_email(email) if user.pk != self.instance.pk] if email else []
        if others:
            raise ValidationError(_("“%(name)s” has this address already."), params={"name": others[0].get_username()})
        return email

    def clean(self) -> dict[str, Any] | None:
        """Somebody stays who can give roles."""
        cleaned = super().clean()
        if self.instance.pk and is_last_admin(self.instance):
            if ADMIN not in self.cleaned_data.get("roles", []):
                self.add_error("roles", _("This is the last admin. Make somebody else an admin first."))
            if not self.cleaned_data.get("is_active", True):
                self.add_error("is_active", _("This is the last admin, who has to be able to sign in."))
        return cleaned


class PersonForm(RolesForm, UserChangeForm):
    """An account that is there."""

    class Meta(UserChangeForm.Meta):  # type: ignore[name-defined]
        model = User
        labels = LABELS
        help_texts = HELP


class NewPersonForm(RolesForm, AdminUserCreationForm):
    """An account to be made."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("Counts as confirmed, since you enter it.")
    )

    class Meta(AdminUserCreationForm.Meta):  # type: ignore[name-defined]
        model = User
        fields = ("username", "email")
        labels = LABELS
        help_texts = HELP
