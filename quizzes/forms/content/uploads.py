"""The form that sends a table or a text guide."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.formats.tables import MOST_BYTES
from quizzes.models import Deck, Upload

GUIDES = (".txt", ".md", ".text")


class UploadForm(forms.Form):
    """A file for a deck that is there, or with a title for a new one."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table (CSV or XLSX) with a row for each fact, or a text guide (.txt or .md) with headings and lists."
        ),
    )
    title = forms.CharField(label=gettext_lazy("Title of the new deck"), max_length=200)
    language = forms.CharField(
        label=gettext_lazy("Language of the facts"),
        max_length=16,
        initial="en",
        help_text=gettext_lazy("Such as en, de or ar; the questions of new sections are worded in it."),
    )

    def __init__(self, deck: Deck | None, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.deck = deck
        if deck is not None:
            del self.fields["title"], self.fields["language"]
            self.fields["file"].help_text = gettext_lazy("A table (CSV or XLSX) with a row for each fact.")

    def clean_file(self) -> Any:  # noqa: ANN401
        """Not too large; a guide makes a deck of its own."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has more than %d MB. Split it into several files.") % (MOST_BYTES // 1_000_000)
            )
        if self.deck is not None and self.kind_of(file.name) == Upload.Kind.OUTLINE:
            raise forms.ValidationError(_("A text guide makes a deck of its own: import it from the list of decks."))
        return file

    def clean_title(self) -> str:
        """A title from which an address can be made that no deck has."""
        title: str = self.cleaned_data["title"]
        self.slug = slugify(title)[:80].strip("-") or "deck"
        validate_slug(self.slug)
        if Deck.objects.filter(slug=self.slug).exists():
            raise forms.ValidationError(
                _("There is a deck “%s” already. Choose another title, or import into that deck from its page.") % title
            )
        return title

    @staticmethod
    def kind_of(name: str) -> str:
        """What a file of that name is taken for."""
        guide = name.casefold().endswith(GUIDES)
        return Upload.Kind.OUTLINE.value if guide else Upload.Kind.TABLE.value
