"""A message to students of a class: to whom, and what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.forms.people.form_ids import FormIdField
from quizzes.models import CohortGroup
from quizzes.selectors.teaching.recipients import Recipient

ALL, CHOSEN, GROUP = "all", "chosen", "group-"
LONGEST = 10_000


class MessageForm(forms.Form):
    """`students` are ids of enrolments, which count where `audience` is “chosen”; who has left is passed over."""

    audience = forms.ChoiceField(label=gettext_lazy("To"), widget=forms.RadioSelect)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Give the message a subject."),
            "max_length": gettext_lazy("The subject can have %(limit_value)d letters at most. Shorten it."),
        },
    )
    body = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=gettext_lazy("Plain text. Your name and the class stand below it by themselves."),
        error_messages={
            "required": gettext_lazy("Write the message."),
            "max_length": gettext_lazy("The message can have %(limit_value)d letters at most. Shorten it."),
        },
    )
    form_id = FormIdField()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        recipients: Sequence[Recipient],
        groups: Sequence[CohortGroup],
        chosen: Sequence[int] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        sent = self.data.getlist("students") if isinstance(self.data, QueryDict) else []
        ticked = {int(one) for one in sent if one.isdecimal()} if self.is_bound else {*chosen}
        self.boxes = [(one, one.enrolment_id in ticked) for one in recipients]
        self.meant: list[Recipient] = []
        self.fields["audience"].choices = list(self._audiences(groups))  # type: ignore[attr-defined]
        self.fields["subject"].widget.attrs["dir"] = "auto"

    def _audiences(self, groups: Sequence[CohortGroup]) -> Any:  # noqa: ANN401
        count = len(self.recipients)
        yield ALL, ngettext("the only student", "all %(n)d students", count) % {"n": count}
        for group in groups:
            size = sum(one.group_id == group.pk for one in self.recipients)
            if size:
                yield f"{GROUP}{group.pk}", _("%(group)s (%(n)d)") % {"group": group.name, "n": size}
        yield CHOSEN, _("those ticked below")

    def clean_subject(self) -> str:
        """In one line: a line break would begin another line of the e-mail's head."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        """Find out who is meant."""
        cleaned = super().clean() or self.cleaned_data
        match cleaned.get("audience"):
            case None:
                return cleaned
            case "all":
                self.meant = list(self.recipients)
            case "chosen":
                self.meant = [one for one, ticked in self.boxes if ticked]
                if not self.meant:
                    self.add_error("audience", _("Tick at least one student below, or write to all."))
            case group:
                self.meant = [one for one in self.recipients if f"{GROUP}{one.group_id}" == group]
        return cleaned
