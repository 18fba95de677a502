"""The pairs of a deck, one after the other: would the one be right where the other is asked?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from quizzes.admin.content.deck_pages import DeckPagesAdmin
from quizzes.core.specs import Direction, Verdict
from quizzes.models import Deck
from quizzes.selectors.content.pairs import (
    PairPage,
    find_pair,
    last_step,
    next_pair,
    pair_page,
    reach_of,
    steps_by_person,
    verdict_choices,
    verdicts_sent,
)
from quizzes.services.content.judging import JudgedSinceError, NothingToUndoError, Verdicts, judge_pair, undo_judgement


class PairsAdmin(DeckPagesAdmin):
    """A deck's queue of pairs to judge."""

    def get_urls(self) -> list[URLPattern]:
        """With the queue and its way back."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/pairs/", view(self.pairs_view), name="quizzes_deck_pairs"),
            path("<int:pk>/pairs/undo/", view(self.undo_pair_view), name="quizzes_deck_pairs_undo"),
            *super().get_urls(),
        ]

    def pairs_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The most similar pair without a verdict, or the one that is named; a form sent judges it."""
        deck = self.deck_or_404(request, pk)
        skip = _number(request.GET.get("skip", ""))
        named = find_pair(deck, request.GET.get("one", ""), request.GET.get("other", ""))
        pair = named or next_pair(deck, skip) or (next_pair(deck) if skip else None)
        page = pair_page(deck, pair, skip) if pair else None
        if request.method == "POST":
            return self._judge(request, deck, page, skip)
        return self._show(request, deck, page, skip)

    def undo_pair_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back this person's latest verdict, and show that pair again."""
        deck = self.deck_or_404(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            pair = undo_judgement(deck=deck, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except NothingToUndoError:
            self.message_user(
                request, _("You have judged no pair of this deck that could be taken back."), messages.INFO
            )
            return HttpResponseRedirect(_address(deck))
        except JudgedSinceError:
            told = _("Nothing was taken back: somebody has judged that pair anew since. Its fact's form shows how.")
            self.message_user(request, told, messages.WARNING)
            return HttpResponseRedirect(_address(deck))
        self.message_user(request, _("Taken back: this pair is as it was before."), messages.SUCCESS)
        return HttpResponseRedirect(_address(deck, one=pair.section or pair.one, other=pair.other))

    def _judge(self, request: HttpRequest, deck: Deck, page: PairPage | None, skip: int) -> HttpResponse:
        """Judges the pair that the form shows; one that went meanwhile is left alone."""
        sent = find_pair(deck, request.POST.get("one", ""), request.POST.get("other", ""))
        if page is None or sent is None:
            self.message_user(request, _("That pair is no longer there: one of the two has changed."), messages.WARNING)
            return HttpResponseRedirect(_address(deck, skip=skip))
        page = page if sent == page.pair else pair_page(deck, sent, skip)
        verdicts = _verdicts(page, request)
        if verdicts is None:
            trouble = _("Choose a verdict for each question, or one for all of them.")
            return self._show(request, deck, page, skip, trouble=trouble, status=422)
        reason = request.POST.get("reason", "").strip()
        judge_pair(deck=deck, pair=page.pair, verdicts=verdicts, reason=reason, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        return HttpResponseRedirect(_address(deck, skip=skip))

    def _show(
        self,
        request: HttpRequest,
        deck: Deck,
        page: PairPage | None,
        skip: int,
        *,
        trouble: str = "",
        status: int = 200,
    ) -> HttpResponse:
        return self.page(
            request,
            "pairs",
            status=status,
            title=_("Pairs to judge"),
            subtitle=str(deck),
            deck=deck,
            page=page,
            skip=skip,
            trouble=trouble,
            reach=reach_of(deck),
            last=last_step(deck, request.user),  # type: ignore[arg-type]
            people=steps_by_person(deck),
            choices=verdict_choices(),
        )


def _verdicts(page: PairPage, request: HttpRequest) -> Verdicts | None:
    """One verdict for all questions, or one for each; None where some are missing."""
    for_all = request.POST.get("all", "")
    if for_all in set(Verdict):
        direction = Direction.MEMBERSHIP.value if page.pair.section else ""
        return {(asked, direction): Verdict(for_all) for asked in page.pair.ways}
    return verdicts_sent(page, request.POST.dict())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 6 else 0


def _address(deck: Deck, **query: str | int) -> str:
    said = {name: value for name, value in query.items() if value}
    address = reverse("admin:quizzes_deck_pairs", args=[deck.pk])
    return f"{address}?{urlencode(said)}" if said else address
