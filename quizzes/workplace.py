"""The admin's site: its index is a workplace that says what is to do, and how far the decks are."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import Fact
from quizzes.selectors.teaching.workplace import read_workplace


class Choices(AutocompleteJsonView):
    """What is found while somebody types; two facts may have one term, so each stands with its code."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Its key, and the text to choose it by."""
        found: dict[str, str] = super().serialize_result(obj, to_field_name)  # type: ignore[misc]
        return {**found, "text": f"{obj} ({obj.code})"} if isinstance(obj, Fact) else found


class Workplace(AdminSite):
    """The admin with a first page of our own; the lists are a row of links on top of each page."""

    enable_nav_sidebar = False
    index_title = _("Your workplace")

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:  # noqa: ANN401
        """For those who edit: open reports, facts due for recheck, decks with their progress."""
        context = dict(extra_context or {})
        if request.user.has_perm("quizzes.change_deck"):
            context["workplace"] = read_workplace(today=timezone.localdate())
        return super().index(request, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Found by typing."""
        return Choices.as_view(admin_site=self)(request)  # type: ignore[return-value]
