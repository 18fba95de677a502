"""The rows of a fact's form that say which other answers would be right too."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.core import stems
from quizzes.core.specs import Direction
from quizzes.forms.content.fields import PlainText, SectionChoiceField
from quizzes.models import Overlap, Section
from quizzes.selectors.content.words import DIRECTION_LABELS, sentence

NO_REASON = gettext_lazy("Say in a few words why.")
FACT_DIRECTIONS = [
    ("", gettext_lazy("every question")),
    *((d.value, label) for d, label in DIRECTION_LABELS.items() if d not in stems.OF_SECTION),
]


def section_field(sections: QuerySet[Section]) -> SectionChoiceField:
    """The choice of a section whose members this fact is offered beside."""
    return SectionChoiceField(label=gettext_lazy("in the section"), queryset=sections)


class VerdictForm(forms.ModelForm):
    """One verdict. What an existing one is about stays; its verdict and reason can change.

    `about` names the other side of the pair first. The first and the last of the rows that are folded away say so.
    """

    about: tuple[str, ...] = ()
    folds = 0
    fold_open = False
    fold_ends = False
    reason = forms.CharField(
        label=gettext_lazy("because"),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": NO_REASON},
    )

    class Meta:
        model = Overlap
        fields: tuple[str, ...] = ("verdict", "reason")
        labels = {
            "verdict": gettext_lazy("would be"),
            "offered": gettext_lazy("this answer"),
            "asked": gettext_lazy("when this is asked"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.about:
                self._fix(name)

    @property
    def sentence(self) -> str:
        """What an existing verdict says, up to its reason."""
        kept = self.instance
        return sentence(
            asked=str(kept.asked or kept.asked_section),
            offered=str(kept.offered),
            direction=kept.direction,
            verdict=kept.verdict,
        )

    def _fix(self, name: str) -> None:
        kept = getattr(self.instance, name)
        label = self.fields[name].label
        shown = dict(FACT_DIRECTIONS).get(kept, kept) if name == "direction" else str(kept)
        self.fields[name] = forms.CharField(label=label, disabled=True, required=False, widget=PlainText)
        self.initial[name] = shown

    def _post_clean(self) -> None:
        if self.instance.pk:
            self.cleaned_data |= {name: getattr(self.instance, name) for name in self.about}
        super()._post_clean()  # type: ignore[misc]

    def validate_constraints(self) -> None:
        """The set of rows is compared as a whole, with words of its own."""


class OverlapForm(VerdictForm):
    """Another fact, offered when this one is asked."""

    about = ("offered", "direction")
    direction = forms.ChoiceField(label=gettext_lazy("in"), choices=FACT_DIRECTIONS, required=False)

    class Meta(VerdictForm.Meta):
        fields = ("offered", "direction", "verdict", "reason")


class OfferedForm(VerdictForm):
    """This fact, offered when another one is asked."""

    about = ("asked", "direction")
    direction = forms.ChoiceField(label=gettext_lazy("in"), choices=FACT_DIRECTIONS, required=False)

    class Meta(VerdictForm.Meta):
        fields = ("asked", "direction", "verdict", "reason")


class MembershipForm(VerdictForm):
    """A section in which this fact is offered as an outsider."""

    about = ("asked_section",)
    asked_section = section_field(Section.objects.select_related("deck"))

    class Meta(VerdictForm.Meta):
        fields = ("asked_section", "verdict", "reason")

    def save(self, commit: bool = True) -> Overlap:
        """Verdicts on a section are verdicts on its membership."""
        self.instance.direction = Direction.MEMBERSHIP
        saved: Overlap = super().save(commit)
        return saved


class VerdictFormSet(forms.BaseInlineFormSet):
    """All verdicts of one kind on one fact."""

    @cached_property
    def forms(self) -> list[Any]:
        """The rows; those judged distinct, which come last, are folded away."""
        rows: list[Any] = super().forms
        folded = [row for row in rows if row.instance.pk and row.instance.verdict == Overlap.Verdict.DISTINCT]
        if folded:
            folded[0].folds, folded[-1].fold_ends = len(folded), True
            folded[0].fold_open = self.is_bound and any(row.errors for row in folded)
        return rows

    def clean(self) -> None:
        """Each pair is judged once for the same questions, within one deck, and never a fact against itself."""
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            if form.has_changed() or form.instance.pk:
                self._check(form, seen)

    def _check(self, form: Any, seen: set[tuple[Any, ...]]) -> None:  # noqa: ANN401
        data = form.cleaned_data
        about = tuple(data.get(name) for name in form.about)
        if data.get(DELETION_FIELD_NAME) or about[0] is None:
            return
        other, own = about[0], getattr(self.instance, "section", None)
        if other == self.instance:
            form.add_error(form.about[0], _("A fact is not compared with itself: choose another one."))
        elif own and other.deck_id != own.deck_id:
            form.add_error(form.about[0], _("Choose one of the same deck: “%s”.") % own.deck)
        elif about in seen:
            form.add_error(form.about[0], _("This is judged twice: keep one row and change its verdict there."))
        seen.add(about)
