"""The forms of a class: what it is, who teaches it, and the code by which it is joined."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.people.form_ids import FormIdField
from quizzes.models import Cohort, Deck, Enrolment, User
from quizzes.selectors.access import visible_decks
from quizzes.selectors.teaching.joining import last_day_of
from quizzes.selectors.teaching.people import find_person


class ClassForm(forms.Form):
    """Name, decks and last day of joining; days are those of the instructor's own zone."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("As your students know it, such as “Pathology, evening group”."),
        error_messages={"required": gettext_lazy("Give the class a name.")},
    )
    decks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Decks"),
        queryset=Deck.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who joins the class studies these. You see what they remember of these, and no more."),
        error_messages={"required": gettext_lazy("Choose at least one deck.")},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day of joining"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leave it empty to let people join until you close it."),
    )

    def __init__(self, *args: Any, user: User, zone: ZoneInfo, cohort: Cohort | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        self.zone, self.kept = zone, cohort.joining_closes_at if cohort else None
        if cohort is not None:
            kwargs["initial"] = {
                "name": cohort.name,
                "decks": [deck.pk for deck in cohort.decks.all()],
                "last_day": last_day_of(self.kept, zone),
            }
        super().__init__(*args, **kwargs)
        may_see = Q(pk__in=visible_decks(user).values("pk"))
        decks = Deck.objects.filter(may_see | Q(cohorts=cohort) if cohort else may_see).distinct()
        self.fields["decks"].queryset = decks.order_by("title", "slug")  # type: ignore[attr-defined]

    def closes_at(self) -> datetime | None:
        """When joining ends: with the last day, or as it was if that has not been touched."""
        day: date | None = self.cleaned_data["last_day"]
        if "last_day" not in self.changed_data:
            return self.kept
        return None if day is None else datetime.combine(day + timedelta(days=1), time(0), self.zone)


class NewClassForm(ClassForm):
    """A class to be made; sent twice it is one class."""

    form_id = FormIdField()


class InstructorForm(forms.Form):
    """Somebody to teach the class as well, or to look at it."""

    who = forms.CharField(
        label=gettext_lazy("User name or e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Instructors are found by either, anybody else by user name only."),
        error_messages={"required": gettext_lazy("Type the user name or e-mail address of a colleague.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("May"),
        choices=[
            (Enrolment.Role.INSTRUCTOR, gettext_lazy("see and change everything")),
            (Enrolment.Role.ASSISTANT, gettext_lazy("see everything, change nothing")),
        ],
    )

    def clean_who(self) -> User:
        """The account of this name or address."""
        found = find_person(self.cleaned_data["who"].strip())
        if found is None:
            raise forms.ValidationError(
                _("There is no instructor with this address, and nobody with this user name. Check the spelling.")
            )
        return found


class JoinForm(forms.Form):
    """The code of a class, however it is written."""

    code = forms.CharField(
        label=gettext_lazy("Join code"),
        max_length=64,
        error_messages={"required": gettext_lazy("Type the code that your instructor gave you.")},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
