"""The form of a quiz, and the rows of its blueprint below it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.people.form_ids import FormIdField
from quizzes.models import Quiz
from quizzes.services.teaching.quizzes import FROZEN, Plan

MOST_ROWS = 30
MOST_OF_A_ROW = 100
ROWS_AT_FIRST = 3
_CHOOSE = forms.RadioSelect


class MomentField(forms.DateTimeField):
    """A date and time of day in the reader's own zone, which the form sets."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = ZoneInfo("UTC")

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401
        """What was typed, as of that zone."""
        typed = super().to_python(value)
        return None if typed is None else typed.replace(tzinfo=self.zone)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The moment as that zone's clock shows it."""
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value


class QuizForm(forms.Form):
    """All but the questions. Where the quiz is frozen, what then stands fast cannot be filled in."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As your students see it, such as “Week 3: drugs and tests”."),
        error_messages={"required": gettext_lazy("Give the quiz a title.")},
    )
    instructions = forms.CharField(
        label=gettext_lazy("What students should know before they start (optional)"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_at = MomentField(label=gettext_lazy("Opens"), error_messages={"required": gettext_lazy("Say when it opens.")})
    closes_at = MomentField(
        label=gettext_lazy("Closes"), error_messages={"required": gettext_lazy("Say when it closes.")}
    )
    time_limit_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for an attempt"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=gettext_lazy("Empty: until the quiz closes. Time added later holds for attempts under way too."),
    )
    attempts_allowed = forms.IntegerField(label=gettext_lazy("Attempts"), min_value=1, max_value=50, initial=1)
    counting = forms.ChoiceField(
        label=gettext_lazy("Of several attempts counts"), choices=Quiz.Counting.choices, initial=Quiz.Counting.BEST
    )
    feedback = forms.ChoiceField(
        label=gettext_lazy("Answers and reasons are shown"),
        choices=Quiz.Feedback.choices,
        initial=Quiz.Feedback.AFTER,
        widget=_CHOOSE,
    )
    pass_percent = forms.IntegerField(
        label=gettext_lazy("Pass mark, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Empty: no pass mark."),
    )
    certainty = forms.BooleanField(
        label=gettext_lazy("Certainty marking"),
        required=False,
        help_text=gettext_lazy(
            "After each answer students say how sure they are. Right gives 1, 2 or 3 points, wrong 0, −2 or −6. "
            "The points are a score of their own: the mark stays the share of right answers."
        ),
    )
    reminders = forms.BooleanField(
        label=gettext_lazy("Remind students by e-mail before it closes"), required=False, initial=True
    )
    picking = forms.ChoiceField(
        label=gettext_lazy("The questions are"),
        choices=Quiz.Picking.choices,
        initial=Quiz.Picking.DRAWN,
        widget=_CHOOSE,
    )
    forms_of = forms.ChoiceField(
        label=gettext_lazy("Students get"), choices=Quiz.Forms.choices, initial=Quiz.Forms.SAME, widget=_CHOOSE
    )
    form_count = forms.IntegerField(
        label=gettext_lazy("How many parallel forms"),
        required=False,
        min_value=2,
        max_value=26,
        initial=2,
        help_text=gettext_lazy("Only for parallel forms. They are dealt out evenly."),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, quiz: Quiz | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        if quiz is not None:
            kwargs["initial"] = initial_of(quiz) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kept = quiz
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = zone  # type: ignore[attr-defined]
        if quiz is not None and quiz.frozen_at is not None:
            for name in FROZEN_FIELDS:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """It closes after it opens; parallel forms are counted."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It has to close after it opens."))
        return cleaned

    def plan(self, blueprint: list[dict[str, Any]]) -> Plan:
        """What was filled in, with these rows."""
        said = self.cleaned_data
        percent = said["pass_percent"]
        return Plan(
            **{name: said[name] for name in SAME_NAMES},
            forms=said["forms_of"],
            form_count=said["form_count"] or (self.kept.form_count if self.kept else 2),
            pass_mark=None if percent is None else percent / 100,
            blueprint=self.kept.blueprint if self.kept and self.kept.frozen_at else blueprint,
        )


SAME_NAMES = (
    "title", "instructions", "opens_at", "closes_at", "time_limit_minutes", "attempts_allowed", "counting", "feedback",
    "certainty", "reminders", "picking",
)  # fmt: skip
FROZEN_FIELDS = [{"forms": "forms_of"}.get(name, name) for name in FROZEN if name != "blueprint"]


class NewQuizForm(QuizForm):
    """A quiz to be made; sent twice it is one quiz."""

    form_id = FormIdField()


def initial_of(quiz: Quiz) -> dict[str, Any]:
    """The quiz as its form shows it."""
    said = {name: getattr(quiz, name) for name in SAME_NAMES}
    percent = None if quiz.pass_mark is None else round(100 * quiz.pass_mark)
    return said | {"forms_of": quiz.forms, "form_count": quiz.form_count, "pass_percent": percent}


class RowForm(forms.Form):
    """So many questions of a section, in a direction; without a number the row is left out."""

    number = forms.IntegerField(label=gettext_lazy("Questions"), required=False, min_value=0, max_value=MOST_OF_A_ROW)
    section = forms.ChoiceField(label=gettext_lazy("From"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("Kind of question"), required=False)
    closeness = forms.ChoiceField(label=gettext_lazy("Wrong answer choices"))

    def __init__(self, *args: Any, choices: Mapping[str, Iterable[tuple[str, str]]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]


class RowFormSet(forms.BaseFormSet):
    """The rows of a blueprint."""

    def lines(self) -> list[dict[str, Any]]:
        """The rows that ask for something, as a quiz keeps them."""
        said = (form.cleaned_data for form in self.forms if form.cleaned_data.get("number"))
        return [{name: row[name] for name in ("section", "direction", "closeness", "number")} for row in said]


def row_forms(
    data: QueryDict | None,
    choices: Mapping[str, Iterable[tuple[str, str]]],
    rows: Iterable[Mapping[str, Any]],
    more: int = 0,
) -> RowFormSet:
    """The rows as sent, or as they are with some that are empty."""
    shown = list(rows)
    made = forms.formset_factory(
        RowForm,
        formset=RowFormSet,
        extra=max(ROWS_AT_FIRST - len(shown), more),
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    return cast("RowFormSet", made(data, initial=shown, prefix="rows", form_kwargs={"choices": choices}))


def as_typed(data: QueryDict, form: type[QuizForm]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What was sent, to be shown again with one row more: nothing is checked, and nothing is lost."""
    said = {
        name: name in data if isinstance(field, forms.BooleanField) else data.get(name, "")
        for name, field in form.base_fields.items()
    }
    total = data.get("rows-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 4 else 0
    names = ("number", "section", "direction", "closeness")
    return said, [{name: data.get(f"rows-{at}-{name}", "") for name in names} for at in range(count)]
