"""What a fact said over time, and how it comes to say it again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.forms.content.facts import ChangeField
from quizzes.models import Fact, FactVersion
from quizzes.selectors.content.facts import learners
from quizzes.selectors.content.versions import changes_to, fact_versions
from quizzes.services.content.facts import restore_version


class RestoreForm(forms.Form):
    """Confirms a restoration; of what somebody has learned it asks what kind of change it is."""

    def __init__(self, learned: int, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if learned:
            self.fields["change"] = ChangeField(learned)


class VersionsAdmin(admin.ModelAdmin):
    """Facts whose history shows what they said."""

    object_history_template = "admin/quizzes/fact/history.html"

    def get_urls(self) -> list[URLPattern]:
        """With the page that restores a version."""
        view = self.admin_site.admin_view(self.restore_view)
        return [
            path("<path:object_id>/versions/<int:number>/restore/", view, name="quizzes_fact_restore"),
            *super().get_urls(),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """What means something else now comes back to whoever has learned it: says to how many."""
        super().save_related(request, form, formsets, change)
        if change and form.says_otherwise():
            self.tell_who_sees_it_again(request, form.cleaned_data.get("change"), form.learned)

    def tell_who_sees_it_again(self, request: HttpRequest, change: str | None, learned: int) -> None:
        """After a change of meaning; nothing after one of wording."""
        if change == FactVersion.Change.MEANING and learned:
            words = ngettext(
                "%d student who has learned the fact will see it again the next time they study.",
                "%d students who have learned the fact will see it again the next time they study.",
                learned,
            )
            self.message_user(request, words % learned, messages.INFO)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:  # noqa: ANN401
        """Which fields were changed; the kind of the change stands with the version."""
        form.changed_data = [name for name in form.changed_data if name != "change"]
        return super().construct_change_message(request, form, formsets, add)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """All versions, and below them everything else that was done to the fact."""
        fact = self.get_object(request, unquote(object_id))
        context = {
            "versions": fact_versions(fact) if fact else [],
            "fact": fact,
            "may_restore": fact is not None and self.has_change_permission(request, fact),
            **(extra_context or {}),
        }
        return super().history_view(request, object_id, context)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """What a restoration would change, and the restoration."""
        fact = self.get_object(request, unquote(object_id))
        if fact is None:
            raise Http404
        if not self.has_change_permission(request, fact):
            raise PermissionDenied
        version = get_object_or_404(FactVersion, fact=fact, number=number)
        form = RestoreForm(learners(fact), request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._restore(request, fact, version, form.cleaned_data.get("change"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore version %d") % number,
            "subtitle": str(fact),
            "opts": self.opts,
            "fact": fact,
            "version": version,
            "changes": changes_to(fact, version),
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/quizzes/fact/restore.html", context)

    def _restore(self, request: HttpRequest, fact: Fact, version: FactVersion, change: str | None) -> HttpResponse:
        restored = restore_version(
            fact=fact,
            number=version.number,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            change=change or FactVersion.Change.WORDING,
        )
        if restored:
            fact.refresh_from_db()
            told = _("“%(fact)s” says again what it said in version %(number)d: this is version %(new)d.")
            values = {"fact": fact, "number": version.number, "new": fact.version}
            self.log_change(request, fact, _("Restored version %d.") % version.number)
            self.message_user(request, told % values, messages.SUCCESS)
            self.tell_who_sees_it_again(request, change, learners(fact))
        else:
            self.message_user(request, _("The fact says that already: nothing was changed."), messages.INFO)
        return HttpResponseRedirect(reverse("admin:quizzes_fact_history", args=[fact.pk]))
