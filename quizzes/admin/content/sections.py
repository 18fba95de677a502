"""Sections in the admin, with the wording of their questions."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from quizzes.admin.content.leading import LeadingAdmin
from quizzes.admin.content.previewing import PreviewAdmin, with_errors
from quizzes.admin.content.synced import SyncedAdmin
from quizzes.core.specs import Direction
from quizzes.forms.content.previewed import section_typed
from quizzes.forms.content.sections import PLACEHOLDER_HELP, SectionForm
from quizzes.models import Card, Fact, Section
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.content.outline import Step, section_line, section_step
from quizzes.selectors.content.section_preview import preview_section
from quizzes.selectors.content.words import DIRECTION_LABELS

ABOUT_QUESTIONS = _(
    "Write the question of each direction once; every fact of the section fills it in. What is left empty is not asked."
)
NO_NOTES: dict[str, tuple[Any, ...]] = {direction.value: () for direction in Direction}


@admin.register(Section)
class SectionAdmin(LeadingAdmin, PreviewAdmin, SyncedAdmin):
    """Sections of all decks, in teaching order."""

    stays = True
    form = SectionForm
    change_form_template = "admin/quizzes/section/change_form.html"
    preview_template = "admin/quizzes/section/_preview.html"
    list_display = ("noun_plural", "deck", "position", "n_facts", "n_refused", "questions")
    ordering = ("deck", "position", "slug")
    list_filter = ("deck",)
    list_select_related = ("deck",)
    search_fields = ("noun", "noun_plural", "slug")
    fieldsets = (
        (None, {"fields": ("deck", "noun", "noun_plural", "slug", "position")}),
        (_("Questions"), {"fields": (*Direction, "put_back"), "description": ABOUT_QUESTIONS}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        """Sections with the number of their facts."""
        refused = Q(facts__cards__status=Card.Status.REFUSED)
        return super().get_queryset(request).annotate(
            active_facts=Count("facts", filter=Q(facts__status=Fact.Status.ACTIVE), distinct=True),
            refused_cards=Count("facts__cards", filter=refused, distinct=True),
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> tuple[str, ...]:
        """Codes of facts begin with the slug, so it is chosen once; a section stays in its deck."""
        return ("deck", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Section | None = None) -> dict[str, Any]:
        """Only a new section has its slug made from its noun."""
        return {} if obj else {"slug": ("noun_plural",)}

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        """An empty section can go."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.facts.exists())

    def step_after(self, obj: Section) -> Step | None:
        """To its own questions and facts, whatever else the deck needs."""
        return section_step(obj) or super().step_after(obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """With the way to its facts and back to its deck."""
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            deck_url = reverse("admin:quizzes_deck_change", args=[obj.deck_id])
            context |= {"line": section_line(obj), "deck_url": deck_url}
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_of(self, form: Any, formsets: Any) -> dict[str, Any]:  # noqa: ANN401
        """The questions of real facts in the wording as it is typed."""
        notes = {"notes": with_errors(NO_NOTES, form), "placeholders": PLACEHOLDER_HELP}
        section: Section = form.instance
        if not section.pk:
            return {"preview": None, **notes}
        spec = section_typed(form, section.slug)
        return {"preview": preview_section(deck_content(section.deck).bank.deck, spec), **notes}

    def preview_of_saved(self, obj: Section | None) -> dict[str, Any]:
        """The questions of real facts as they are."""
        notes = {"notes": NO_NOTES, "placeholders": PLACEHOLDER_HELP}
        if obj is None:
            return {"preview": None, **notes}
        deck = deck_content(obj.deck).bank.deck
        spec = next(section for section in deck.sections if section.slug == obj.slug)
        return {"preview": preview_section(deck, spec), **notes}

    @admin.display(description=_("facts"), ordering="active_facts")
    def n_facts(self, section: Section) -> SafeString:
        address = reverse("admin:quizzes_fact_changelist")
        query = f"deck__id__exact={section.deck_id}&section__id__exact={section.pk}"
        return format_html('<a href="{}?{}">{}</a>', address, query, section.active_facts)  # type: ignore[attr-defined]

    @admin.display(description=_("cards refused"), ordering="refused_cards", empty_value="")
    def n_refused(self, section: Section) -> int | None:
        return section.refused_cards or None  # type: ignore[attr-defined]

    @admin.display(description=_("questions"))
    def questions(self, section: Section) -> str:
        return ", ".join(str(label) for direction, label in DIRECTION_LABELS.items() if section.wording.get(direction))
