"""The form of a section: a field for the question of each direction."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.core import stems
from quizzes.core.default_wording import suited, wording_for
from quizzes.core.specs import Direction
from quizzes.models import Deck, Fact, Section
from quizzes.selectors.content.words import DIRECTION_LABELS

PLACEHOLDER_HELP = {
    "term": gettext_lazy("the fact's term"),
    "purpose": gettext_lazy("its purpose"),
    "condition": gettext_lazy("its condition"),
    "example": gettext_lazy("one of its examples"),
    "noun": gettext_lazy("its category noun, or the section's"),
    "noun_plural": gettext_lazy("the same in the plural"),
}
PLACEHOLDERS = tuple(PLACEHOLDER_HELP)
_FILLED = {
    Direction.TERM_TO_PURPOSE: gettext_lazy("Shows {term}. Answer: the purpose. “What is {term} used for?”"),
    Direction.PURPOSE_TO_TERM: gettext_lazy("Shows {purpose}. Answer: the term. “Which {noun} is given {purpose}?”"),
    Direction.CONDITION_TO_TERM: gettext_lazy("Shows {condition}. Answer: the term."),
    Direction.TERM_TO_EXAMPLE: gettext_lazy("Shows {term}. Answer: an example, any of them when typed."),
    Direction.EXAMPLE_TO_TERM: gettext_lazy("Shows {example}. Answer: the term. One question for each example."),
    Direction.PURPOSE_TO_EXAMPLE: gettext_lazy("Shows {purpose}. Answer: an example."),
    Direction.EXAMPLE_TO_PURPOSE: gettext_lazy("Shows {example}. Answer: the purpose. One question for each example."),
    Direction.MEMBERSHIP: gettext_lazy("Answer: a fact of this section, among facts of others. “Which is a {noun}?”"),
    Direction.NOT_MEMBER: gettext_lazy("Answer: a fact of another section. With NOT in capitals; for quizzes only."),
}
_NOUNS = {"noun": "term", "noun_plural": "terms"}
_PLACEHOLDER = re.compile(r"\{\w+\}")


def _question(direction: Direction) -> forms.CharField:
    return forms.CharField(
        required=False,
        label=DIRECTION_LABELS[direction],
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=_FILLED[direction],
    )


class SectionForm(forms.ModelForm):
    """A section with its questions, which are kept together in one column."""

    term_to_purpose = _question(Direction.TERM_TO_PURPOSE)
    purpose_to_term = _question(Direction.PURPOSE_TO_TERM)
    condition_to_term = _question(Direction.CONDITION_TO_TERM)
    term_to_example = _question(Direction.TERM_TO_EXAMPLE)
    example_to_term = _question(Direction.EXAMPLE_TO_TERM)
    purpose_to_example = _question(Direction.PURPOSE_TO_EXAMPLE)
    example_to_purpose = _question(Direction.EXAMPLE_TO_PURPOSE)
    membership = _question(Direction.MEMBERSHIP)
    not_member = _question(Direction.NOT_MEMBER)

    position = forms.IntegerField(
        required=False, min_value=0, help_text=gettext_lazy("Place in the deck's teaching order. Empty: last.")
    )

    put_back = forms.BooleanField(
        required=False,
        label=gettext_lazy("Put the default question wherever one is empty"),
        help_text=gettext_lazy("In the deck's language. To put one back, empty its field and tick this."),
    )

    class Meta:
        model = Section
        fields = ("deck", "slug", "position", "noun", "noun_plural")
        help_texts: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("Begins the codes of its facts: “drugs” for drugs/1. Chosen once, in a-z, 0-9 and -."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.defaults: dict[str, str] = {}
        if not self.instance.pk:
            self.defaults = default_questions(_deck_in(self.initial), None)
            self.initial["position"] = None
        self.initial = {**self.defaults, **self.instance.wording, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Gather the questions and check their placeholders; a section without a place comes last in its deck."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        deck = data.get("deck") or (self.instance.deck if self.instance.pk else None)
        if data.get("position") is None and "position" not in self.errors:
            others = Section.objects.filter(deck=deck).exclude(pk=self.instance.pk)
            data["position"] = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        self._fill_in(data, deck)
        wording = {direction: " ".join(data.get(direction, "").split()) for direction in Direction}
        for direction, text in wording.items():
            if fault := wording_fault(direction, text):
                self.add_error(direction, fault)
        self.instance.wording = {direction.value: text for direction, text in wording.items() if text}
        return data

    def _fill_in(self, data: dict[str, Any], deck: Deck | None) -> None:
        """Default questions in the deck's language: for those of a new form, and where they are to be put back."""
        known = default_questions(deck, self.instance if self.instance.pk else None, data)
        for direction in Direction:
            said = " ".join(data.get(direction, "").split())
            untouched = said and said == self.defaults.get(direction)
            if untouched or (not said and data.get("put_back")):
                data[direction] = known.get(direction, "")


def default_questions(
    deck: Deck | None, section: Section | None, nouns: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The default questions for a section of a deck; which one belongs only where its facts have no description."""
    said = {name: str((nouns or {}).get(name) or getattr(section, name, "")) for name in ("noun", "noun_plural")}
    found = wording_for(language=deck.language if deck else "en", **(said if said["noun"] else _NOUNS))
    facts = Fact.objects.filter(section=section) if section else Fact.objects.none()
    described = not facts.exists() or facts.exclude(purpose="", condition="").exists()
    return suited(found, described=described)


def _deck_in(initial: Mapping[str, Any]) -> Deck | None:
    """The deck that a new section's form was opened for."""
    named = str(initial.get("deck") or "")
    return Deck.objects.filter(pk=int(named)).first() if named.isdecimal() else None


def wording_fault(direction: Direction, text: str) -> str:
    """What is wrong with a question's wording, with the remedy; empty if nothing is."""
    used = stems.fields(text)
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if not text:
        return ""
    if any(brace in _PLACEHOLDER.sub("", text) for brace in "{}"):
        return _("A brace stands alone. Braces hold a placeholder's name and nothing else: %s.") % known
    if unknown := [f"{{{name}}}" for name in used if name not in PLACEHOLDERS]:
        return _("There is no placeholder %(names)s. Use %(known)s.") % {"names": ", ".join(unknown), "known": known}
    return "" if direction in stems.OF_SECTION else _slot_fault(direction, used)


def _slot_fault(direction: Direction, used: tuple[str, ...]) -> str:
    shown, asked = stems.NEEDS[direction]
    if shown not in used:
        return _("The question must show {%s}: put it where it belongs.") % shown
    if asked in used:
        return _("{%s} is the answer: take it out of the question.") % asked
    return ""
