"""Giving a class a pair: two facts of one of its decks that can be asked so, once at a time."""

from datetime import date, timedelta

import pytest

from quizzes.models import ClassContrast, Fact
from quizzes.services.teaching.contrasting import UnfitPairError, give_contrast, withdraw_contrast
from tests.classes import class_of
from tests.factories import NOW, FactFactory, elements

UNTIL = date(2026, 3, 24)


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def klass(deck, ivy):
    return class_of(deck, ivy)


@pytest.fixture
def give(klass, ivy):
    def give(asked="uses/1", taken_for="uses/2", **changes):
        one, other = (Fact.objects.get(code=code) for code in (asked, taken_for))
        about = {"cohort": klass, "asked": one, "taken_for": other, "by": ivy, "now": NOW, "ends_on": UNTIL, **changes}
        return give_contrast(**about)

    return give


def test_it_is_kept_who_gave_it_when_and_until_when(give, klass, ivy):
    kept = ClassContrast.objects.get(pk=give().pk)
    assert (kept.cohort, kept.given_by, kept.given_at, kept.ends_on) == (klass, ivy, NOW, UNTIL)
    assert (kept.asked.code, kept.taken_for.code, kept.withdrawn_at) == ("uses/1", "uses/2", None)


def test_what_the_class_has_is_not_given_again_in_either_order(give):
    first = give()
    assert give() == give("uses/2", "uses/1", ends_on=UNTIL + timedelta(days=9)) == first
    assert ClassContrast.objects.get().ends_on == UNTIL


def test_once_withdrawn_or_over_it_can_be_given_again(give):
    withdraw_contrast(contrast=give(), now=NOW)
    give(ends_on=NOW.date())
    give(now=NOW + timedelta(days=1))
    assert ClassContrast.objects.count() == 3


def test_a_fact_of_no_deck_of_the_class_is_refused(give, klass):
    with pytest.raises(UnfitPairError, match="a deck of the class"):
        give(taken_for=FactFactory().code)
    klass.decks.clear()
    with pytest.raises(UnfitPairError, match="a deck of the class"):
        give()


def test_a_pair_that_no_question_can_tell_apart_is_refused_with_the_reason(give):
    with pytest.raises(UnfitPairError, match="would be right too"):
        give("gases/1", "gases/2")
    assert not ClassContrast.objects.exists()
