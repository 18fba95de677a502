"""The form of a fact: lists with one text a line, and whether a change is one of wording or of meaning."""

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget, AdminTextareaWidget
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.forms.content.fields import LinesField, SectionChoiceField
from quizzes.models import Fact, FactVersion, Section, User
from quizzes.selectors.content.specs import CONTENT_FIELDS
from quizzes.selectors.content.versions import said_meanwhile

HELP = {
    "term": gettext_lazy("What the fact is about, as it is called in full."),
    "short_label": gettext_lazy("How it stands on an answer choice, if the term is long: “shock wave therapy”."),
    "noun": gettext_lazy("What it is, where the section's noun does not fit: “drug class” in a section of drugs."),
    "purpose": gettext_lazy(
        "What it is for or what is true of it, in the form its neighbours have: “to relieve pain”."
    ),
    "condition": gettext_lazy("For whom or when, if the source says only that: “patients with kidney disease”."),
    "explanation": gettext_lazy("Why it is so, in a sentence or two. Shown after the answer."),
    "locator": gettext_lazy("Where the source says it: “Drugs, 8”. Shown after the answer."),
    "caution": gettext_lazy("What is doubtful about it. Shown after the answer, with its source."),
    "caution_source": gettext_lazy("Who doubts it: a journal, an agency, a textbook."),
    "check_status": gettext_lazy("Checked: somebody compared it with the source. Doubtful: it needs a caution."),
    "checked_on": gettext_lazy("The day of the check. Empty: today, when the check status changes."),
    "recheck_on": gettext_lazy("When somebody should look at it again. It then stands on your workplace page."),
    "status": gettext_lazy("Retired facts are not asked. Memories and history stay, and come back with the fact."),
}


def change_choices(learned: int) -> list[tuple[str, str]]:
    """What a change of a fact that so many people have learned can be, with what each does."""
    meaning = ngettext(
        "Meaning: something else is right now. It comes back today to the one student who has learned it.",
        "Meaning: something else is right now. It comes back today to the %(count)d students who have learned it.",
        learned,
    )
    return [
        (
            FactVersion.Change.WORDING,
            _("Wording: the same, said better. Memories stay, and nothing comes back sooner."),
        ),
        (FactVersion.Change.MEANING, meaning % {"count": learned}),
    ]


class ChangeField(forms.ChoiceField):
    """Wording or meaning, to be chosen by whoever changes what somebody has learned."""

    def __init__(self, learned: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(
            label=_("This change is one of"),
            choices=change_choices(learned),
            widget=forms.RadioSelect,
            help_text=_("Asked because somebody has learned this fact. Only a change of what it says counts."),
            error_messages={"required": NO_CHANGE_SAID},
            **kwargs,
        )


NO_CHANGE_SAID = gettext_lazy("Say whether this changes the wording or the meaning: somebody has learned the fact.")


class OpenedField(forms.IntegerField):
    """The version that a page was made from: sent back, never a change."""

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401
        """It says nothing about the fact."""
        return False


_MEANWHILE = gettext_lazy("Nothing is saved yet: %(writer)s has changed this fact since you opened it. It now says:")
_YOURS = gettext_lazy("Below stands your text. Take over what should stay, then save: your text replaces theirs.")


class FactForm(forms.ModelForm):
    """A fact as an editor sees it. `learned` is how many people have learned it; the admin sets it on a subclass.

    `opened` is the version that the page was made from: what others have saved since is not overwritten unseen.
    """

    learned = 0
    opened = OpenedField(required=False, widget=forms.HiddenInput)
    section = SectionChoiceField(
        queryset=Section.objects.select_related("deck"),
        help_text=gettext_lazy("Its neighbours there are the wrong answers of its questions."),
    )
    position = forms.IntegerField(
        required=False,
        min_value=0,
        widget=AdminIntegerFieldWidget,
        help_text=gettext_lazy("Place in the section's teaching order. Empty: last."),
    )
    aliases = LinesField(
        label=gettext_lazy("Other names"),
        help_text=gettext_lazy("Also right when typed, one a line: abbreviations, synonyms."),
    )
    never_accept = LinesField(
        label=gettext_lazy("Never accept"),
        help_text=gettext_lazy("Look-alikes that are never taken for a typing error, one a line."),
    )
    examples = LinesField(help_text=gettext_lazy("One a line. Each can become a question of its own."))
    tags = LinesField(
        label=gettext_lazy("Subgroups"),
        help_text=gettext_lazy("One a line. Facts that share one are offered beside each other more often."),
    )
    checker = forms.ModelChoiceField(
        queryset=User.objects.filter(is_staff=True).order_by("username"),
        required=False,
        help_text=gettext_lazy("Whoever changes the check status, unless you choose somebody."),
    )

    class Meta:
        model = Fact
        fields = (
            "section", "position", "status", "term", "short_label", "aliases", "never_accept", "noun", "purpose",
            "condition", "examples", "tags", "explanation", "locator", "caution", "caution_source", "check_status",
            "checker", "checked_on", "recheck_on",
        )  # fmt: skip
        help_texts = HELP
        labels = {
            "locator": gettext_lazy("Place in the source"),
            "caution_source": gettext_lazy("Source of the caution"),
        }
        widgets = {
            "purpose": AdminTextareaWidget(attrs={"rows": 2}),
            "condition": AdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = self.instance.version if self.instance.pk else None
        section = self.fields.get("section")
        if self.instance.pk and isinstance(section, SectionChoiceField):
            deck = self.instance.deck
            section.queryset = Section.objects.filter(deck=deck).select_related("deck")
            section.error_messages["invalid_choice"] = _("A fact stays in its deck: choose a section of “%s”.") % deck
        if "change" in self.fields:
            self.fields["change"] = ChangeField(self.learned, required=False)

    def clean(self) -> dict[str, Any]:
        """A fact without a place comes last in its section; what somebody has learned is not changed unsaid."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("position") is None and "position" not in self.errors and data.get("section"):
            others = Fact.objects.filter(section=data["section"]).exclude(pk=self.instance.pk)
            data["position"] = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        if "change" in self.fields and not data.get("change") and "change" not in self.errors and self.says_otherwise():
            self.add_error("change", NO_CHANGE_SAID)
        if data.get("opened") and self.says_otherwise():
            self._tell_of_others(data["opened"])
        return data

    def _tell_of_others(self, opened: int) -> None:
        """Refuse, once, to go over what was saved since the page was opened; the form sent back has seen it."""
        told = said_meanwhile(self.instance, opened)
        if told:
            self.add_error(None, [_MEANWHILE % {"writer": told.writer}, *told.lines, _YOURS])
            self.data = seen = cast("QueryDict", self.data).copy()
            seen[self.add_prefix("opened")] = str(told.number)

    def says_otherwise(self) -> bool:
        """Whether what the fact says is changed, and so a version is written."""
        return not set(CONTENT_FIELDS).isdisjoint(self.changed_data)


class LearnedFactForm(FactForm):
    """The form of a fact that somebody has learned."""

    change = forms.ChoiceField(required=False)
