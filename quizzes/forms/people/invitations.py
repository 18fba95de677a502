"""The admin's form that invites several people at once."""

from email.utils import parseaddr
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.people.form_ids import FormIdField
from quizzes.models.people import Invitation

MOST = 500


class InviteForm(forms.ModelForm):
    """One role, perhaps one class, and who is to get a link."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60}),
        help_text=gettext_lazy("One per line. Names may stand with them: Ada Lovelace &lt;ada@example.org&gt;"),
    )

    issued = FormIdField()

    class Meta:
        model = Invitation
        fields: ClassVar[list[str]] = ["addresses", "role", "cohort"]
        labels: ClassVar[dict[str, Any]] = {"cohort": gettext_lazy("Class")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        cohort = self.fields.get("cohort")  # absent where an invitation is only looked at
        if isinstance(cohort, forms.ModelChoiceField) and cohort.queryset is not None:
            cohort.queryset = cohort.queryset.filter(archived_at=None)

    def clean_addresses(self) -> list[str]:
        """Each address once, in small letters, in the order given; raises ValidationError that names faulty lines."""
        lines = [(number, line.strip()) for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), 1)]
        filled = [(number, line) for number, line in lines if line]
        if len(filled) > MOST:
            raise ValidationError(_("At most %(most)s at once."), params={"most": MOST})
        faulty = [
            _("Line %(number)s: “%(line)s” is no e-mail address.") % {"number": number, "line": line}
            for number, line in filled
            if not is_address(address_in(line))
        ]
        if faulty:
            raise ValidationError(faulty)
        return list(dict.fromkeys(address_in(line).lower() for _number, line in filled))


def address_in(line: str) -> str:
    """The address of a line such as `Ada <ada@example.org>` or the line itself."""
    return parseaddr(line)[1] if "<" in line else line.rstrip(",;")


def is_address(text: str) -> bool:
    """Whether an e-mail can be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
