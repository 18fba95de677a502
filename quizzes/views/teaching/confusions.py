"""Which facts a class takes for each other, and the pairs that it is given to tell apart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes.models import ClassContrast, Fact
from quizzes.selectors.access import visible_decks
from quizzes.selectors.teaching.confusions import CONTRAST_LASTS, confusions_page
from quizzes.selectors.teaching.people import zone_of
from quizzes.services.teaching.contrasting import UnfitPairError, give_contrast, withdraw_contrast
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited, taught

LONGEST_NUMBER = 12


@require_GET
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The pairs of the class, and what it was given."""
    cohort, every_pair = taught(request, pk), request.GET.get("pairs") == "all"
    page = confusions_page(signed_in(request), cohort, every_pair=every_pair, now=timezone.now())
    return render(request, "teaching/confusions.html", {"page": page, "head": page.head})


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the class one pair."""
    cohort, user, now = edited(request, pk), signed_in(request), timezone.now()
    facts = Fact.objects.filter(deck__in=visible_decks(user).filter(cohorts=cohort))
    asked, taken_for = (get_object_or_404(facts, pk=_number(request, name)) for name in ("asked", "taken_for"))
    back = HttpResponseRedirect(reverse("class-confusions", args=[pk]))
    if cohort.archived_at is not None:
        messages.warning(request, _("The class is in the archive, so nothing was given."))
        return back
    ends_on = now.astimezone(zone_of(user)).date() + CONTRAST_LASTS
    try:
        give_contrast(cohort=cohort, asked=asked, taken_for=taken_for, by=user, now=now, ends_on=ends_on)
    except UnfitPairError as refusal:
        messages.warning(request, _("This pair cannot be given: %s.") % refusal)
    else:
        messages.success(request, _("Given. It comes first in each student's next session, once they have met both."))
    return back


@require_POST
def withdraw(request: HttpRequest, pk: int, contrast_id: int) -> HttpResponse:
    """Ask nobody that pair any more."""
    contrast = get_object_or_404(ClassContrast, cohort=edited(request, pk), pk=contrast_id)
    if withdraw_contrast(contrast=contrast, now=timezone.now()):
        messages.success(request, _("Withdrawn. Who has not answered it yet is not asked any more."))
    return HttpResponseRedirect(reverse("class-confusions", args=[pk]))


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER else 0
