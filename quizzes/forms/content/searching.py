"""A field for a fact that is found by typing."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class FactSearch(AutocompleteSelect):
    """A line of text with a list of what fits below it; the fact chosen is sent by a hidden field beside it.

    It asks the address that Django's own field asks, with `static/quizzes/search.js` instead of jQuery and select2,
    which weigh more than all else on the page. `deck` narrows the search to one deck.
    """

    deck: int | None = None

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["quizzes/search.js"])

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ANN401
        """Both fields, with what is chosen."""
        chosen = self._chosen(name, value)
        return format_html(
            '<span class="search" data-search="{}" data-none="{}" data-more="{}" data-failed="{}">'
            '<input type="hidden" name="{}" value="{}">'
            '<input type="text" id="{}" value="{}" data-chosen="{}" placeholder="{}" role="combobox" '
            'aria-autocomplete="list" aria-expanded="false" autocomplete="off" spellcheck="false"></span>',
            self._address(),
            _("No fact fits. Try fewer letters."),
            _("More fit: go on typing."),
            _("The list could not be reached. Go on typing to try again."),
            name,
            chosen.get("value", ""),
            (attrs or {}).get("id", ""),
            chosen.get("label", ""),
            chosen.get("label", ""),
            _("Search by name or code"),
        )

    def _chosen(self, name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
        groups: Any = self.optgroups(name, self.format_value(value))
        return next((option for _name, options, _at in groups for option in options if option["value"]), {})

    def _address(self) -> str:
        meta = self.field.model._meta
        about = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": self.field.name}
        return f"{self.get_url()}?{urlencode(about | ({'deck': self.deck} if self.deck else {}))}"
