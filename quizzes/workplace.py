"""The admin's site: its index is a workplace that says what is to do, and how far the decks are."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin, action
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
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


@action(permissions=["delete"], description=_("Delete the chosen %(verbose_name_plural)s …"))
def delete_chosen(admin: ModelAdmin, request: HttpRequest, queryset: QuerySet) -> TemplateResponse | None:
    """Ask first, then delete; in the words of this site."""
    response = delete_selected(admin, request, queryset)
    about = response.context_data if isinstance(response, TemplateResponse) else None
    if about and not (about["protected"] or about["perms_lacking"]):
        about["title"] = _("Delete %(count)d %(what)s?") % {"count": len(queryset), "what": about["objects_name"]}
    return response


class Workplace(AdminSite):
    """The admin with a first page of our own; the lists are a row of links on top of each page."""

    enable_nav_sidebar = False
    index_title = _("Your workplace")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._actions["delete_selected"] = self._global_actions["delete_selected"] = delete_chosen

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:  # noqa: ANN401
        """For those who edit: open reports, facts due for recheck, decks with their progress."""
        context = dict(extra_context or {})
        if request.user.has_perm("quizzes.change_deck"):
            context["workplace"] = read_workplace(today=timezone.localdate())
        return super().index(request, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Found by typing."""
        return Choices.as_view(admin_site=self)(request)  # type: ignore[return-value]
