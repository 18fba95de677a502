"""Facts in the admin, with a preview of the questions that are made from each."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.admin.content.bulk import BulkAdmin
from quizzes.admin.content.filters import (
    DECK,
    CautionFilter,
    QuestionsFilter,
    RecheckFilter,
    SectionFilter,
    row_number,
)
from quizzes.admin.content.leading import ELSEWHERE, LeadingAdmin
from quizzes.admin.content.overlaps import MembershipInline, OfferedInline, OverlapInline
from quizzes.admin.content.previewing import PreviewAdmin, with_errors
from quizzes.admin.content.retiring import RetiringAdmin
from quizzes.admin.content.versions import VersionsAdmin
from quizzes.core.specs import FactSpec
from quizzes.forms.content.facts import FactForm, LearnedFactForm
from quizzes.forms.content.previewed import fact_typed, verdicts_typed
from quizzes.models import Card, Deck, Fact, ProblemReport
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.content.facts import learners
from quizzes.selectors.content.outline import Step, section_step
from quizzes.selectors.content.preview import NOTED_FIELDS, Verdicts, preview_fact
from quizzes.selectors.content.reviewing import at_work, review_decks, warning_counts
from quizzes.selectors.teaching.editor_figures import fact_figures
from quizzes.services.content.facts import give_code

SHOWN_LETTERS = 80
NO_NOTES: dict[str, tuple[Any, ...]] = dict.fromkeys(NOTED_FIELDS, ())
CHANGE_FIELDSET = (None, {"fields": ("change",), "classes": ("kind-of-change",)})


class WarnedList(ChangeList):
    """A page of facts, each with how many warnings it has."""

    def get_results(self, request: HttpRequest) -> None:
        """Count them for the facts on the page alone."""
        super().get_results(request)
        facts: Any = list(self.result_list)
        counts = warning_counts(facts)
        for fact in facts:
            fact.warned = counts.get(fact.pk)
        self.result_list = facts


@admin.register(Fact)
class FactAdmin(LeadingAdmin, VersionsAdmin, PreviewAdmin, BulkAdmin, RetiringAdmin):
    """Facts of all decks, in teaching order."""

    form = FactForm
    inlines = (OverlapInline, MembershipInline, OfferedInline)
    change_form_template = "admin/quizzes/fact/change_form.html"
    change_list_template = "admin/quizzes/reviewed_list.html"
    preview_template = "admin/quizzes/fact/_preview.html"
    list_display = ("term", "place", "says", "n_cards", "warnings", "reports", "state", "recheck_on")
    ordering = ("deck", "section__position", "position", "id")
    list_filter = ("deck", SectionFilter, "status", "check_status", QuestionsFilter, RecheckFilter, CautionFilter)
    list_select_related = ("section", "deck")
    list_per_page = 100
    search_fields = ("term", "short_label", "purpose", "condition", "code", "aliases", "examples")
    actions = ("mark_checked", "move", "retire", "bring_back", "delete_selected")
    readonly_fields = ("code",)
    fieldsets = (
        (gettext_lazy("The fact"), {"fields": ("section", "term", "short_label", "noun")}),
        (gettext_lazy("What is asked"), {"fields": ("purpose", "condition", "examples")}),
        (gettext_lazy("Typed answers"), {"fields": ("aliases", "never_accept")}),
        (gettext_lazy("After the answer"), {"fields": ("explanation", "locator", "caution", "caution_source")}),
        (gettext_lazy("Checking"), {"fields": (("check_status", "checker"), ("checked_on", "recheck_on"))}),
        (gettext_lazy("Place and state"), {"fields": ("code", ("position", "status"), "tags")}),
    )

    def get_inlines(self, request: HttpRequest, obj: Fact | None) -> Any:  # noqa: ANN401
        """Verdicts are about facts of the same deck, which a fact has from its first save on."""
        return super().get_inlines(request, obj) if obj else ()

    def step_after(self, obj: Fact) -> Step | None:
        """One more for its own section while that has few, then what else the deck needs."""
        return section_step(obj.section) or super().step_after(obj)

    def response_change(self, request: HttpRequest, obj: Fact) -> HttpResponse:
        """Back to the report that led here, which still wants its reply."""
        answer = super().response_change(request, obj)
        report = ProblemReport.objects.filter(pk=row_number(request.GET.get("report", "")) or 0, card__fact=obj).first()
        if report is None or any(name in request.POST for name in ELSEWHERE):
            return answer
        messages.info(request, _("Now tell who reported it: close the report with a few words."))
        return HttpResponseRedirect(reverse("admin:quizzes_problemreport_change", args=[report.pk]))

    def get_fieldsets(self, request: HttpRequest, obj: Fact | None = None) -> Any:  # noqa: ANN401
        """A fact that is still to be made has no code; only what somebody has learned asks for the kind of change."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None:
            return [(name, _without_code(options)) for name, options in fieldsets]
        return [*fieldsets, CHANGE_FIELDSET] if self._learned(request, obj) else fieldsets

    def get_form(self, request: HttpRequest, obj: Fact | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: ANN401
        """With the choice between wording and meaning where it matters to somebody."""
        learned = self._learned(request, obj) if obj else 0
        form: Any = super().get_form(request, obj, change, form=LearnedFactForm if learned else FactForm, **kwargs)
        form.learned = learned
        return form

    def _learned(self, request: HttpRequest, fact: Fact) -> int:
        """How many people have learned the fact; counted once a request."""
        known: dict[int, int] = request.__dict__.setdefault("_learners", {})
        if fact.pk not in known:
            known[fact.pk] = learners(fact)
        return known[fact.pk]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Facts with the number of their cards and open reports."""
        reports = ProblemReport.objects.filter(card__fact=OuterRef("pk"), status=ProblemReport.Status.OPEN)
        counted = reports.order_by().values("card__fact").annotate(n=Count("pk")).values("n")
        return super().get_queryset(request).annotate(
            asked=Count("cards", filter=Q(cards__status=Card.Status.ACTIVE)),
            refused=Count("cards", filter=Q(cards__status=Card.Status.REFUSED)),
            pending=Count("cards", filter=Q(cards__status=Card.Status.PENDING)),
            open_reports=Coalesce(Subquery(counted), 0),
        )  # fmt: skip

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Fact], search_term: str) -> Any:  # noqa: ANN401
        """Who judges a pair searches in the fact's own deck, and finds first what is called so."""
        deck = row_number(request.GET.get("deck", ""))
        if deck is not None:
            queryset = queryset.filter(deck=deck)
        found, doubled = super().get_search_results(request, queryset, search_term)
        if "field_name" in request.GET and search_term:
            called_so = Q(term__icontains=search_term) | Q(code__iexact=search_term)
            found = found.annotate(elsewhere=~called_so).order_by("elsewhere", *self.ordering)
        return found, doubled

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """With the state of the decks that the list is about."""
        chosen = row_number(request.GET.get(DECK, ""))
        decks = Deck.objects.all() if chosen is None else Deck.objects.filter(pk=chosen)
        reviews = review_decks(decks, today=timezone.localdate())
        context = {"title": _("Facts"), "reviews": reviews, "at_work": at_work(reviews), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ANN401
        """Rows with the number of their warnings, which no query can count."""
        return WarnedList

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """With how students answer the questions of the fact."""
        fact = kwargs.get("obj")
        context["answered"] = fact_figures(fact) if fact else None
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_of(self, form: Any, formsets: Any) -> dict[str, Any]:  # noqa: ANN401
        """The questions of the fact as it is typed."""
        fact = fact_typed(form)
        if fact is None:
            return {"preview": None, "notes": with_errors(NO_NOTES, form)}
        deck = (form.cleaned_data.get("section") or form.instance.section).deck
        made = self._preview(deck, fact, verdicts_typed(formsets, fact.code))
        return {**made, "notes": with_errors(made["notes"], form)}

    def preview_of_saved(self, obj: Fact | None) -> dict[str, Any]:
        """The questions of the fact as it is."""
        deck = deck_content(obj.deck).bank.deck if obj else None
        fact = next((one for one in deck.facts if one.code == obj.code), None) if deck and obj else None
        if deck is None or obj is None or fact is None:
            return {"preview": None, "notes": NO_NOTES, "retired": obj is not None}
        verdicts = {pair: verdict for pair, verdict in deck.overlaps.items() if fact.code in pair[:2]}
        return self._preview(obj.deck, fact, verdicts)

    def _preview(self, deck: Deck, fact: FactSpec, verdicts: Verdicts) -> dict[str, Any]:
        preview = preview_fact(deck_content(deck).bank, fact, verdicts)
        return {"preview": preview, "notes": preview.notes}

    @admin.display(description=gettext_lazy("code"), ordering="code")
    def place(self, fact: Fact) -> str:
        moved = fact.code.rpartition("/")[0] != fact.section.slug
        return _("%(code)s, now in %(section)s") % {"code": fact.code, "section": fact.section} if moved else fact.code

    @admin.display(description=gettext_lazy("purpose or condition"), ordering="purpose")
    def says(self, fact: Fact) -> str:
        return Truncator(fact.purpose or fact.condition).chars(SHOWN_LETTERS)

    @admin.display(description=gettext_lazy("cards"), ordering="asked")
    def n_cards(self, fact: Fact) -> str:
        asked, refused, pending = fact.asked, fact.refused, fact.pending  # type: ignore[attr-defined]
        told = _("%(asked)d, %(refused)d refused") % {"asked": asked, "refused": refused} if refused else str(asked)
        return _("%(told)s, %(pending)d being worked out") % {"told": told, "pending": pending} if pending else told

    @admin.display(description=gettext_lazy("warnings"), empty_value="")
    def warnings(self, fact: Fact) -> int | None:
        return fact.warned  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("reports"), ordering="open_reports", empty_value="")
    def reports(self, fact: Fact) -> SafeString | None:
        count = fact.open_reports  # type: ignore[attr-defined]
        if not count:
            return None
        address = reverse("admin:quizzes_problemreport_changelist")
        words = ngettext("%d open", "%d open", count) % count
        return format_html('<a href="{}?status__exact=open&amp;fact={}">{}</a>', address, fact.pk, words)

    @admin.display(description=gettext_lazy("state"), ordering="check_status")
    def state(self, fact: Fact) -> str:
        return fact.get_check_status_display() if fact.status == Fact.Status.ACTIVE else fact.get_status_display()

    def save_model(self, request: HttpRequest, obj: Fact, form: Any, change: bool) -> None:  # noqa: ANN401
        """A new fact gets its code and the deck of its section; whoever checks is noted."""
        if {"check_status", "checker"}.intersection(form.changed_data) == {"check_status"}:
            _note_check(request, obj, form)
        if change:
            self.save_changed(obj, form)
            return
        obj.deck = obj.section.deck
        obj.code = give_code(section=obj.section)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: ANN401
        """Who judged an overlap, and when."""
        judged = formset.save(commit=False)
        for overlap in formset.deleted_objects:
            overlap.delete()
        for overlap in judged:
            overlap.judged_by, overlap.judged_at = request.user, timezone.now()
            overlap.save()


def _without_code(options: Any) -> Any:  # noqa: ANN401
    return {**options, "fields": tuple(name for name in options["fields"] if name != "code")}


def _note_check(request: HttpRequest, fact: Fact, form: Any) -> None:  # noqa: ANN401
    checked = fact.check_status != Fact.CheckStatus.UNCHECKED
    fact.checker = request.user if checked else None  # type: ignore[assignment]
    if "checked_on" not in form.changed_data:
        fact.checked_on = timezone.localdate() if checked else None
    form.changed_data += ["checker", "checked_on"]
