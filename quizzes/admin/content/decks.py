"""Decks in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.admin.content.importing import ImportAdmin
from quizzes.admin.content.leading import LeadingAdmin
from quizzes.admin.content.pairs import PairsAdmin
from quizzes.admin.content.quality import QualityAdmin
from quizzes.admin.content.synced import ContentAdmin
from quizzes.models import Card, Deck, Fact, ProblemReport, Section
from quizzes.selectors.content.outline import deck_outline
from quizzes.selectors.content.reviewing import at_work, review_decks
from quizzes.selectors.content.work import work_left
from quizzes.services.content.cards import sync_cards

STATES = _(
    "A draft is seen by editors alone: they can study it to try it out. A published deck stands in every student's "
    "library. Back to draft, nothing of it is asked; memories wait until it is published again."
)


@admin.register(Deck)
class DeckAdmin(LeadingAdmin, PairsAdmin, QualityAdmin, ImportAdmin, ContentAdmin):
    """Decks with how many facts and cards they have."""

    stays = True
    change_form_template = "admin/quizzes/deck/change_form.html"
    change_list_template = "admin/quizzes/deck/change_list.html"
    list_display = (
        "title", "shown", "sections", "facts", "progress", "recheck", "active_cards", "refused_cards", "reports",
    )  # fmt: skip
    ordering = ("title", "slug")
    list_filter = ("status", "language")
    search_fields = ("title", "slug", "source")
    actions = ("publish", "unpublish", "delete_selected")
    fields = ("title", "slug", "language", "description", "source", "disclaimer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deck]:
        """Decks with their counts."""
        today = timezone.localdate()
        facts = Fact.objects.filter(status=Fact.Status.ACTIVE)
        return super().get_queryset(request).annotate(
            n_sections=_count(Section.objects.all(), "deck"),
            n_facts=_count(facts, "deck"),
            n_checked=_count(facts.filter(check_status=Fact.CheckStatus.CHECKED), "deck"),
            n_recheck=_count(facts.filter(recheck_on__lte=today), "deck"),
            n_active=_count(Card.objects.filter(status=Card.Status.ACTIVE), "deck"),
            n_refused=_count(Card.objects.filter(status=Card.Status.REFUSED), "deck"),
            n_reports=_count(ProblemReport.objects.filter(status=ProblemReport.Status.OPEN), "card__deck"),
        )  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """With the state of each deck on top."""
        reviews = review_decks(Deck.objects.all(), today=timezone.localdate())
        context = {"title": gettext("Decks"), "reviews": reviews, "at_work": at_work(reviews), "states": STATES}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """With the address that tells how far the worker has come."""
        view = self.admin_site.admin_view(self.work_left_view)
        return [path("<path:object_id>/work-left/", view, name="quizzes_deck_work_left"), *super().get_urls()]

    def work_left_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """How far the worker has come, as a fragment that asks again until all is done."""
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        deck = self.get_object(request, unquote(object_id))
        if deck is None:
            raise Http404
        if not self.has_view_permission(request, deck):
            raise PermissionDenied
        context = {"deck": deck, "work": work_left(deck)}
        return TemplateResponse(request, "admin/quizzes/_work_left.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """With the deck's outline, and with how far the worker has come."""
        deck = kwargs.get("obj")
        about = {"outline": deck_outline(deck), "work": work_left(deck)} if deck else {}
        return super().render_change_form(request, {**context, **about}, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Deck | None = None) -> tuple[str, ...]:
        """The slug is in every address of the deck, so it is chosen once; publishing has a page of its own."""
        return ("slug", "state") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Deck | None = None) -> dict[str, Any]:
        """Only a new deck has its slug made from the title."""
        return {} if obj else {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Deck | None = None) -> bool:
        """A deck with facts is kept: memories hang on its cards."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.facts.exists())

    def save_model(self, request: HttpRequest, obj: Deck, form: Any, change: bool) -> None:  # noqa: ANN401
        """The counters of codes and versions are not the form's to write."""
        if change:
            self.save_changed(obj, form)
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """Cards follow the deck's title and language, which the rules for questions use."""
        super().save_related(request, form, formsets, change)
        sync_cards(deck=form.instance)

    def get_fields(self, request: HttpRequest, obj: Deck | None = None) -> Any:  # noqa: ANN401
        """A new deck is a draft, so it has no state to tell."""
        return (*self.fields, "state") if obj else self.fields

    @admin.display(description=_("state"))
    def state(self, deck: Deck) -> SafeString:
        """Whether students see it, and where that is changed."""
        way = reverse("admin:quizzes_deck_quality", args=[deck.pk])
        published = deck.status == Deck.Status.PUBLISHED
        words = _("Look at its questions, or make it a draft again") if published else _("Publish it")
        shown = deck.get_status_display().capitalize()
        return format_html('{}. <a href="{}">{}</a><div class="help">{}</div>', shown, way, words, STATES)

    @admin.display(description=_("state"), ordering="status")
    def shown(self, deck: Deck) -> str:
        return deck.get_status_display()

    def deck_of(self, obj: Deck) -> Deck:
        """Itself."""
        return obj

    @admin.display(description=_("sections"), ordering="n_sections")
    def sections(self, deck: Deck) -> SafeString:
        address = reverse("admin:quizzes_section_changelist")
        return format_html('<a href="{}?deck__id__exact={}">{}</a>', address, deck.pk, deck.n_sections)  # type: ignore[attr-defined]

    @admin.display(description=_("facts"), ordering="n_facts")
    def facts(self, deck: Deck) -> SafeString:
        address = reverse("admin:quizzes_fact_changelist")
        return format_html('<a href="{}?deck__id__exact={}">{}</a>', address, deck.pk, deck.n_facts)  # type: ignore[attr-defined]

    @admin.display(description=_("checked"), ordering="n_checked")
    def progress(self, deck: Deck) -> str:
        values = {"checked": deck.n_checked, "facts": deck.n_facts}  # type: ignore[attr-defined]
        return gettext("%(checked)d of %(facts)d") % values

    @admin.display(description=_("recheck due"), ordering="n_recheck", empty_value="")
    def recheck(self, deck: Deck) -> int | None:
        return deck.n_recheck or None  # type: ignore[attr-defined]

    @admin.display(description=_("cards asked"), ordering="n_active")
    def active_cards(self, deck: Deck) -> int:
        return deck.n_active  # type: ignore[attr-defined]

    @admin.display(description=_("cards refused"), ordering="n_refused")
    def refused_cards(self, deck: Deck) -> int:
        return deck.n_refused  # type: ignore[attr-defined]

    @admin.display(description=_("open reports"), ordering="n_reports", empty_value="")
    def reports(self, deck: Deck) -> int | None:
        return deck.n_reports or None  # type: ignore[attr-defined]


def _count(rows: QuerySet[Any], deck: str) -> Coalesce:
    counted = rows.filter(**{deck: OuterRef("pk")}).order_by().values(deck).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
