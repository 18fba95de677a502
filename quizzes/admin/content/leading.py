"""Pages that say what to do next: after each save, and where a row that is new goes on."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from quizzes.models import Deck
from quizzes.selectors.content.outline import Step, next_step

ELSEWHERE = ("_continue", "_addanother", "_popup", "_saveasnew")


class LeadingAdmin(admin.ModelAdmin):
    """A page of a deck or of its parts. `stays` keeps who saves a new row on its own page, where it goes on."""

    stays = False

    def deck_of(self, obj: Any) -> Deck:  # noqa: ANN401
        """The deck that the row belongs to."""
        deck: Deck = obj.deck
        return deck

    def step_after(self, obj: Any) -> Step | None:  # noqa: ANN401
        """What to do after the row was added."""
        return next_step(self.deck_of(obj))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:  # noqa: ANN401
        """With the next step."""
        answer = super().response_add(request, obj, post_url_continue)
        if "_popup" in request.POST:
            return answer
        self._tell_step(request, self.step_after(obj))
        if self.stays and not any(name in request.POST for name in ELSEWHERE):
            return HttpResponseRedirect(reverse(f"admin:quizzes_{self.opts.model_name}_change", args=[obj.pk]))
        return answer

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:  # noqa: ANN401
        """With the next step while the deck is a draft."""
        answer = super().response_change(request, obj)
        deck = Deck.objects.get(pk=self.deck_of(obj).pk)
        if "_popup" not in request.POST and deck.status == Deck.Status.DRAFT:
            self._tell_step(request, next_step(deck))
        return answer

    def _tell_step(self, request: HttpRequest, step: Step | None) -> None:
        if step:
            words = format_html('{} {} <a href="{}">{}</a>', step.words, _("Next:"), step.url, step.label)
            self.message_user(request, words, messages.INFO)
