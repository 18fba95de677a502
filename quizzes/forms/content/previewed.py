"""Forms as they are being filled in, as the values that previews are made from. Nothing is saved."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseFormSet, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME

from quizzes.core.specs import Direction, FactSpec, SectionSpec, Verdict
from quizzes.models import Fact
from quizzes.selectors.content.specs import fact_content, fact_spec

UNSAVED_NUMBER = 0


def fact_typed(form: ModelForm, code: str = "") -> FactSpec | None:
    """The fact as the form says it, with what the row says in place of faulty fields; None without a section or term.

    The form must have been validated. A fact still to be made has the number 0.
    """
    fact: Fact = form.instance
    section = form.cleaned_data.get("section") or (fact.section if fact.section_id else None)
    if section is None or not fact.term:
        return None
    place = {
        "section__slug": section.slug,
        "code": code or fact.code or f"{section.slug}/{UNSAVED_NUMBER}",
        "position": fact.position or 0,
        "version": fact.version,
        "meaning_version": fact.meaning_version,
    }
    return fact_spec({**fact_content(fact), **place})


def verdicts_typed(formsets: Iterable[BaseFormSet], code: str) -> dict[tuple[str, str, str], Verdict]:
    """The verdicts that name the fact, as the rows below its form say them; unfinished rows count for nothing."""
    found: dict[tuple[str, str, str], Verdict] = {}
    for formset in formsets:
        for form in formset.forms:
            if (form.instance.pk or form.has_changed()) and form.is_valid() and not _deleted(form):
                found |= _verdict(form, code)
    return found


def _deleted(form: Any) -> bool:  # noqa: ANN401
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


def _verdict(form: Any, code: str) -> dict[tuple[str, str, str], Verdict]:  # noqa: ANN401
    data, about = form.cleaned_data, form.about[0]
    other, direction = data.get(about), data.get("direction") or ""
    if not other or not data.get("verdict"):
        return {}
    if about == "asked_section":
        pair = other.slug, code, Direction.MEMBERSHIP.value
    else:
        pair = (code, other.code, direction) if about == "offered" else (other.code, code, direction)
    return {pair: Verdict(data["verdict"])} if pair[0] != pair[1] else {}


def section_typed(form: Any, slug: str) -> SectionSpec:  # noqa: ANN401
    """The section as the form says it; faulty questions are left out. The form must have been validated."""
    section, data = form.instance, form.cleaned_data
    wording = {
        direction.value: " ".join((data.get(direction.value) or "").split())
        for direction in Direction
        if direction.value not in form.errors and data.get(direction.value)
    }
    return SectionSpec(slug, section.position or 0, section.noun, section.noun_plural, wording)
