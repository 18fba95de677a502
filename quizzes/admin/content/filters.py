"""What the list of facts can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import Card, Deck, Fact, Section
from quizzes.selectors.content.reviewing import warned_facts

DECK = "deck__id__exact"
MOST_DIGITS = 18


def row_number(text: str) -> int | None:
    """The number of a row as an address writes it; None for what is none, or is larger than any row's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


class SectionFilter(admin.SimpleListFilter):
    """Sections of the deck chosen, or of all decks with the deck's name."""

    title = _("section")
    parameter_name = "section__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """In teaching order."""
        rows = Section.objects.select_related("deck").order_by("deck__title", "position", "slug")
        deck = row_number(request.GET.get(DECK, ""))
        if deck is not None:
            return [(str(row.pk), str(row)) for row in rows.filter(deck=deck)]
        return [(str(row.pk), f"{row.deck}: {row}") for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Facts of that section."""
        section = row_number(self.value() or "")
        return queryset if section is None else queryset.filter(section=section)


class QuestionsFilter(admin.SimpleListFilter):
    """How well a fact can be asked."""

    title = _("questions")
    parameter_name = "questions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """What there is to look at."""
        return [
            ("refused", _("with refused cards")),
            ("partly", _("not asked in every way")),
            ("warned", _("with warnings")),
            ("none", _("not asked at all")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Facts with such questions."""
        active = Q(cards__status=Card.Status.ACTIVE)
        match self.value():
            case "refused":
                return queryset.filter(_some(Q(status=Card.Status.REFUSED)))
            case "partly":
                refusal = ~Q(choice_refusal="") | (~Q(recall_refusal="") & ~Q(direction="membership"))
                return queryset.filter(_some(refusal & ~Q(status=Card.Status.RETIRED)))
            case "warned":
                return queryset.filter(pk__in=warned_facts(Deck.objects.all()))
            case "none":
                return queryset.filter(status=Fact.Status.ACTIVE).exclude(active)
        return queryset


def _some(cards: Q) -> Q:
    return Q(pk__in=Card.objects.filter(cards).values("fact"))


class RecheckFilter(admin.SimpleListFilter):
    """Whether somebody should look at it again."""

    title = _("recheck")
    parameter_name = "recheck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """Due or planned."""
        return [("due", _("due")), ("planned", _("planned for later"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Active facts by the day of their next check."""
        today = timezone.localdate()
        match self.value():
            case "due":
                return queryset.filter(recheck_on__lte=today, status=Fact.Status.ACTIVE)
            case "planned":
                return queryset.filter(recheck_on__gt=today)
        return queryset


class CautionFilter(admin.SimpleListFilter):
    """Whether it carries a caution."""

    title = _("caution")
    parameter_name = "caution"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """With or without."""
        return [("yes", _("with a caution")), ("no", _("without"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Facts with or without a caution note."""
        match self.value():
            case "yes":
                return queryset.exclude(caution="")
            case "no":
                return queryset.filter(caution="")
        return queryset
