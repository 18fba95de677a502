"""What can be done to several facts at once, beside retiring them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.models import Fact, Section
from quizzes.services.content.facts import check_facts, move_facts


class MoveForm(forms.Form):
    """Where the chosen facts go."""

    section = forms.ModelChoiceField(queryset=Section.objects.none(), label=gettext_lazy("To the section"))

    def __init__(self, facts: list[Fact], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        sections = Section.objects.filter(deck=facts[0].deck_id).order_by("position", "slug")
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class BulkAdmin(admin.ModelAdmin):
    """Facts checked and moved from their list."""

    @admin.action(permissions=["change"], description=gettext_lazy("Mark as checked today, by me"))
    def mark_checked(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        with transaction.atomic():
            facts = list(queryset)
            check_facts(facts=facts, by=request.user, on=timezone.localdate())  # type: ignore[arg-type]
            for fact in facts:
                self.log_change(request, fact, _("Checked."))
        done = ngettext("%d fact is marked as checked.", "%d facts are marked as checked.", len(facts)) % len(facts)
        self.message_user(request, done, messages.SUCCESS)

    @admin.action(permissions=["change"], description=gettext_lazy("Move to another section …"))
    def move(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse | None:
        facts = list(queryset.order_by("section__position", "position", "pk").select_related("section", "deck"))
        if len({fact.deck_id for fact in facts}) > 1:
            told = _("Nothing was moved: facts stay in their deck, and these are of several. Choose those of one deck.")
            self.message_user(request, told, messages.ERROR)
            return None
        form = MoveForm(facts, request.POST if "section" in request.POST else None)
        if form.is_valid():
            self._move(request, facts, form.cleaned_data["section"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Move to another section"),
            "opts": self.opts,
            "facts": facts,
            "form": form,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/quizzes/fact/move.html", context)

    def _move(self, request: HttpRequest, facts: list[Fact], section: Section) -> None:
        elsewhere = [fact for fact in facts if fact.section_id != section.pk]
        with transaction.atomic():
            moved = move_facts(facts=facts, section=section, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            for fact in elsewhere:
                self.log_change(request, fact, _("Moved to %s.") % section)
        done = ngettext("%(count)d fact moved to %(section)s.", "%(count)d facts moved to %(section)s.", moved)
        self.message_user(request, done % {"count": moved, "section": section}, messages.SUCCESS)
