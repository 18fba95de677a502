"""Giving a class a pair of facts to tell apart, and taking it back. The students' schedules are not touched."""

from datetime import date, datetime

from django.db import transaction

from quizzes.models import ClassContrast, Cohort, Deck, Fact, User
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.contrasts import pair_refused


class UnfitPairError(ValueError):
    """The class cannot be asked this pair; the text says why, as the end of a sentence."""


@transaction.atomic
def give_contrast(
    *, cohort: Cohort, asked: Fact, taken_for: Fact, by: User, now: datetime, ends_on: date
) -> ClassContrast:
    """Have each student of the class tell these two facts apart once, until that day.

    While the class has the pair already, in whichever order, nothing is given again, and that one is returned. Raises
    UnfitPairError for facts of no deck of the class, and for a pair of which neither can be asked with the other.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    deck = Deck.objects.select_related("tally").filter(pk=asked.deck_id, cohorts=cohort).first()
    if deck is None or taken_for.deck_id != deck.pk:
        raise UnfitPairError("it takes two facts of a deck of the class")
    both = [asked.pk, taken_for.pk]
    running = ClassContrast.objects.filter(cohort=cohort, withdrawn_at=None, ends_on__gte=now.date())
    if kept := running.filter(asked__in=both, taken_for__in=both).first():
        return kept
    if reason := pair_refused(deck_content(deck), asked.code, taken_for.code):
        raise UnfitPairError(reason)
    return ClassContrast.objects.create(
        cohort=cohort, asked=asked, taken_for=taken_for, given_by=by, given_at=now, ends_on=ends_on
    )


def withdraw_contrast(*, contrast: ClassContrast, now: datetime) -> bool:
    """Ask nobody this pair any more; what was answered stays. False if it was withdrawn already."""
    rows = ClassContrast.objects.filter(pk=contrast.pk, withdrawn_at=None)
    return rows.update(withdrawn_at=now) == 1
