"""Fields and words that the editors' forms share."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

LONGEST_LINE = 120


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(required=False, widget=AdminTextareaWidget(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # noqa: ANN401
        """The lines that hold something, each once, in their order."""
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:  # noqa: ANN401
        """Lines are names and short phrases; an example becomes part of its card's key."""
        super().validate(value)
        for line in value:
            if len(line) > LONGEST_LINE:
                raise ValidationError(
                    _("“%(start)s…” has %(count)d characters: shorten it to %(longest)d, or split it into two lines."),
                    params={"start": line[:30], "count": len(line), "longest": LONGEST_LINE},
                )


class SectionChoiceField(forms.ModelChoiceField):
    """Sections with the deck they are in."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Several decks may have a section of the same name."""
        return f"{obj.deck}: {obj}"  # type: ignore[attr-defined]


class PlainText(forms.Widget):
    """Shows a value that is no longer to be chosen."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ANN401
        """The value as text."""
        return format_html("<span>{}</span>", value)
