"""The admin's site: its index is a workplace that says what is to do, and how far the decks are."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.selectors.teaching.workplace import read_workplace


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
