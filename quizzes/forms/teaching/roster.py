"""The forms of a class's people: a list of students, groups, and the class copied for a new term."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.core.terms import first_day
from quizzes.forms.people.form_ids import FormIdField
from quizzes.models import Cohort
from quizzes.selectors.teaching.people import instructors_of, person_name

MOST_BYTES = 3_000_000
WHEN = gettext_lazy(
    "The first assignment or quiz of this class opened on %s. In the copy it opens on the day chosen here, and all "
    "other dates move by as many days."
)


class RosterForm(forms.Form):
    """A list of students: a file, or lines."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX, with a row for each student."),
    )
    lines = forms.CharField(
        label=gettext_lazy("or lines"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=gettext_lazy("Pasted from a spreadsheet, or one address per line: Ada Lovelace <ada@example.org>"),
    )

    def clean_file(self) -> Any:  # noqa: ANN401
        """Not too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than %d MB.") % (MOST_BYTES // 1_000_000))
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("lines"):
            self.add_error("file", _("Choose a file, or paste lines below."))
        if given.get("file") and given.get("lines"):
            self.add_error("lines", _("Send either a file or lines, not both."))
        return given

    def sent(self) -> tuple[str, bytes]:
        """The file's name, empty for lines, and what was sent."""
        file = self.cleaned_data["file"]
        return (file.name, file.read()) if file else ("", self.cleaned_data["lines"].encode())


class GroupForm(forms.Form):
    """The name of a group."""

    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the group a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Boxes(forms.ModelMultipleChoiceField):
    """Several rows to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, words: Any = str, **kwargs: Any) -> None:  # noqa: ANN401
        self.words = words
        super().__init__(**{"required": False, **kwargs})

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401
        """As the form words it."""
        return str(self.words(obj))


class CopyForm(forms.Form):
    """What of a class goes into the next term's, and when that begins."""

    name = forms.CharField(label=gettext_lazy("Name of the new class"), max_length=200)
    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    form_id = FormIdField()

    def __init__(self, *args: Any, cohort: Cohort, user_id: int, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = cohort.name
        assignments, quizzes = cohort.assignments.order_by("opens_at"), cohort.quizzes.order_by("opens_at")
        opens = [*assignments.values_list("opens_at", flat=True), *quizzes.values_list("opens_at", flat=True)]
        self.began = first_day(opens, zone)

        def dated(thing: Any) -> str:  # noqa: ANN401
            return f"\u2068{thing.title}\u2069 \u2068({date_format(thing.opens_at.astimezone(zone), 'j M Y')})\u2069"

        self._boxes("decks", _("Decks"), cohort.decks.order_by("title", "pk"))
        staff = [one.user_id for one in instructors_of([cohort])[cohort.pk] if one.user_id != user_id]
        others = cohort.enrolments.filter(user__in=staff).select_related("user").order_by("pk")
        self._boxes("colleagues", _("Instructors beside you"), others, lambda one: person_name(one.user))
        self._boxes("assignments", _("Assignments"), assignments, dated)
        self._boxes("quizzes", _("Quizzes"), quizzes, dated)
        if self.began is None:
            del self.fields["first_day"]
        else:
            self.fields["first_day"].help_text = WHEN % date_format(self.began, "j F Y")

    def _boxes(self, name: str, label: str, rows: Any, words: Any = str) -> None:  # noqa: ANN401
        """A field with everything ticked; none where there is nothing."""
        found = list(rows)
        if found or name == "decks":
            self.fields[name] = Boxes(label=label, queryset=rows, words=words, initial=[one.pk for one in found])

    def clean(self) -> dict[str, Any]:
        """A first day where there are dates, and each thing with its deck."""
        given = super().clean() or {}
        things = [*given.get("assignments", ()), *given.get("quizzes", ())]
        if things and self.began and not given.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", _("Choose the day on which the first of them opens in the new class."))
        decks = {deck.pk for deck in given.get("decks", ())}
        if "decks" not in self.errors and (left := [one for one in things if one.deck_id not in decks]):
            words = _("“%(title)s” is set in %(deck)s: take that deck along too, or leave it out.")
            self.add_error("decks", words % {"title": left[0].title, "deck": left[0].deck.title})
        return given

    def days(self) -> int:
        """By how many days dates move."""
        day: date | None = self.cleaned_data.get("first_day")
        return (day - self.began).days if day and self.began else 0
