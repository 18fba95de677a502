"""Problem reports as a queue: the question as shown, the fact as it is, and a reply to whoever reported it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.admin.content.filters import row_number
from quizzes.admin.people.light import LightAdmin
from quizzes.models import ProblemReport
from quizzes.selectors.teaching.reports import report_page
from quizzes.services.teaching.reports import handle_report

SHOWN_LETTERS = 60


class ReportForm(forms.ModelForm):
    """What an editor does about a report."""

    status = forms.ChoiceField(
        label=gettext_lazy("The report is"), choices=ProblemReport.Status.choices, widget=forms.RadioSelect
    )
    reply = forms.CharField(
        label=gettext_lazy("Reply"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Whoever reported it reads it: what was done, or why nothing needs to be."),
    )
    alike = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Close these too, with the same reply"),
        queryset=ProblemReport.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ProblemReport
        fields = ("status", "reply")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        alike: Any = self.fields["alike"]
        alike.queryset = _open_alike(self.instance)
        alike.label_from_instance = _label

    def clean(self) -> dict[str, Any]:
        """A report is closed with a word to whoever reported it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("status") != ProblemReport.Status.OPEN and not (data.get("reply") or "").strip():
            self.add_error("reply", _("Say in a few words what was done, or why nothing needs to be."))
        return data


def _open_alike(report: ProblemReport) -> QuerySet[ProblemReport]:
    """The other open reports of the same fact, the oldest first."""
    rows = ProblemReport.objects.filter(card__fact=report.card.fact_id, status=ProblemReport.Status.OPEN)
    return rows.exclude(pk=report.pk).select_related("card").order_by("created_at", "pk")


def _label(report: ProblemReport) -> str:
    said = f": {Truncator(report.message).chars(SHOWN_LETTERS)}" if report.message else ""
    return f"{report.get_kind_display()}{said} ({report.card.key})"


class FactFilter(admin.SimpleListFilter):
    """Reports of one fact: reached from the list of facts."""

    title = gettext_lazy("fact")
    parameter_name = "fact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Only the one chosen; there are too many to list."""
        fact = row_number(request.GET.get("fact", ""))
        row = None if fact is None else ProblemReport.objects.filter(card__fact=fact).first()
        return [(str(fact), str(row.card.fact))] if row else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> QuerySet[ProblemReport]:
        """Reports on any card of the fact."""
        fact = row_number(self.value() or "")
        return queryset if fact is None else queryset.filter(card__fact=fact)


@admin.register(ProblemReport)
class ReportAdmin(LightAdmin):
    """Open reports first, the oldest of them on top."""

    form = ReportForm
    change_form_template = "admin/quizzes/problemreport/change_form.html"
    list_display = ("fact", "kind", "said", "deck", "way", "reporter", "created_at", "status", "handled_by")
    list_display_links = ("fact",)
    list_filter = ("status", "kind", "card__deck", FactFilter)
    search_fields = ("message", "reply", "card__key", "card__fact__term", "reporter__username")
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProblemReport]:
        """With what the page of one shows."""
        shown = ("card__fact__section", "card__deck", "reporter", "handled_by")
        return super().get_queryset(request).select_related(*shown)

    def get_fields(self, request: HttpRequest, obj: ProblemReport | None = None) -> tuple[str, ...]:
        """Others can be closed with it where there are any."""
        return ("status", "reply", "alike") if obj and _open_alike(obj).exists() else ("status", "reply")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Open ones by age, then those handled."""
        first = When(status=ProblemReport.Status.OPEN, then=Value(0))
        rank = Case(first, default=Value(1), output_field=IntegerField())
        return [rank.asc(), "created_at", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Students and instructors report from the question itself."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ProblemReport | None = None) -> bool:
        """What was reported stays."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """The queue under its own name."""
        return super().changelist_view(request, {"title": _("Problem reports"), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:  # noqa: ANN401
        """The form beside all that is needed to decide."""
        report = self.get_object(request, object_id)
        may_see = report is not None and self.has_view_permission(request, report)
        page = report_page(report, request.user) if report and may_see else None  # type: ignore[arg-type]
        context = {"page": page, "title": _("Problem report"), "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: ProblemReport, form: Any, change: bool) -> None:  # noqa: ANN401
        """The service writes who handled it and when, of each report closed with it."""
        with transaction.atomic():
            for report in [obj, *form.cleaned_data["alike"]]:
                kept = handle_report(
                    report=report,
                    by=request.user,  # type: ignore[arg-type]
                    status=form.cleaned_data["status"],
                    reply=form.cleaned_data["reply"],
                    now=timezone.now(),
                )
                if report is not obj:
                    self.log_change(request, kept, _("Handled with a report like it."))

    def response_change(self, request: HttpRequest, obj: ProblemReport) -> HttpResponse:
        """On to the list, which says what is left."""
        left = ProblemReport.objects.filter(status=ProblemReport.Status.OPEN).count()
        words = ngettext("%d report is still open.", "%d reports are still open.", left) % left
        self.message_user(request, words if left else _("No report is open any more."), messages.INFO)
        return super().response_change(request, obj)

    @admin.display(description=gettext_lazy("fact"), ordering="card__fact__term")
    def fact(self, report: ProblemReport) -> str:
        return str(report.card.fact)

    @admin.display(description=gettext_lazy("question"), ordering="card__key")
    def way(self, report: ProblemReport) -> str:
        return report.card.get_direction_display()

    @admin.display(description=gettext_lazy("deck"), ordering="card__deck__title")
    def deck(self, report: ProblemReport) -> str:
        return str(report.card.deck)

    @admin.display(description=gettext_lazy("what they say"))
    def said(self, report: ProblemReport) -> str:
        return Truncator(report.message).chars(SHOWN_LETTERS)
