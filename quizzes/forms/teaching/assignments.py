"""The form of an assignment."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.people.form_ids import FormIdField
from quizzes.forms.teaching.fields import MomentField, PercentField, usual_window
from quizzes.models import Assignment, Cohort, Deck, Fact, Section
from quizzes.services.teaching.assignments import Terms

USUAL_DAYS = 14


class AssignmentForm(forms.Form):
    """What an assignment is; moments are those of the instructor's own zone."""

    form_id = FormIdField()
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give it a title that your students will recognise.")},
    )
    instructions = forms.CharField(
        label=gettext_lazy("What students should know (optional)"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deck = forms.ModelChoiceField(
        label=gettext_lazy("Deck"),
        queryset=Deck.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a deck."), "invalid_choice": gettext_lazy("Choose a deck.")},
    )
    sections = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sections"),
        queryset=Section.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick none for the whole deck."),
    )
    opens_at = MomentField(label=gettext_lazy("Opens"), error_messages={"required": gettext_lazy("Say when it opens.")})
    closes_at = MomentField(
        label=gettext_lazy("Closes"), error_messages={"required": gettext_lazy("Say when it closes.")}
    )
    exam_on = forms.DateField(
        label=gettext_lazy("Exam on (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Students see it on their home page."),
    )
    counts = forms.ChoiceField(
        label=gettext_lazy("What counts"),
        choices=Assignment.Counts.choices,
        help_text=gettext_lazy(
            "A day counts if something was answered and nothing that was due is left. Days spread the work; the share "
            "of cards introduced asks for a first look at all of them; predicted recall asks for the outcome."
        ),
    )
    days_needed = forms.IntegerField(
        label=gettext_lazy("Days needed"),
        min_value=1,
        max_value=366,
        initial=5,
        help_text=gettext_lazy("Where days count: so many are 100 %."),
    )
    pass_mark = PercentField(label=gettext_lazy("Pass mark, %"), initial=0.8)
    reminders = forms.BooleanField(
        label=gettext_lazy("Remind students by e-mail before it closes"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        cohort: Cohort,
        zone: ZoneInfo,
        now: datetime,
        assignment: Assignment | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.assignment = assignment
        kwargs["initial"] = usual_window(zone, now, days=USUAL_DAYS) if assignment is None else _kept(assignment)
        super().__init__(*args, **kwargs)
        decks = cohort.decks.order_by("title", "pk")
        self.fields["deck"].queryset = decks  # type: ignore[attr-defined]
        with_facts = Exists(Fact.objects.filter(section=OuterRef("pk")))
        kept = self.initial.get("sections", ())
        sections = Section.objects.filter(with_facts | Q(pk__in=kept), deck__in=decks).select_related("deck")
        ordered = sections.order_by("deck__title", "deck_id", "position", "pk")
        self.fields["sections"].queryset = ordered  # type: ignore[attr-defined]
        self.zone = zone
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = zone  # type: ignore[attr-defined]

    def groups(self) -> Iterator[tuple[str, list[tuple[int, str, bool]]]]:
        """The sections of each deck: id, name, and whether it is ticked."""
        chosen = {str(getattr(one, "pk", one)) for one in self["sections"].value() or []}
        found: dict[str, list[tuple[int, str, bool]]] = {}
        for section in self.fields["sections"].queryset:  # type: ignore[attr-defined]
            ticked = str(section.pk) in chosen
            found.setdefault(section.deck.title, []).append((section.pk, capfirst(section.noun_plural), ticked))
        yield from found.items()

    def clean(self) -> dict[str, Any]:
        """Moments that were not touched stay to the second; sections are of the deck, and it closes after it opens."""
        found = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if self.assignment is not None and name in found and name not in self.changed_data:
                found[name] = getattr(self.assignment, name)
        deck, sections = found.get("deck"), found.get("sections") or []
        if deck is not None and any(section.deck_id != deck.pk for section in sections):
            self.add_error("sections", _("Tick sections of “%s” only, or none for the whole deck.") % deck.title)
        if found.get("opens_at") and found.get("closes_at") and found["closes_at"] <= found["opens_at"]:
            self.add_error("closes_at", _("It has to close after it opens."))
        return found

    def terms(self) -> Terms:
        """What was filled in."""
        names = set(Terms.__dataclass_fields__)
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name in names})


def _kept(assignment: Assignment) -> dict[str, Any]:
    names = (
        "title", "instructions", "opens_at", "closes_at", "exam_on", "counts", "days_needed", "pass_mark", "reminders",
    )  # fmt: skip
    kept = {name: getattr(assignment, name) for name in names}
    sections = list(assignment.sections.values_list("pk", flat=True))
    return {**kept, "deck": assignment.deck_id, "sections": sections}
