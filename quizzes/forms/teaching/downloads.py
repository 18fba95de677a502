"""What an instructor wants as a file."""

from django import forms
from django.utils.translation import gettext_lazy

from quizzes.models import Download
from quizzes.selectors.teaching.download_rows import WantedFile

NAMES, PSEUDONYMS = "names", "pseudonyms"
ANSWERS, ALL = "answers", "all"


class DownloadForm(forms.Form):
    """Read from a form that is sent, and from the address of a file."""

    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=Download.What.choices,
        initial=Download.What.REVIEWS,
        widget=forms.RadioSelect,
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("As"), choices=Download.Ending.choices, initial=Download.Ending.CSV, widget=forms.RadioSelect
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Students"),
        choices=[
            (NAMES, gettext_lazy("with names")),
            (PSEUDONYMS, gettext_lazy("under pseudonyms, the same in every file of this class")),
        ],
        initial=NAMES,
        required=False,
        widget=forms.RadioSelect,
    )
    events = forms.ChoiceField(
        label=gettext_lazy("Review log"),
        choices=[
            (ANSWERS, gettext_lazy("answers that count")),
            (ALL, gettext_lazy("every event: also answers taken back or too quick, and cards set aside")),
        ],
        initial=ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )

    def wanted(self) -> WantedFile:
        """What a valid form asks for."""
        given = self.cleaned_data
        everything = given["events"] == ALL and given["what"] == Download.What.REVIEWS
        return WantedFile(given["what"], given["ending"], given["who"] == PSEUDONYMS, everything)
