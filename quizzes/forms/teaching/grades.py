"""Forms that change a grade: a mark by hand, and a ruling on a question of a quiz. Each asks for a reason."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import GradeChange, ItemRuling
from quizzes.selectors.teaching.quiz_questions import OptionLine
from quizzes.services.teaching.regrading import Decision

LONGEST_REASON = 500


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Your students read it with their mark."),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class GradeForm(forms.Form):
    """What is to hold for one student in one thing; `seen` is the last change that the page showed."""

    do = forms.ChoiceField(
        label=gettext_lazy("What counts"),
        choices=[
            (GradeChange.Kind.OVERRIDE, gettext_lazy("a mark of mine")),
            (GradeChange.Kind.EXCUSE, gettext_lazy("nothing: excused")),
            (GradeChange.Kind.CLEAR, gettext_lazy("the mark as earned")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is to count.")},
    )
    percent = forms.DecimalField(
        label=gettext_lazy("Mark in percent"),
        required=False,
        localize=True,
        max_digits=6,
        decimal_places=3,
        min_value=Decimal(0),
        max_value=Decimal(100),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("From 0 to 100, only for a mark of yours."),
        error_messages={"invalid": gettext_lazy("Type a number from 0 to 100, such as 75 or 66.7.")},
    )
    reason = _reason()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        if data is not None and "," in data.get("percent", ""):
            data = data.copy()
            data["percent"] = data["percent"].replace(",", ".")
        super().__init__(data, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A mark of one's own needs the mark."""
        found = super().clean() or {}
        if (
            found.get("do") == GradeChange.Kind.OVERRIDE
            and found.get("percent") is None
            and not self.has_error("percent")
        ):
            self.add_error("percent", _("Type the mark that is to count, from 0 to 100."))
        return found

    @property
    def mark(self) -> float:
        """The mark from 0 to 1."""
        return float(self.cleaned_data["percent"] / 100)


class RulingForm(forms.Form):
    """What is to hold for one question; `seen` is the quiz's last ruling that the page showed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How it counts"),
        choices=[
            (ItemRuling.Kind.ACCEPT, gettext_lazy("the answer choices ticked below are right")),
            (ItemRuling.Kind.DROP, gettext_lazy("it is left out: it counts for nobody")),
            (ItemRuling.Kind.AS_KEYED, gettext_lazy("as it was asked: its key is right")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the question is to count.")},
    )
    accepted = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Right answer choices"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose among the answer choices of this question.")},
    )
    reason = _reason()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, options: Sequence[OptionLine], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [(one.number, f"{one.letter}  {one.text}") for one in options]
        self.fields["accepted"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Accepting needs answer choices."""
        found = super().clean() or {}
        if found.get("kind") == ItemRuling.Kind.ACCEPT and not found.get("accepted") and not self.has_error("accepted"):
            self.add_error("accepted", _("Tick at least one answer choice, or leave the question out."))
        return found

    def decision(self, item_hash: str) -> Decision:
        """What was decided."""
        kind = self.cleaned_data["kind"]
        accepted = sorted(self.cleaned_data["accepted"]) if kind == ItemRuling.Kind.ACCEPT else []
        return Decision(item_hash, kind, tuple(accepted))
