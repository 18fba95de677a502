"""Questions that may be broken by how all students answer them: a queue that leads to their facts."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.admin.people.light import LightAdmin
from quizzes.core.card_flags import Weight
from quizzes.models import CardStatistics
from quizzes.selectors.teaching.editor_figures import BY_GRAVITY, cards_of_all, told
from quizzes.selectors.teaching.question_figures import figures_of
from quizzes.selectors.teaching.question_list import flag_tags

NEEDS = {
    "look": (Weight.LOOK, gettext_lazy("need a look")),
    "improve": (Weight.IMPROVE, gettext_lazy("could be better")),
    "watch": (Weight.WATCH, gettext_lazy("to be watched")),
}
FIRST_SHOWN, ALL = "look", "all"


class NeedFilter(admin.SimpleListFilter):
    """What the figures ask for; where nothing is chosen, what needs a look. The gravest come first."""

    title = gettext_lazy("what they need")
    parameter_name = "need"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        return [*((name, label) for name, (_weight, label) in NEEDS.items()), (ALL, gettext_lazy("all questions"))]

    def value(self) -> str:
        """What is chosen, or what is shown without."""
        return super().value() or FIRST_SHOWN

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Without Django's own “All”, which would be what is shown at first."""
        return islice(super().choices(changelist), 1, None)

    def queryset(self, request: HttpRequest, queryset: QuerySet[CardStatistics]) -> QuerySet[CardStatistics]:
        """Cards whose heaviest flag is of that weight."""
        chosen = NEEDS.get(self.value())
        return queryset.filter(weight=chosen[0]) if chosen else queryset


@admin.register(CardStatistics)
class StatisticsAdmin(LightAdmin):
    """To be read only: the worker makes the figures. Whoever may change facts may see them."""

    change_form_template = "admin/quizzes/cardstatistics/change_form.html"
    list_display = ("question", "needs", "first_answers", "at_first", "kept_later", "telling", "fact", "deck")
    list_display_links = ("question",)
    list_filter = (NeedFilter, "card__deck")
    search_fields = ("stem", "card__fact__term", "card__fact__code")
    list_per_page = 50
    actions = None
    fields = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("quizzes.change_fact"))

    def has_view_permission(self, request: HttpRequest, obj: CardStatistics | None = None) -> bool:
        return bool(request.user.has_perm("quizzes.change_fact"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CardStatistics | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CardStatistics | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CardStatistics]:
        """Over all students; a class's figures are its instructors'."""
        return cards_of_all()

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return list(BY_GRAVITY)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """The queue under its own name, and what else there is under another."""
        broken = request.GET.get(NeedFilter.parameter_name, FIRST_SHOWN) == FIRST_SHOWN
        title = _("Questions that may be broken") if broken else _("How questions are answered")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:  # noqa: ANN401
        """The figures, and the way to the fact."""
        row = self.get_object(request, object_id)
        figures = figures_of(row) if row and self.has_view_permission(request, row) else None
        context = {"row": row, "figures": figures, "title": _("How a question is answered")}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("question"), ordering="stem")
    def question(self, row: CardStatistics) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("what to look at"), ordering="weight")
    def needs(self, row: CardStatistics) -> SafeString:
        notes = ((" warning" if tone else "", words) for words, tone in flag_tags(row.flags))
        return format_html_join("", '<p class="note{}">{}</p>', notes)

    @admin.display(description=gettext_lazy("first answers"), ordering="n")
    def first_answers(self, row: CardStatistics) -> int:
        return row.n

    @admin.display(description=gettext_lazy("right at first"), ordering="facility")
    def at_first(self, row: CardStatistics) -> str:
        return told(row, "facility")

    @admin.display(description=gettext_lazy("right later"), ordering="later")
    def kept_later(self, row: CardStatistics) -> str:
        return told(row, "later")

    @admin.display(description=gettext_lazy("tells strong from weak"), ordering="discrimination")
    def telling(self, row: CardStatistics) -> str:
        return told(row, "discrimination")

    @admin.display(description=gettext_lazy("deck"), ordering="card__deck__title")
    def deck(self, row: CardStatistics) -> str:
        return str(row.card.deck)

    @admin.display(description=gettext_lazy("fact"), ordering="card__fact__term")
    def fact(self, row: CardStatistics) -> SafeString:
        address = reverse("admin:quizzes_fact_change", args=[row.card.fact_id])
        return format_html('<a href="{}">{}</a>', address, row.card.fact)
