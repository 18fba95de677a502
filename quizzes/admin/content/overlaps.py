"""Verdicts on a fact's page: which other answers would be right too."""

from typing import Any

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quizzes.forms.content.overlaps import MembershipForm, OverlapForm, VerdictFormSet, section_field
from quizzes.models import Fact, Overlap, Section


class VerdictInline(admin.TabularInline):
    """One kind of verdict."""

    model = Overlap
    formset = VerdictFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:  # noqa: ANN401
        """Without links that add or change the fact chosen: a verdict is about facts that are there."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field


class OverlapInline(VerdictInline):
    """Other facts, offered when this one is asked."""

    fk_name = "asked"
    form = OverlapForm
    fields = ("offered", "direction", "verdict", "reason")
    autocomplete_fields = ("offered",)
    verbose_name = _("verdict")
    verbose_name_plural = _("When this fact is asked, would other facts be right too?")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Overlap]:
        """In the teaching order of the facts offered."""
        rows = super().get_queryset(request).select_related("asked", "offered")
        return rows.order_by("offered__section__position", "offered__position", "direction", "pk")


class MembershipInline(VerdictInline):
    """Sections in which this fact is offered as an outsider."""

    fk_name = "offered"
    form = MembershipForm
    fields = ("asked_section", "verdict", "reason")
    verbose_name = _("verdict on a section")
    verbose_name_plural = _("When a question asks what belongs to another section, would this fact be right too?")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Overlap]:
        """In the order of the sections."""
        rows = super().get_queryset(request).filter(asked_section__isnull=False)
        return rows.select_related("asked_section", "offered").order_by("asked_section__position", "pk")

    def get_formset(self, request: HttpRequest, obj: Fact | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """Sections of the fact's own deck, once it has one."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj:
            sections = Section.objects.filter(deck=obj.deck).exclude(pk=obj.section_id).select_related("deck")
            formset.form.base_fields["asked_section"] = section_field(sections)
        return formset
