"""The form of a fact: lists with one text a line, and whether a change is one of wording or of meaning."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from quizzes.forms.content.fields import LinesField, SectionChoiceField
from quizzes.models import Fact, FactVersion, Section, User

CHANGES = [
    (FactVersion.Change.WORDING, _("wording: memories stay as they are")),
    (FactVersion.Change.MEANING, _("meaning: it comes back to everyone who learned it")),
]


class FactForm(forms.ModelForm):
    """A fact as an editor sees it."""

    section = SectionChoiceField(queryset=Section.objects.select_related("deck"))
    position = forms.IntegerField(
        required=False,
        min_value=0,
        widget=AdminIntegerFieldWidget,
        help_text=_("Place in the section's teaching order. Empty: last."),
    )
    aliases = LinesField(help_text=_("Also right when typed. One a line."))
    never_accept = LinesField(help_text=_("Look-alikes that are never taken for a typing error. One a line."))
    examples = LinesField(help_text=_("Each becomes a question of its own. One a line."))
    tags = LinesField(help_text=_("Subgroups: facts that share one make close answer choices. One a line."))
    checker = forms.ModelChoiceField(
        queryset=User.objects.filter(is_staff=True).order_by("username"),
        required=False,
        help_text=_("Whoever changes the check status, unless you choose somebody."),
    )
    change = forms.ChoiceField(
        label=_("This change is one of"), choices=CHANGES, initial=FactVersion.Change.WORDING, required=False
    )

    class Meta:
        model = Fact
        fields = (
            "section", "position", "status", "term", "short_label", "aliases", "never_accept", "noun", "purpose",
            "condition", "examples", "tags", "explanation", "locator", "caution", "caution_source", "check_status",
            "checker", "checked_on", "recheck_on",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        section = self.fields.get("section")
        if self.instance.pk and isinstance(section, SectionChoiceField):
            deck = self.instance.deck
            section.queryset = Section.objects.filter(deck=deck).select_related("deck")
            section.error_messages["invalid_choice"] = _("A fact stays in its deck: choose a section of “%s”.") % deck

    def clean(self) -> dict[str, Any]:
        """A fact without a place comes last in its section."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("position") is None and "position" not in self.errors and data.get("section"):
            others = Fact.objects.filter(section=data["section"]).exclude(pk=self.instance.pk)
            data["position"] = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        return data
