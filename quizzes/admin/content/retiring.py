"""Deleting and retiring facts in the admin: what has been studied or shown stays, for memories hang on it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.admin.content.synced import SyncedAdmin
from quizzes.models import Fact
from quizzes.selectors.content.facts import used_facts
from quizzes.services.content.facts import remove_fact, remove_facts, set_status


class RetiringAdmin(SyncedAdmin):
    """Facts that are deleted only while nobody has studied them or been shown them."""

    actions: tuple[str, ...] = ("retire", "bring_back", "delete_selected")

    def get_deleted_objects(self, objs: Iterable[Fact], request: HttpRequest) -> Any:  # noqa: ANN401
        """Cards are no obstacle: the service retires what is used."""
        facts = list(objs)
        used = used_facts(facts)
        retired = _("%s (has been studied or shown to a student, so it is retired instead)")
        names = [retired % fact if fact.pk in used else str(fact) for fact in facts]
        return names, {_("facts"): len(facts)}, set(), []

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Fact]) -> Any:  # noqa: ANN401
        """The history of a fact that stays says that it was retired."""
        facts = list(queryset)
        used = used_facts(facts)
        self._log(request, [fact for fact in facts if fact.pk in used], _("Retired."))
        return super().log_deletions(request, [fact for fact in facts if fact.pk not in used])  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Fact) -> None:
        """Delete, or retire if somebody has studied it or been shown it."""
        remove_fact(fact=obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Say so where it was retired instead."""
        if not Fact.objects.filter(pk=obj_id).exists():
            return super().response_delete(request, obj_display, obj_id)
        retired = (
            _("“%s” has been studied or shown to a student, so it was retired: memories and history stay.")
            % obj_display
        )
        self.message_user(request, retired, messages.INFO)
        return HttpResponseRedirect(reverse("admin:quizzes_fact_changelist"))

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete, or retire what has been studied or shown"))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse | None:
        if not request.POST.get("post"):
            return delete_selected(self, request, queryset)
        with transaction.atomic():
            facts = list(queryset)
            self.log_deletions(request, facts)
            retired = remove_facts(facts=facts)
        done = _("Deleted: %(deleted)d. Retired, because they have been studied or shown: %(retired)d.")
        self.message_user(request, done % {"deleted": len(facts) - retired, "retired": retired}, messages.SUCCESS)
        return None

    @admin.action(permissions=["change"], description=gettext_lazy("Retire: no longer asked"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        self._set_status(request, queryset, Fact.Status.RETIRED, _("Retired."))

    @admin.action(permissions=["change"], description=gettext_lazy("Bring back: asked again"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        self._set_status(request, queryset, Fact.Status.ACTIVE, _("Brought back."))

    def _set_status(self, request: HttpRequest, queryset: QuerySet[Fact], status: str, note: str) -> None:
        with transaction.atomic():
            facts = list(queryset)
            set_status(facts=facts, status=status)
            self._log(request, facts, note)
        done = ngettext("%d fact changed.", "%d facts changed.", len(facts)) % len(facts)
        self.message_user(request, done, messages.SUCCESS)

    def _log(self, request: HttpRequest, facts: Iterable[Fact], note: str) -> None:
        for fact in facts:
            self.log_change(request, fact, note)
