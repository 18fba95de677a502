"""Sections in the admin, with the wording of their questions."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from quizzes.admin.content.synced import SyncedAdmin
from quizzes.core.specs import Direction
from quizzes.forms.content.fields import DIRECTION_LABELS
from quizzes.forms.content.sections import PLACEHOLDERS, SectionForm
from quizzes.models import Fact, Section

ABOUT_QUESTIONS = format_lazy(
    "{} {}",
    _("What is left empty is not asked in this section. The words in braces are filled in from each fact:"),
    " ".join(f"{{{name}}}" for name in PLACEHOLDERS),
)


@admin.register(Section)
class SectionAdmin(SyncedAdmin):
    """Sections of all decks, in teaching order."""

    form = SectionForm
    list_display = ("noun_plural", "deck", "position", "n_facts", "questions")
    ordering = ("deck", "position", "slug")
    list_filter = ("deck",)
    list_select_related = ("deck",)
    search_fields = ("noun", "noun_plural", "slug")
    fieldsets = (
        (None, {"fields": ("deck", "slug", "position", "noun", "noun_plural")}),
        (_("Questions"), {"fields": tuple(Direction), "description": ABOUT_QUESTIONS}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        """Sections with the number of their facts."""
        active = Count("facts", filter=Q(facts__status=Fact.Status.ACTIVE))
        return super().get_queryset(request).annotate(active_facts=active)

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> tuple[str, ...]:
        """Codes of facts begin with the slug, so it is chosen once; a section stays in its deck."""
        return ("deck", "slug") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        """An empty section can go."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.facts.exists())

    @admin.display(description=_("facts"), ordering="active_facts")
    def n_facts(self, section: Section) -> int:
        return section.active_facts  # type: ignore[attr-defined]

    @admin.display(description=_("questions"))
    def questions(self, section: Section) -> str:
        return ", ".join(str(label) for direction, label in DIRECTION_LABELS.items() if section.wording.get(direction))
