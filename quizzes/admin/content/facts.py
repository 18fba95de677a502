"""Facts in the admin, with the questions that are made from each."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.admin.content.overlaps import MembershipInline, OverlapInline
from quizzes.admin.content.retiring import RetiringAdmin
from quizzes.forms.content.facts import FactForm
from quizzes.models import Card, Fact
from quizzes.selectors.content.facts import AskedCard, asked_cards
from quizzes.services.content.facts import give_code

SHOWN_LETTERS = 80


@admin.register(Fact)
class FactAdmin(RetiringAdmin):
    """Facts of all decks, in teaching order."""

    form = FactForm
    inlines = (OverlapInline, MembershipInline)
    list_display = ("term", "place", "says", "n_cards", "state")
    ordering = ("deck", "section__position", "position", "id")
    list_filter = ("deck", "section", "status", "check_status")
    list_select_related = ("section",)
    search_fields = ("term", "short_label", "purpose", "condition", "code")
    readonly_fields = ("code", "questions")
    fieldsets = (
        (None, {"fields": ("code", "section", "position", "status", "term", "short_label", "noun")}),
        (gettext_lazy("What is asked"), {"fields": ("purpose", "condition", "examples", "tags", "questions")}),
        (gettext_lazy("Typed answers"), {"fields": ("aliases", "never_accept")}),
        (gettext_lazy("Feedback"), {"fields": ("explanation", "locator", "caution", "caution_source")}),
        (gettext_lazy("Checking"), {"fields": ("check_status", "checker", "checked_on", "recheck_on")}),
        (None, {"fields": ("change",)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Fact | None = None) -> Any:  # noqa: ANN401
        """A fact that is still to be made has no code, no questions and no change."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(name, _without_later(options)) for name, options in fieldsets[:-1]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Facts with the number of their cards."""
        return super().get_queryset(request).annotate(
            asked=Count("cards", filter=Q(cards__status=Card.Status.ACTIVE)),
            refused=Count("cards", filter=Q(cards__status=Card.Status.REFUSED)),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("code"), ordering="code")
    def place(self, fact: Fact) -> str:
        moved = fact.code.rpartition("/")[0] != fact.section.slug
        return _("%(code)s, now in %(section)s") % {"code": fact.code, "section": fact.section} if moved else fact.code

    @admin.display(description=gettext_lazy("purpose or condition"))
    def says(self, fact: Fact) -> str:
        return Truncator(fact.purpose or fact.condition).chars(SHOWN_LETTERS)

    @admin.display(description=gettext_lazy("cards"), ordering="asked")
    def n_cards(self, fact: Fact) -> str:
        asked, refused = fact.asked, fact.refused  # type: ignore[attr-defined]
        return _("%(asked)d, %(refused)d refused") % {"asked": asked, "refused": refused} if refused else str(asked)

    @admin.display(description=gettext_lazy("state"), ordering="check_status")
    def state(self, fact: Fact) -> str:
        return fact.get_check_status_display() if fact.status == Fact.Status.ACTIVE else fact.get_status_display()

    @admin.display(description=gettext_lazy("questions"))
    def questions(self, fact: Fact) -> str:
        cards = asked_cards(fact) if fact.pk else []
        if not cards:
            return _("None yet: they are made when the fact is saved, while it is active.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_question(card),) for card in cards)))

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


def _without_later(options: Any) -> Any:  # noqa: ANN401
    return {**options, "fields": tuple(name for name in options["fields"] if name not in {"code", "questions"})}


def _note_check(request: HttpRequest, fact: Fact, form: Any) -> None:  # noqa: ANN401
    checked = fact.check_status != Fact.CheckStatus.UNCHECKED
    fact.checker = request.user if checked else None  # type: ignore[assignment]
    if "checked_on" not in form.changed_data:
        fact.checked_on = timezone.localdate() if checked else None
    form.changed_data += ["checker", "checked_on"]


def _question(card: AskedCard) -> SafeString:
    refusals = [
        (label, reason)
        for label, reason in (
            (_("Not with answer choices:"), card.choice_refusal),
            (_("Not without answer choices:"), card.recall_refusal),
        )
        if reason
    ]
    return format_html("{}{}", card.question, format_html_join("", "<br>{} {}", refusals))
