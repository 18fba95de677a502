"""Verdicts on a fact's page: which other answers would be right too."""

from typing import Any

from django.db.models import Case, Field, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quizzes.admin.people.light import LightInline
from quizzes.forms.content.overlaps import MembershipForm, OfferedForm, OverlapForm, VerdictFormSet, section_field
from quizzes.forms.content.searching import FactSearch
from quizzes.models import Fact, Overlap, Section

RANKS = {Overlap.Verdict.RIGHT: 0, Overlap.Verdict.ARGUABLE: 1, Overlap.Verdict.DISTINCT: 2}


class VerdictInline(LightInline):
    """One kind of verdict, each readable as a sentence; what keeps an answer away stands first."""

    model = Overlap
    formset = VerdictFormSet
    template = "admin/quizzes/overlap/sentences.html"
    extra = 0
    order: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Overlap]:
        """Right before arguable before distinct, each in teaching order."""
        whens = [When(verdict=verdict, then=Value(rank)) for verdict, rank in RANKS.items()]
        rows = super().get_queryset(request).annotate(rank=Case(*whens, output_field=IntegerField()))
        related = ("asked", "offered", "asked_section", "judged_by")
        return rows.select_related(*related).order_by("rank", *self.order, "direction", "pk")

    def get_formset(self, request: HttpRequest, obj: Fact | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """The other fact is searched for in the fact's own deck, once it has one."""
        formset = super().get_formset(request, obj, **kwargs)
        for name in self.searched:
            formset.form.base_fields[name].widget.deck = obj.deck_id if obj else None
        return formset

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:  # noqa: ANN401
        """The other fact is searched for, since a deck may have thousands."""
        if db_field.name in self.searched:
            kwargs["widget"] = FactSearch(db_field, self.admin_site)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OverlapInline(VerdictInline):
    """Other facts, offered when this one is asked."""

    fk_name = "asked"
    form = OverlapForm
    fields = ("offered", "direction", "verdict", "reason")
    searched = ("offered",)
    order = ("offered__section__position", "offered__position")
    verbose_name = _("verdict")
    verbose_name_plural = _("When this fact is asked, which other answers are right too?")


class MembershipInline(VerdictInline):
    """Sections in which this fact is offered as an outsider."""

    fk_name = "offered"
    form = MembershipForm
    fields = ("asked_section", "verdict", "reason")
    order = ("asked_section__position",)
    verbose_name = _("verdict on a section")
    verbose_name_plural = _("When a question asks what belongs to another section, is this fact right too?")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Overlap]:
        """Verdicts on sections alone."""
        return super().get_queryset(request).filter(asked_section__isnull=False)

    def get_formset(self, request: HttpRequest, obj: Fact | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """Sections of the fact's own deck, once it has one."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj:
            sections = Section.objects.filter(deck=obj.deck).exclude(pk=obj.section_id).select_related("deck")
            formset.form.base_fields["asked_section"] = section_field(sections)
        return formset


class OfferedInline(VerdictInline):
    """This fact, offered when others are asked: the same verdicts from the other side."""

    fk_name = "offered"
    form = OfferedForm
    fields = ("asked", "direction", "verdict", "reason")
    searched = ("asked",)
    classes = ("collapse",)
    order = ("asked__section__position", "asked__position")
    verbose_name = _("verdict from the other side")
    verbose_name_plural = _("When another fact is asked, is this one right too?")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Overlap]:
        """Verdicts on pairs of facts alone."""
        return super().get_queryset(request).filter(asked__isnull=False)
